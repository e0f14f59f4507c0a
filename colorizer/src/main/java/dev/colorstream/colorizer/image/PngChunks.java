package dev.colorstream.colorizer.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/** The chunks of a PNG file (ISO/IEC 15948), walked without decoding: ImageIO checks neither sums nor the end. */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final int AROUND_DATA = 12;

    private PngChunks() {}

    /** What is wrong with the chunks that the picture needs, or nothing. */
    static Optional<String> damage(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        int position = SIGNATURE;
        while (position + AROUND_DATA <= bytes.length) {
            int length = file.getInt(position);
            if (length < 0 || length > bytes.length - position - AROUND_DATA) {
                break;
            }
            String type = new String(bytes, position + 4, 4, StandardCharsets.ISO_8859_1);
            CRC32 sum = new CRC32();
            sum.update(bytes, position + 4, 4 + length);
            boolean isCritical = Character.isUpperCase(type.charAt(0));
            if (isCritical && (int) sum.getValue() != file.getInt(position + 8 + length)) {
                return Optional.of("chunk " + type + " at byte " + position + " has a wrong checksum");
            }
            if (type.equals("IEND")) {
                return Optional.empty();
            }
            position += AROUND_DATA + length;
        }
        return Optional.of("the file ends at byte " + bytes.length + ", before its IEND chunk");
    }
}
