package dev.colorstream.dashboard.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.dashboard.upload.Archive.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path folder = Path.of("");

    @Test
    void shouldGiveTheOthersWhereOneIsTooLarge() throws IOException {
        Path archive = archiveOf(1, 3, 1);
        List<String> given = new ArrayList<>();

        List<Refused> refused = Archive.visit(archive, 2 * MEBIBYTE, (name, content) -> given.add(name));

        assertThat(given).containsExactly("0.bmp", "2.bmp");
        assertThat(refused).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("1.bmp");
            assertThat(one.reason()).contains("larger than 2097152 bytes");
        });
    }

    @Test
    void shouldStopAtABomb() throws IOException {
        Path archive = archiveOf(60, 60, 60, 60, 60, 60, 60);
        List<String> given = new ArrayList<>();

        List<Refused> refused = Archive.visit(archive, 64 * MEBIBYTE, (name, content) -> given.add(name));

        assertThat(given).hasSize(5);
        assertThat(refused)
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains("more than 100 times its size"));
    }

    @Test
    void shouldReadNamesOfAnotherCodePage() throws IOException {
        Path archive = folder.resolve("windows.zip");
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(file, Charset.forName("IBM437"))) {
            zip.putNextEntry(new ZipEntry("M\u00fcnchen/Stra\u00dfe.bmp"));
            zip.write(1);
        }
        List<String> given = new ArrayList<>();

        List<Refused> refused = Archive.visit(archive, MEBIBYTE, (name, content) -> given.add(name));

        assertThat(given).containsExactly("M\u00fcnchen/Stra\u00dfe.bmp");
        assertThat(refused).isEmpty();
    }

    /** An archive of zeros, which shrink a thousandfold. */
    private Path archiveOf(int... mebibytes) throws IOException {
        Path archive = folder.resolve("archive.zip");
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (int i = 0; i < mebibytes.length; i++) {
                zip.putNextEntry(new ZipEntry(i + ".bmp"));
                for (int written = 0; written < mebibytes[i]; written++) {
                    zip.write(new byte[MEBIBYTE]);
                }
            }
        }
        return archive;
    }
}
