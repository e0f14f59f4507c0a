package dev.colorstream.colorizer.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** ICC profiles of one exponent: gray, and RGB with the primaries of Adobe RGB (1998); and one that is of no use. */
final class IccFile {
    private static final int HEADER = 128;
    private static final double[] WHITE = {0.9642, 1, 0.8249};

    private IccFile() {}

    static byte[] gray(double gamma) {
        return profile("GRAY", Map.of("kTRC", curve(gamma)));
    }

    static byte[] wideRgb(double gamma) {
        Map<String, byte[]> tags = new LinkedHashMap<>();
        tags.put("rXYZ", xyz(0.60974, 0.31111, 0.01947));
        tags.put("gXYZ", xyz(0.20528, 0.62567, 0.06087));
        tags.put("bXYZ", xyz(0.14919, 0.06322, 0.74457));
        for (String color : new String[] {"r", "g", "b"}) {
            tags.put(color + "TRC", curve(gamma));
        }
        return profile("RGB ", tags);
    }

    /** Of inks, without the table that tells their colors. */
    static byte[] inksOfNoColor() {
        return profile("CMYK", Map.of());
    }

    private static byte[] profile(String space, Map<String, byte[]> ofSpace) {
        Map<String, byte[]> tags = new LinkedHashMap<>(ofSpace);
        tags.put("wtpt", xyz(WHITE[0], WHITE[1], WHITE[2]));
        int size = HEADER + 4 + 12 * tags.size();
        for (byte[] data : tags.values()) {
            size += data.length;
        }
        ByteBuffer profile = ByteBuffer.allocate(size);
        profile.putInt(size)
                .putInt(0)
                .putInt(0x02100000)
                .put(ascii("mntr"))
                .put(ascii(space))
                .put(ascii("XYZ "));
        profile.position(36).put(ascii("acsp"));
        profile.position(68);
        for (double value : WHITE) {
            profile.putInt((int) Math.round(value * 65536));
        }
        profile.position(HEADER).putInt(tags.size());
        int place = HEADER + 4 + 12 * tags.size();
        for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
            profile.put(ascii(tag.getKey())).putInt(place).putInt(tag.getValue().length);
            place += tag.getValue().length;
        }
        tags.values().forEach(profile::put);
        return profile.array();
    }

    private static byte[] curve(double gamma) {
        return ByteBuffer.allocate(16)
                .put(ascii("curv"))
                .putInt(0)
                .putInt(1)
                .putShort((short) Math.round(gamma * 256))
                .array();
    }

    private static byte[] xyz(double x, double y, double z) {
        ByteBuffer value = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
        for (double part : new double[] {x, y, z}) {
            value.putInt((int) Math.round(part * 65536));
        }
        return value.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
