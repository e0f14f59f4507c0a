package dev.colorstream.contract.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResultJsonTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");
    private static final Colored COLORED = new Colored(
            new RequestId("r 1"),
            Optional.of(new JobId("album")),
            new ObjectAddress("uploads", "jobs/album/a.jpg"),
            new ColorObject(
                    new ObjectAddress("colorized", "album/r/a.jpg"),
                    "image/jpeg",
                    640,
                    480,
                    Hashes.sha256Hex(new byte[] {1})),
            new ModelVersionId("v1"),
            Optional.of(new SourceTraits(true, 3)),
            "worker-0",
            2,
            Map.of(Stage.FETCH, 12L, Stage.COLORIZE, 80L),
            NOON);

    @Test
    void shouldReadAColoredResultAsItWasWritten() {
        assertThat(ResultJson.read(ResultJson.toJson(COLORED))).isEqualTo(COLORED);
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void shouldReadAFailedResultAsItWasWritten(FailureReason reason) {
        Failed failed = failed(reason, "the photo's bytes end too early", Optional.of(COLORED.source()));

        assertThat(ResultJson.read(ResultJson.toJson(failed))).isEqualTo(failed);
    }

    @Test
    void shouldTellOfAnUnreadableRecordWithoutASource() {
        Failed failed = failed(FailureReason.UNREADABLE_REQUEST, "the value is blank", Optional.empty());

        assertThat(ResultJson.read(ResultJson.toJson(failed))).isEqualTo(failed);
        assertThat(new String(ResultJson.toJson(failed), UTF_8)).doesNotContain("source");
    }

    @Test
    void shouldKeyTheRecordByTheRequest() {
        assertThat(ResultJson.write("colorize.results", COLORED).key())
                .asString(UTF_8)
                .isEqualTo("r 1");
    }

    @Test
    void shouldReadAResultOfAWorkerThatDidNotTellOfTheSource() {
        String older = json(COLORED).replace("\"sourceTraits\":{\"hadColor\":true,\"pictures\":3},", "");

        Colored read = (Colored) ResultJson.read(older.getBytes(UTF_8));

        assertThat(older).doesNotContain("sourceTraits");
        assertThat(read.sourceTraits()).isEmpty();
        assertThat(read.object()).isEqualTo(COLORED.object());
    }

    @Test
    void shouldPassOverWhatNewerWritersAdd() {
        String newer = json(COLORED)
                .replace("{\"requestId\"", "{\"mood\":{\"deep\":[1]},\"requestId\"")
                .replace("\"fetch\"", "\"dream\":3,\"fetch\"");

        assertThat(ResultJson.read(newer.getBytes(UTF_8))).isEqualTo(COLORED);
    }

    @Test
    void shouldKeepTheDetailOfAReasonThatOnlyNewerVersionsKnow() {
        String newer =
                json(failed(FailureReason.POISON, "why", Optional.empty())).replace("poison", "bad-mood");

        assertThat(ResultJson.read(newer.getBytes(UTF_8))).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.OTHER);
            assertThat(failed.detail()).isEqualTo("why");
        });
    }

    @Test
    void shouldCutADetailToOneShortLine() {
        assertThat(failed(FailureReason.POISON, "a\nb".repeat(1000), Optional.empty())
                        .detail())
                .hasSize(1000)
                .startsWith("a?ba?b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"outcome\":\"colored\"|\"outcome\":\"painted\"|'outcome' is painted",
                "\"width\":640|\"width\":0|'object.width' is 0",
                "\"width\":640|\"width\":4294967297|'object.width' is 4294967297",
                "\"attempt\":2|\"attempt\":\"2\"|'attempt' is \"2\": write a whole number",
                "\"worker\":\"worker-0\",|``|'worker' is missing",
                "\"sha256\":\"4b|\"sha256\":\"XY|'object'",
            })
    void shouldNameTheFieldOfWhatItCannotRead(String right, String wrong, String complaint) {
        assertThat(json(COLORED)).contains(right);

        assertThatThrownBy(() ->
                        ResultJson.read(json(COLORED).replace(right, wrong).getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining(complaint);
    }

    private static String json(ColorizeResult result) {
        return new String(ResultJson.toJson(result), UTF_8);
    }

    private static Failed failed(FailureReason reason, String detail, Optional<ObjectAddress> source) {
        return new Failed(
                new RequestId("r"),
                Optional.empty(),
                source,
                reason,
                detail,
                Stage.DECODE,
                "worker-0",
                1,
                Map.of(Stage.FETCH, 3L),
                NOON);
    }
}
