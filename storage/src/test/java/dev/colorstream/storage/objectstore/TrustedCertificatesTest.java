package dev.colorstream.storage.objectstore;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedCertificatesTest {
    @TempDir
    Path folder;

    @Test
    void shouldNameAFileThatIsNotThere() {
        Path file = folder.resolve("missing.pem");

        assertThatExceptionOfType(UnreadableCertificatesException.class)
                .isThrownBy(() -> TrustedCertificates.read(file))
                .withMessageContaining(file.toString());
    }

    @Test
    void shouldNameAFileThatHoldsNoCertificate() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path other = Files.writeString(
                folder.resolve("other.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

        for (Path file : new Path[] {empty, other}) {
            assertThatExceptionOfType(UnreadableCertificatesException.class)
                    .isThrownBy(() -> TrustedCertificates.read(file))
                    .withMessageContaining(file.toString())
                    .withMessageContaining("PEM");
        }
    }
}
