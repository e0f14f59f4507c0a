package dev.colorstream.producertools.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import java.util.Arrays;
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
        DownloadNames names = new DownloadNames(
                Arrays.asList(photo("a.jpg"), photo("x.y/plain"), photo("twin.png"), photo("twin.jpg")));

        assertThat(names.of(name, colorKey)).isEqualTo(expected);
    }

    private static JobPhoto photo(String name) {
        return new JobPhoto(RequestId.hashOf(name), name);
    }
}
