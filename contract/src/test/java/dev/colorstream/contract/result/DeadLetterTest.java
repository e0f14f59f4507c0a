package dev.colorstream.contract.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.Messages;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final ConsumerRecord<byte[], byte[]> ORIGINAL =
            Messages.withHeaders("not { json", Map.of("ce_id", "r1", "traceparent", "00-abc"));

    @Test
    void shouldCarryTheOriginalRecordAndWhyItDied() {
        DeadLetter told = DeadLetter.of(
                ORIGINAL, new RequestId("r1"), FailureReason.UNREADABLE_REQUEST, Stage.CONSUMER, 3, "mend it");

        ProducerRecord<byte[], byte[]> letter = told.write("colorize.dead-letters", ORIGINAL);

        assertThat(letter.topic()).isEqualTo("colorize.dead-letters");
        assertThat(letter.value()).isEqualTo(ORIGINAL.value());
        assertThat(letter.headers()).contains(ORIGINAL.headers().toArray());
        assertThat(DeadLetter.read(Messages.received(letter))).contains(told);
        assertThat(told.offset()).isEqualTo(17);
    }

    @Test
    void shouldGiveTheOriginalRecordBackForReplay() {
        ProducerRecord<byte[], byte[]> letter = DeadLetter.of(
                        ORIGINAL, new RequestId("r1"), FailureReason.POISON, Stage.COLORIZE, 6, "")
                .write("colorize.dead-letters", ORIGINAL);

        ProducerRecord<byte[], byte[]> replay = DeadLetter.original("colorize.requests", Messages.received(letter));

        assertThat(replay.value()).isEqualTo(ORIGINAL.value());
        assertThat(replay.headers()).containsExactly(ORIGINAL.headers().toArray());
    }

    @Test
    void shouldForgetAnEarlierDeath() {
        ConsumerRecord<byte[], byte[]> dead = Messages.received(
                DeadLetter.of(ORIGINAL, new RequestId("r1"), FailureReason.POISON, Stage.FETCH, 6, "first")
                        .write("colorize.dead-letters", ORIGINAL));
        DeadLetter again =
                DeadLetter.of(dead, new RequestId("r1"), FailureReason.OBJECT_MISSING, Stage.FETCH, 1, "second");

        ProducerRecord<byte[], byte[]> letter = again.write("colorize.dead-letters", dead);

        assertThat(letter.headers().headers("colorstream-reason")).hasSize(1);
        assertThat(DeadLetter.read(Messages.received(letter))).contains(again);
    }

    @Test
    void shouldKeepAMissingValueMissing() {
        ConsumerRecord<byte[], byte[]> tombstone = Messages.bytes(null);

        assertThat(DeadLetter.of(tombstone, new RequestId("r"), FailureReason.UNREADABLE_REQUEST, Stage.CONSUMER, 1, "")
                        .write("d", tombstone)
                        .value())
                .isNull();
    }

    @Test
    void shouldReadNothingFromARecordThatIsNoDeadLetter() {
        assertThat(DeadLetter.read(ORIGINAL)).isEmpty();
        ConsumerRecord<byte[], byte[]> forged =
                Messages.received(DeadLetter.of(ORIGINAL, new RequestId("r1"), FailureReason.POISON, Stage.FETCH, 6, "")
                        .write("d", ORIGINAL));
        forged.headers().add("colorstream-offset", "many".getBytes(UTF_8));
        assertThat(DeadLetter.read(forged)).isEmpty();
    }
}
