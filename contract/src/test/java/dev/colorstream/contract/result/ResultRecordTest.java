package dev.colorstream.contract.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultRecordTest {
    private static final String TOPIC = "results";
    private static final RequestId REQUEST = new RequestId("request-1");
    private static final ColorizeResult RESULT = new ColorizeResult.Failed(
            REQUEST,
            Optional.empty(),
            Optional.empty(),
            FailureReason.POISON,
            "",
            Stage.DECODE,
            "worker",
            1,
            Map.of(),
            Instant.EPOCH);

    @Test
    void shouldTellTheResult() {
        assertThat(read(ResultJson.write(TOPIC, RESULT))).contains(new ResultRecord(REQUEST, Optional.of(RESULT)));
    }

    @Test
    void shouldTellThatTheRequestWaitsAgainUnderTheKeyOfItsResult() {
        ProducerRecord<byte[], byte[]> withdrawal = ResultRecord.withdrawal(TOPIC, REQUEST);

        assertThat(withdrawal.key()).isEqualTo(ResultJson.write(TOPIC, RESULT).key());
        assertThat(read(withdrawal)).contains(new ResultRecord(REQUEST, Optional.empty()));
    }

    @Test
    void shouldPassOverWhatIsNone() {
        assertThat(read(null, null)).isEmpty();
        assertThat(read("".getBytes(UTF_8), null)).isEmpty();
        assertThat(read(null, "no result".getBytes(UTF_8))).isEmpty();
    }

    private static Optional<ResultRecord> read(ProducerRecord<byte[], byte[]> message) {
        return read(message.key(), message.value());
    }

    private static Optional<ResultRecord> read(byte @Nullable [] key, byte @Nullable [] value) {
        return ResultRecord.read(new ConsumerRecord<>(TOPIC, 0, 0, key, value));
    }
}
