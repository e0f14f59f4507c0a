package dev.colorstream.producertools.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadNamesTest {
    @ParameterizedTest
    @CsvSource({
        "a.jpg, k/a.jpg, a.jpg",
        "a.JPEG, k/a.jpg, a.JPEG",
        "a.tif, k/a.png, a.png",
        "x.y/plain, k/plain.jpg, x.y/plain.jpg",
        ".hidden, k/_hidden.jpg, .hidden.jpg",
        "twin.png, k/twin.jpg, twin.png.jpg",
        "twin.jpg, k/twin.jpg, twin.jpg",
        "a.jpg, k/without-extension, a.jpg"
    })
    void shouldKeepTheGrayPhotosNameWhereItCan(String name, String colorKey, String expected) {
        DownloadNames names = new DownloadNames();
        List.of("a.jpg", "x.y/plain", "twin.png", "twin.jpg").forEach(names::add);

        assertThat(names.of(name, colorKey)).isEqualTo(expected);
    }

    @Test
    void shouldKnowBeforehandWhichNamesDependOnOtherPhotos() {
        assertThat(DownloadNames.keepsName("a.JPEG", "k/a.jpg")).isTrue();
        assertThat(DownloadNames.keepsName("a.tif", "k/a.jpg")).isFalse();
    }
}
