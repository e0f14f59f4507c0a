package dev.colorstream.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretKeyFileTest {
    @TempDir
    Path directory;

    @Test
    void shouldKeepItsSecret() {
        String first = new SecretKeyFile(directory.resolve("secret")).secretKey();

        assertThat(new SecretKeyFile(directory.resolve("secret")).secretKey()).isEqualTo(first);
        assertThat(first).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void shouldDifferBetweenInstallations() {
        assertThat(new SecretKeyFile(directory.resolve("one")).secretKey())
                .isNotEqualTo(new SecretKeyFile(directory.resolve("two")).secretKey());
    }

    @Test
    void shouldBeReadableByItsOwnerOnly() throws IOException {
        Path file = directory.resolve("secret");
        new SecretKeyFile(file).secretKey();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
