package dev.colorstream.contract.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.model.ModelStatus.Refused;
import dev.colorstream.contract.model.ModelStatus.Retired;
import dev.colorstream.contract.model.ModelStatus.Serving;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelStatusJsonTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final ModelVersionId V1 = new ModelVersionId("v1");

    @Test
    void shouldReadWhatWasWritten() {
        for (ModelStatus status : List.of(new Serving("worker-0", V1, NOON), new Retired("worker-0", V1, NOON))) {
            assertThat(ModelStatusJson.read(ModelStatusJson.toJson(status))).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void shouldReadRefusalAsItWasWritten(RefusalReason reason) {
        assertThat(ModelStatusJson.read(ModelStatusJson.toJson(refused(reason))))
                .isEqualTo(refused(reason));
    }

    @Test
    void shouldKeyTheRecordByWorkerAndVersion() {
        assertThat(ModelStatusJson.write("colorize.model-status", new Serving("worker-0", V1, NOON))
                        .key())
                .asString(UTF_8)
                .isEqualTo("worker-0#v1");
    }

    @Test
    void shouldKeepTheDetailOfAReasonThatOnlyNewerVersionsKnow() {
        String newer = new String(ModelStatusJson.toJson(refused(RefusalReason.DAMAGED)), UTF_8)
                .replace("damaged", "bad-mood");

        assertThat(ModelStatusJson.read(newer.getBytes(UTF_8))).isEqualTo(refused(RefusalReason.OTHER));
    }

    @Test
    void shouldNameTheStatusThatItDoesNotKnow() {
        String wrong = new String(ModelStatusJson.toJson(new Serving("worker-0", V1, NOON)), UTF_8)
                .replace("serving", "asleep");

        assertThatThrownBy(() -> ModelStatusJson.read(wrong.getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("'status' is asleep");
    }

    private static Refused refused(RefusalReason reason) {
        return new Refused("worker-0", V1, reason, "network.zip differs: publish it again", NOON);
    }
}
