package dev.colorstream.producertools.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.producertools.progress.JobProgress.Form;
import dev.colorstream.producertools.results.JobCount;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobProgressTest {
    private static final long PHOTOS = 10_000;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final JobProgress progress = new JobProgress(
            Form.LINES, new PrintStream(told, true, UTF_8), ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void shouldTellTheCountsTheRateAndTheTimeLeft() {
        // given
        tell(0, 0);

        // when
        pass(Duration.ofSeconds(10));
        tell(950, 50);

        // then
        assertThat(lines())
                .last()
                .isEqualTo("10000 submitted = 950 colored + 50 failed + 9000 pending, 100.0 photos/s, 1 min 30 s left");
    }

    @Test
    void shouldJudgeTheTimeLeftByTheLastHalfMinuteWhenWorkersCameLate() {
        // given a job that nobody works on for an hour
        for (int minute = 0; minute < 60; minute++) {
            tell(0, 0);
            pass(Duration.ofMinutes(1));
        }

        // when workers color 100 photos a second
        tell(0, 0);
        pass(Duration.ofSeconds(5));
        tell(500, 0);
        pass(Duration.ofSeconds(5));
        tell(1000, 0);

        // then
        assertThat(lines()).last().asString().endsWith("100.0 photos/s, 1 min 30 s left");
    }

    @Test
    void shouldForgetAnEarlierPace() {
        // given 100 photos a second for a minute, then one
        for (int second = 0; second <= 60; second += 5) {
            tell(100L * second, 0);
            pass(Duration.ofSeconds(5));
        }
        for (int second = 5; second <= 40; second += 5) {
            tell(6000 + second, 0);
            pass(Duration.ofSeconds(5));
        }

        // then
        assertThat(lines()).last().asString().contains(" 1.0 photos/s");
    }

    @Test
    void shouldBeSilentAboutTheTimeLeftWhileTheUploadGoesOn() {
        // given
        tell(0, 0);

        // when
        pass(Duration.ofSeconds(10));
        progress.progress(new JobCount(PHOTOS, 1000, 0), false);

        // then
        assertThat(lines()).last().asString().endsWith("100.0 photos/s, the upload goes on");
    }

    @Test
    void shouldTellNothingNewWhereNothingIs() {
        // when
        tell(10, 0);
        pass(Duration.ofSeconds(10));
        tell(10, 0);

        // then
        assertThat(lines()).hasSize(1);
    }

    private void tell(long colored, long failed) {
        progress.progress(new JobCount(PHOTOS, colored, failed), true);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private List<String> lines() {
        return told.toString(UTF_8).lines().toList();
    }
}
