package dev.colorstream.colorizer.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ICC profile (ICC.1:2010, version 4.3) of sRGB, as short as it can be: files carry it, and small photos shall not
 * grow by the 3 KB that the usual one has.
 */
final class SrgbProfile {
    private static final int HEADER = 128;
    private static final int VERSION = 0x04300000;
    private static final double[] D50 = {0.9642, 1, 0.8249};

    /** Function type 3: a power with a linear start. */
    private static final int POWER_WITH_START = 3;

    private static final double[] CURVE = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    private static final byte[] BYTES = profile();

    private SrgbProfile() {}

    static byte[] bytes() {
        return BYTES.clone();
    }

    private static byte[] profile() {
        byte[] curve = curve();
        // The primaries and the white of sRGB, adapted to D50 by the matrix of Bradford.
        Map<String, byte[]> tags = new LinkedHashMap<>();
        tags.put("desc", text("sRGB"));
        tags.put("cprt", text("CC0"));
        tags.put("wtpt", numbers("XYZ ", D50));
        tags.put("rXYZ", numbers("XYZ ", 0.43607, 0.22249, 0.01392));
        tags.put("gXYZ", numbers("XYZ ", 0.38515, 0.71687, 0.09708));
        tags.put("bXYZ", numbers("XYZ ", 0.14307, 0.06061, 0.71410));
        tags.put(
                "chad",
                numbers("sf32", 1.04791, 0.02293, -0.05019, 0.02963, 0.99046, -0.01707, -0.00925, 0.01506, 0.75179));
        for (String channel : new String[] {"rTRC", "gTRC", "bTRC"}) {
            tags.put(channel, curve);
        }
        return assembled(tags, curve);
    }

    /** @param shared data of several tags, laid down once */
    private static byte[] assembled(Map<String, byte[]> tags, byte[] shared) {
        int table = HEADER + 4;
        int data = table + 12 * tags.size();
        int size = data + shared.length;
        for (byte[] bytes : tags.values()) {
            size += bytes == shared ? 0 : bytes.length;
        }
        ByteBuffer profile = ByteBuffer.allocate(size);
        profile.putInt(size).putInt(0).putInt(VERSION).put(ascii("mntrRGB XYZ "));
        profile.position(36).put(ascii("acsp"));
        profile.position(68).put(numbers("", D50));
        profile.position(HEADER).putInt(tags.size());
        int place = data + shared.length;
        profile.duplicate().position(data).put(shared);
        for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
            boolean isShared = tag.getValue() == shared;
            profile.put(ascii(tag.getKey())).putInt(isShared ? data : place).putInt(tag.getValue().length);
            if (!isShared) {
                profile.duplicate().position(place).put(tag.getValue());
                place += tag.getValue().length;
            }
        }
        return profile.array();
    }

    private static byte[] numbers(String type, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate((type.isEmpty() ? 0 : 8) + 4 * values.length);
        if (!type.isEmpty()) {
            bytes.put(ascii(type)).putInt(0);
        }
        putFixedPoint(bytes, values);
        return bytes.array();
    }

    private static byte[] curve() {
        ByteBuffer bytes = ByteBuffer.allocate(12 + 4 * CURVE.length);
        bytes.put(ascii("para")).putInt(0).putInt(POWER_WITH_START << 16);
        putFixedPoint(bytes, CURVE);
        return bytes.array();
    }

    private static void putFixedPoint(ByteBuffer bytes, double... values) {
        for (double value : values) {
            bytes.putInt((int) Math.round(value * 65536));
        }
    }

    /** One record, in English. */
    private static byte[] text(String text) {
        byte[] utf16 = text.getBytes(StandardCharsets.UTF_16BE);
        ByteBuffer bytes = ByteBuffer.allocate(28 + (utf16.length + 3) / 4 * 4);
        bytes.put(ascii("mluc")).putInt(0).putInt(1).putInt(12).put(ascii("enUS"));
        return bytes.putInt(utf16.length).putInt(28).put(utf16).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
