package dev.colorstream.contract.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.json.MalformedJsonException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobPageJsonTest {
    private static final JobPage PAGE = new JobPage(
            new JobId("album-7"),
            3,
            true,
            List.of(
                    new JobPhoto(new RequestId("a"), "beach/1.jpg"),
                    new JobPhoto(new RequestId("b"), "beach/ü \"2\".png")),
            Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void shouldReadAPageAsItWasWritten() {
        assertThat(JobPageJson.read(JobPageJson.write("colorize.jobs", PAGE).value()))
                .isEqualTo(PAGE);
    }

    @Test
    void shouldKeyARecordByJobAndPage() {
        assertThat(JobPageJson.write("colorize.jobs", PAGE).key())
                .asString(UTF_8)
                .isEqualTo("album-7#3");
    }

    @Test
    void shouldStayBelowWhatBrokersTakeWithTheLongestNames() {
        JobPhoto longest = new JobPhoto(new RequestId("x".repeat(32)), "é".repeat(512));

        byte[] value = JobPageJson.write(
                        "colorize.jobs",
                        new JobPage(
                                PAGE.job(),
                                0,
                                false,
                                Collections.nCopies(JobPage.MAX_PHOTOS, longest),
                                PAGE.uploadStartedAt()))
                .value();

        assertThat(value).hasSizeLessThan(1_000_000);
    }

    @Test
    void shouldNameTheFieldOfWhatItCannotRead() {
        String json = new String(JobPageJson.write("colorize.jobs", PAGE).value(), UTF_8);

        assertThatThrownBy(() -> JobPageJson.read(
                        json.replace("\"last\":true", "\"last\":1").getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("'last' is 1: write true or false");
        assertThatThrownBy(() -> JobPageJson.read(
                        json.replace("\"page\":3", "\"page\":-1").getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("'page' is -1");
    }
}
