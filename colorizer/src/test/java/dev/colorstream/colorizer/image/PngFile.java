package dev.colorstream.colorizer.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A PNG file written chunk by chunk, right or wrong. */
final class PngFile {
    static final int GRAY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GRAY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    PngFile() {
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    }

    PngFile header(int width, int height, int bits, int colorType) {
        return chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) bits)
                        .put((byte) colorType)
                        .array());
    }

    PngFile chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        return this;
    }

    PngFile gamma(double gamma) {
        return chunk(
                "gAMA",
                ByteBuffer.allocate(4).putInt((int) Math.round(100_000 * gamma)).array());
    }

    PngFile profile(byte[] profile) {
        byte[] deflated = deflated(profile);
        return chunk(
                "iCCP",
                ByteBuffer.allocate(3 + deflated.length)
                        .put((byte) 'p')
                        .putShort((short) 0)
                        .put(deflated)
                        .array());
    }

    /** @param rows each led by its filter's number */
    PngFile pixels(byte[] rows) {
        return chunk("IDAT", deflated(rows));
    }

    byte[] end() {
        return chunk("IEND", new byte[0]).file.toByteArray();
    }

    byte[] unfinished() {
        return file.toByteArray();
    }

    /** Rows of samples, packed to so many bits, none filtered. */
    static byte[] rows(int[] samples, int samplesPerRow, int bits) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int start = 0; start < samples.length; start += samplesPerRow) {
            rows.write(0);
            rows.writeBytes(Samples.packed(samples, start, samplesPerRow, bits));
        }
        return rows.toByteArray();
    }

    static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        while (!deflater.finished()) {
            deflated.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return deflated.toByteArray();
    }
}
