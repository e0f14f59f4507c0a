package dev.colorstream.local.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The file with the secret key of an installation's object store; only its owner may read it.
 *
 * @param path where it lies
 */
record SecretKeyFile(Path path) {
    private static final int SECRET_BYTES = 30;

    /** The secret key, made at random at the first call. */
    String secretKey() {
        try {
            if (!Files.exists(path)) {
                write();
            }
            return Files.readString(path).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or make the secret key in " + path, e);
        }
    }

    private void write() throws IOException {
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        Path draft = Files.createTempFile(
                path.getParent(),
                path.getFileName().toString(),
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
