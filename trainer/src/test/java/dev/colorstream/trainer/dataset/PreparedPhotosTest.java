package dev.colorstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.trainer.SyntheticPhotos;
import dev.colorstream.trainer.dataset.PreparedPhotos.Entry;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreparedPhotosTest {
    @TempDir
    Path folder;

    @Test
    void shouldKeepEachContentOnceAndCountTheRest() throws IOException {
        // given
        SyntheticPhotos.folder(folder, 5);
        Files.copy(folder.resolve("field/photo0.png"), folder.resolve("copy.png"));
        Files.writeString(folder.resolve("broken.jpg"), "no photo");

        // when
        try (PreparedPhotos photos = prepare(0.3)) {
            // then
            assertThat(photos.training().size() + photos.validation().size()).isEqualTo(5);
            assertThat(photos.duplicates()).isEqualTo(1);
            assertThat(photos.unreadable()).containsExactly("broken.jpg");
        }
    }

    @Test
    void shouldKeepAPhotoOnItsSideWhenOthersComeAndNamesChange() throws IOException {
        // given
        SyntheticPhotos.folder(folder, 40);
        Set<String> before;
        try (PreparedPhotos photos = prepare(0.3)) {
            before = hashes(photos.validation());
            assertThat(before).isNotEmpty().hasSizeLessThan(40);
        }

        // when
        SyntheticPhotos.folder(folder, 60);
        Files.move(folder.resolve("field"), folder.resolve("renamed"));

        // then
        try (PreparedPhotos photos = prepare(0.3)) {
            assertThat(hashes(photos.validation())).containsAll(before);
            Set<String> both = new HashSet<>(hashes(photos.validation()));
            both.retainAll(hashes(photos.training()));
            assertThat(both).isEmpty();
        }
    }

    @Test
    void shouldHaveOneFingerprintForTheSameContents() throws IOException {
        SyntheticPhotos.folder(folder, 4);
        String fingerprint;
        try (PreparedPhotos photos = prepare(0.3)) {
            fingerprint = photos.fingerprint();
        }
        Files.move(folder.resolve("field"), folder.resolve("another"));
        try (PreparedPhotos photos = prepare(0.3)) {
            assertThat(photos.fingerprint()).isEqualTo(fingerprint);
        }
        Files.delete(folder.resolve("desert/photo1.png"));
        try (PreparedPhotos photos = prepare(0.3)) {
            assertThat(photos.fingerprint()).isNotEqualTo(fingerprint);
        }
    }

    @Test
    void shouldKeepLabWithinAByteStep() throws IOException {
        // given
        SyntheticPhotos.folder(folder, 1);
        BufferedImage image = SyntheticPhotos.landscape(64, 48, 0);

        // when
        try (PreparedPhotos photos = prepare(0.001)) {
            LabPhoto lab = photos.load(photos.training().get(0));

            // then
            float[] expected = new float[3];
            int pixels = 64 * 48;
            for (int i = 0; i < pixels; i++) {
                CieLab.fromRgb8(image.getRGB(i % 64, i / 64), expected, 0);
                assertThat((lab.planes()[i] & 0xff) * LabPhoto.LIGHTNESS_STEP).isCloseTo(expected[0], within(0.2f));
                assertThat((float) (lab.planes()[pixels + i] & 0xff) - LabPhoto.NEUTRAL)
                        .isCloseTo(expected[1], within(0.51f));
                assertThat((float) (lab.planes()[2 * pixels + i] & 0xff) - LabPhoto.NEUTRAL)
                        .isCloseTo(expected[2], within(0.51f));
            }
        }
    }

    private PreparedPhotos prepare(double validationShare) throws IOException {
        try (PhotoSource source = PhotoSource.open(folder)) {
            return PreparedPhotos.prepare(source, validationShare);
        }
    }

    private static Set<String> hashes(List<Entry> entries) {
        return entries.stream().map(Entry::sha256).collect(Collectors.toSet());
    }
}
