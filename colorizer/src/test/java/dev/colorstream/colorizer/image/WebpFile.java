package dev.colorstream.colorizer.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** WebP files: lossless ones written here, plainly, and a lossy one that another encoder made. */
final class WebpFile {
    /** 32 x 16, its left half of gray 40, its right half of gray 200; a bare VP8 chunk's data. */
    static final byte[] LOSSY_HALVES =
            HexFormat.of().parseHex("7002009d012a200010002e4d369b4da124242404004c4b480007b28000fefa458bfdb8400000");

    private static final int ALPHA_FLAG = 0x10;
    private static final int PROFILE_FLAG = 0x20;

    private final ByteArrayOutputStream bits = new ByteArrayOutputStream();
    private int pending;
    private int pendingBits;

    private WebpFile() {}

    static byte[] riff(byte[]... chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        for (byte[] chunk : chunks) {
            all.writeBytes(chunk);
        }
        return chunk("RIFF", all.toByteArray());
    }

    static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + data.length + (data.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }

    /** The chunk that leads a file of more than a picture. */
    static byte[] extended(int width, int height, boolean hasAlpha, boolean hasProfile) {
        int flags = (hasAlpha ? ALPHA_FLAG : 0) | (hasProfile ? PROFILE_FLAG : 0);
        ByteBuffer data = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(flags).putShort((short) (width - 1)).put((byte) 0);
        data.putShort((short) (height - 1)).put((byte) 0);
        return chunk("VP8X", data.array());
    }

    /** The data of a VP8L chunk: every sample a code of 8 bits. */
    static byte[] lossless(int[] argb, int width, int height, boolean hasAlpha) {
        WebpFile stream = new WebpFile();
        stream.write(0x2f, 8);
        stream.write(width - 1, 14);
        stream.write(height - 1, 14);
        stream.write(hasAlpha ? 1 : 0, 1);
        // Version, no transform, no color cache, one group of codes.
        stream.write(0, 3 + 1 + 1 + 1);
        stream.flatCode(256 + 24);
        stream.flatCode(256);
        stream.flatCode(256);
        stream.flatCode(256);
        // Distances: one symbol, 0.
        stream.write(0b0001, 4);
        for (int pixel : argb) {
            stream.symbol(pixel >> 8 & 0xff);
            stream.symbol(pixel >> 16 & 0xff);
            stream.symbol(pixel & 0xff);
            stream.symbol(pixel >>> 24);
        }
        stream.write(0, 8);
        return stream.bits.toByteArray();
    }

    /** Symbols 0 to 255 with 8 bits each; those above are not used. */
    private void flatCode(int symbols) {
        write(0, 1);
        // Lengths are told by a code of their own, of one bit: 0 for a length of 0, 1 for one of 8.
        write(12 - 4, 4);
        for (int length = 0; length < 12; length++) {
            write(length == 2 || length == 11 ? 1 : 0, 3);
        }
        write(0, 1);
        for (int symbol = 0; symbol < symbols; symbol++) {
            write(symbol < 256 ? 1 : 0, 1);
        }
    }

    /** Codes stand with their high bit first. */
    private void symbol(int value) {
        write(Integer.reverse(value) >>> 24, 8);
    }

    private void write(int value, int count) {
        for (int bit = 0; bit < count; bit++) {
            pending |= ((value >> bit) & 1) << pendingBits;
            pendingBits++;
            if (pendingBits == 8) {
                bits.write(pending);
                pending = 0;
                pendingBits = 0;
            }
        }
    }
}
