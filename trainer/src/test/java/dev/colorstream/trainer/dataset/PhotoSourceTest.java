package dev.colorstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.trainer.SyntheticPhotos;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhotoSourceTest {
    @TempDir
    Path folder;

    @Test
    void shouldListTheSamePhotosOfAFolderAndOfItsZip() throws IOException {
        // given
        Path photos = SyntheticPhotos.folder(folder.resolve("photos"), 6);
        Files.writeString(photos.resolve("notes.txt"), "no photo");
        Path zip = folder.resolve("photos.zip");
        try (PhotoSource source = PhotoSource.open(photos);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (PhotoName photo : source.photos()) {
                out.putNextEntry(new ZipEntry(photo.path()));
                out.write(source.read(photo));
            }
        }

        // when, then
        try (PhotoSource fromFolder = PhotoSource.open(photos);
                PhotoSource fromZip = PhotoSource.open(zip)) {
            assertThat(fromZip.photos()).hasSize(6).isEqualTo(fromFolder.photos());
            for (PhotoName photo : fromZip.photos()) {
                assertThat(fromZip.read(photo)).isEqualTo(fromFolder.read(photo));
            }
        }
    }

    @Test
    void shouldTakeTheLastFolderForTheScene() {
        assertThat(new PhotoName("seg_train/forest/12.jpg").scene()).isEqualTo("forest");
        assertThat(new PhotoName("12.jpg").scene()).isEmpty();
        assertThat(new PhotoName("sea/12.jpg").scene()).isEqualTo("sea");
    }

    @Test
    void shouldFollowLinksAndNameThoseThatLeadNowhere() throws IOException {
        // given
        Path photos = SyntheticPhotos.folder(folder.resolve("disk"), 4);
        Path field = Files.move(photos.resolve("field"), folder.resolve("field"));
        Files.createSymbolicLink(photos.resolve("meadow"), field);
        Files.createSymbolicLink(photos.resolve("again"), photos);
        Files.createSymbolicLink(photos.resolve("gone.png"), folder.resolve("nowhere"));
        Path linked = Files.createSymbolicLink(folder.resolve("photos"), photos);

        // when, then
        try (PhotoSource source = PhotoSource.open(linked)) {
            assertThat(source.photos().stream().map(PhotoName::scene))
                    .containsExactlyInAnyOrder("desert", "desert", "meadow", "meadow");
            assertThat(source.unreadable()).containsExactly("gone.png");
            assertThat(source.read(source.photos().get(3))).isNotEmpty();
        }
    }

    @Test
    void shouldReadAZipWhoseNamesAreInTheCodePageOfAWindows() throws IOException {
        // given
        Path zip = folder.resolve("photos.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip), StandardCharsets.ISO_8859_1)) {
            out.putNextEntry(new ZipEntry("D\u00fcnen/1.png"));
            out.write(SyntheticPhotos.png(SyntheticPhotos.landscape(16, 16, 1)));
        }

        // when, then
        try (PhotoSource source = PhotoSource.open(zip)) {
            assertThat(source.photos()).hasSize(1);
            assertThat(source.read(source.photos().get(0))).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", "a.JPE", "a.jfif", "b/a.webp", "a.dib", "a.tiff"})
    void shouldTakeEveryKindOfPhotoThatIsRead(String name) {
        assertThat(PhotoSource.isNamedLikeAPhoto(name)).isTrue();
    }

    @Test
    void shouldNameThePathThatIsMissingOrNoArchive() throws IOException {
        Path text = Files.writeString(folder.resolve("photos.zip"), "no archive");

        assertThatThrownBy(() -> PhotoSource.open(folder.resolve("nowhere")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> PhotoSource.open(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("photos.zip");
    }
}
