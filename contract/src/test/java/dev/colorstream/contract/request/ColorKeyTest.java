package dev.colorstream.contract.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.PlainText;
import dev.colorstream.contract.RequestId;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColorKeyTest {
    private static final Optional<JobId> JOB = Optional.of(new JobId("album"));

    @ParameterizedTest
    @CsvSource({
        "jobs/album/beach.jpg, album/r1/beach.jpg",
        "beach.JPEG, album/r1/beach.jpg",
        "beach, album/r1/beach.jpg",
        "beach.tar.gz, album/r1/beach.tar.jpg",
        "a/b/.., album/r1/_.jpg",
        "a/b/., album/r1/_.jpg",
        ".hidden, album/r1/_hidden.jpg",
        "'a\\b:c*?.jpg', album/r1/a_b_c__.jpg",
        "Straße 東京.png, album/r1/Straße_東京.jpg",
        "folder/, album/r1/photo.jpg",
    })
    void shouldKeepTheHarmlessPartOfTheName(String name, String key) {
        assertThat(ColorKey.of(JOB, new RequestId("r1"), name, OutputFormat.JPEG))
                .isEqualTo(key);
    }

    @Test
    void shouldEndAsTheFormatDoes() {
        assertThat(ColorKey.of(JOB, new RequestId("r1"), "a.jpg", OutputFormat.PNG))
                .endsWith("/a.png");
    }

    @Test
    void shouldKeepRequestsOfNoJobApartFromAnyJob() {
        String key = ColorKey.of(Optional.empty(), new RequestId("r1"), "a.jpg", OutputFormat.PNG);

        assertThat(key).isEqualTo("_single/r1/a.png");
    }

    @Property(tries = 1000, seed = "42")
    void shouldBeASafeKeyForAnyIdAndName(@ForAll String id, @ForAll String name) {
        RequestId request = new RequestId("x" + PlainText.clean(id, 200));

        String key = ColorKey.of(JOB, request, PlainText.clean(name, 500), OutputFormat.JPEG);

        assertThat(key.split("/", -1))
                .hasSize(3)
                .allSatisfy(part -> assertThat(part)
                        .matches("[\\p{L}\\p{N}_-][\\p{L}\\p{N}._-]*")
                        .satisfies(p -> assertThat(p.getBytes(UTF_8).length).isLessThan(200)));
        assertThat(ColorKey.of(JOB, request, PlainText.clean(name, 500), OutputFormat.JPEG))
                .isEqualTo(key);
    }

    @Property(tries = 1000, seed = "42")
    void shouldGiveDifferentRequestsDifferentKeys(@ForAll String a, @ForAll String b) {
        RequestId first = new RequestId("x" + PlainText.clean(a, 200));
        RequestId second = new RequestId("x" + PlainText.clean(b, 200));

        assertThat(ColorKey.of(JOB, first, "n", OutputFormat.JPEG)
                        .equals(ColorKey.of(JOB, second, "n", OutputFormat.JPEG)))
                .isEqualTo(first.equals(second));
    }

    @Test
    void shouldKeepAHashedIdApartFromAnIdThatLooksLikeIt() {
        String hashed = ColorKey.of(JOB, new RequestId("a b"), "n", OutputFormat.JPEG);
        String lookAlike = hashed.split("/", -1)[1];

        assertThat(ColorKey.of(JOB, new RequestId(lookAlike), "n", OutputFormat.JPEG))
                .isNotEqualTo(hashed);
        assertThat(ColorKey.of(JOB, new RequestId(lookAlike.substring(1)), "n", OutputFormat.JPEG))
                .isNotEqualTo(hashed);
    }
}
