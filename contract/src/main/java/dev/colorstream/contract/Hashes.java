package dev.colorstream.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as the contracts write it: lower-case hexadecimal digits. */
public final class Hashes {
    private static final int SHORT_LENGTH = 32;

    private Hashes() {}

    /** A new SHA-256 digest; every Java platform has it. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java platform has no SHA-256", e);
        }
    }

    /** The 64 hexadecimal digits of the content's SHA-256. */
    public static String sha256Hex(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    /** The first 32 hexadecimal digits of a SHA-256 over the parts and their lengths: ("ab", "c") and ("a", "bc") differ. */
    public static String shortHash(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, SHORT_LENGTH);
    }

    /** Whether the text is a SHA-256 in lower-case hexadecimal digits. */
    public static boolean isSha256Hex(String text) {
        return text.matches("[0-9a-f]{64}");
    }
}
