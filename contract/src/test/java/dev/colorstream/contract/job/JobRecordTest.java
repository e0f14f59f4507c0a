package dev.colorstream.contract.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.job.JobRecord.Forgotten;
import dev.colorstream.contract.job.JobState.Phase;
import dev.colorstream.contract.json.MalformedJsonException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class JobRecordTest {
    private static final String TOPIC = "colorize.jobs";
    private static final JobId JOB = new JobId("album-7");
    private static final JobState STATE = new JobState(
            JOB, Phase.SEALED, 100_000, 3, "f00d", Instant.parse("2026-01-01T00:00:00Z"), Map.of(0, 17L, 12, 0L));
    private static final JobPage PAGE = new JobPage(
            JOB, 0, true, List.of(new JobPhoto(new RequestId("a"), "1.jpg")), Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void shouldReadStatesAndPagesAsTheyWereWritten() {
        assertThat(JobRecord.read(received(JobStateJson.write(TOPIC, STATE)))).contains(STATE);
        assertThat(JobRecord.read(received(JobPageJson.write(TOPIC, PAGE)))).contains(PAGE);
    }

    @Test
    void shouldKeyAStateByItsJobAlone() {
        assertThat(JobStateJson.write(TOPIC, STATE).key()).asString(UTF_8).isEqualTo("album-7");
    }

    @Test
    void shouldTellADeletedJobFromADeletedPage() {
        assertThat(JobRecord.read(received(JobStateJson.delete(TOPIC, JOB)))).contains(new Forgotten(JOB));
        assertThat(JobRecord.read(received(JobPageJson.delete(TOPIC, JOB, 4)))).isEmpty();
    }

    @Test
    void shouldPassOverWhatIsNotOurs() {
        assertThat(JobRecord.read(new ConsumerRecord<>(TOPIC, 0, 0, null, "{}".getBytes(UTF_8))))
                .isEmpty();
        assertThat(JobRecord.read(new ConsumerRecord<>(TOPIC, 0, 0, "a b".getBytes(UTF_8), null)))
                .isEmpty();
        assertThat(JobRecord.read(new ConsumerRecord<>(TOPIC, 0, 0, "a".getBytes(UTF_8), "[]".getBytes(UTF_8))))
                .isEmpty();
    }

    @Test
    void shouldNameTheFieldOfAStateThatItCannotRead() {
        String json = new String(JobStateJson.write(TOPIC, STATE).value(), UTF_8);

        assertThatThrownBy(
                        () -> JobStateJson.read(json.replace("sealed", "shut").getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("'state' is shut");
        assertThatThrownBy(() -> JobStateJson.read(json.replace("100000", "-1").getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("at least 0 photos");
        assertThatThrownBy(
                        () -> JobStateJson.read(json.replace("\"12\"", "\"x\"").getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("'resultsFrom.x' is no partition");
    }

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
    }
}
