package dev.colorstream.dashboard.page;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Kinds of images that browsers show, told by their first bytes: names and stored types are anybody's. */
final class ImageKind {
    /** As many bytes tell the kind. */
    static final int MARK_BYTES = 12;

    private ImageKind() {}

    static Optional<String> contentType(byte[] bytes) {
        if (startsWith(bytes, 0, "\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (startsWith(bytes, 0, "\u0089PNG\r\n")) {
            return Optional.of("image/png");
        }
        if (startsWith(bytes, 0, "GIF8")) {
            return Optional.of("image/gif");
        }
        if (startsWith(bytes, 0, "BM")) {
            return Optional.of("image/bmp");
        }
        return startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")
                ? Optional.of("image/webp")
                : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int at, String latin1) {
        byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < at + wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
