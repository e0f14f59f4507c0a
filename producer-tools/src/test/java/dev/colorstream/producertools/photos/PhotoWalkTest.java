package dev.colorstream.producertools.photos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoWalkTest {
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16};

    private final Map<String, byte[]> photos = new LinkedHashMap<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final List<String> skipped = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void shouldFindPhotosByTheirEndingOrTheirBytes() throws IOException {
        write("a.JPG", JPEG);
        write("b", JPEG);
        write("c.txt", "some words".getBytes(UTF_8));
        write("deep/er/d.png", "no picture at all".getBytes(UTF_8));
        write("e.jpeg", new byte[0]);
        write("f.dat", new byte[0]);

        walk(directory);

        assertThat(photos.keySet()).containsExactly("a.JPG", "b", "deep/er/d.png", "e.jpeg");
        assertThat(skipped).containsExactly("c.txt", "f.dat");
        assertThat(refused).isEmpty();
    }

    @Test
    void shouldReadPhotosOutOfArchives() throws IOException {
        Path zip = zip("album.zip", Map.of("2024/x.jpg", JPEG));

        walk(zip);

        assertThat(photos).containsOnlyKeys("2024/x.jpg");
        assertThat(photos.get("2024/x.jpg")).isEqualTo(JPEG);
    }

    @Test
    void shouldKeepEntriesOfHostileArchivesInTheirFolder() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("../../up.jpg", JPEG);
        entries.put("/top/abs.jpg", JPEG);
        entries.put("good.jpg", JPEG);

        walk(zip("hostile.zip", entries));

        assertThat(photos.keySet()).containsExactly("top/abs.jpg", "good.jpg");
        assertThat(refused).containsOnlyKeys("../../up.jpg");
    }

    @Test
    void shouldGoOnBehindAnArchiveThatIsNone() throws IOException {
        write("a.zip", "not an archive".getBytes(UTF_8));
        write("b.jpg", JPEG);

        walk(directory);

        assertThat(photos).containsOnlyKeys("b.jpg");
        assertThat(refused.values()).singleElement().asString().contains("no zip archive");
    }

    @Test
    void shouldPassOverWhatMacOsLeavesInArchives() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("x.jpg", JPEG);
        entries.put("__MACOSX/._x.jpg", JPEG);

        walk(zip("mac.zip", entries));

        assertThat(photos).containsOnlyKeys("x.jpg");
        assertThat(skipped).containsExactly("__MACOSX/._x.jpg");
    }

    @Test
    void shouldNotFollowAFolderThatLinksToItself() throws IOException {
        write("album/a.jpg", JPEG);
        Files.createSymbolicLink(directory.resolve("album/loop"), directory.resolve("album"));

        walk(directory);

        assertThat(photos).containsOnlyKeys("album/a.jpg");
    }

    @Test
    void shouldGiveNoTwoPhotosTheSameName() throws IOException {
        write("one/a.jpg", JPEG);
        write("two/a.jpg", JPEG);
        Path zip = zip("one.zip", Map.of("a.jpg", JPEG));

        walk(directory.resolve("one/a.jpg"), directory.resolve("two/a.jpg"), directory.resolve("one"), zip);

        assertThat(photos.keySet()).containsExactly("a.jpg", "a-2.jpg", "one/a.jpg", "one/a-2.jpg");
    }

    private void walk(Path... paths) {
        new PhotoWalk(new PhotoVisitor() {
                    @Override
                    public void photo(PhotoFile photo) {
                        try (InputStream stream = photo.content().open()) {
                            photos.put(photo.name(), stream.readAllBytes());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }

                    @Override
                    public void refused(String name, String reason) {
                        refused.put(name, reason);
                    }

                    @Override
                    public void skipped(String name) {
                        skipped.add(name);
                    }
                })
                .walk(List.of(paths));
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, content);
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path file = directory.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
