package dev.colorstream.worker.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class WindowTest {
    private static final long LONG = Duration.ofSeconds(30).toNanos();

    private final Window window = new Window(List.of(message(7), message(8)));

    @Test
    void shouldSettleRecordAfterLastOfItsRequests() {
        HeldRecord record = window.held().get(0);
        record.expect(2);

        record.requestEnded();
        assertThat(record.isSettled()).isFalse();
        record.requestEnded();

        assertThat(record.isSettled()).isTrue();
        assertThat(record.isAbandoned()).isFalse();
    }

    @Test
    void shouldSettleRecordWithoutRequestsAtOnce() {
        HeldRecord record = window.held().get(0);

        record.expect(0);

        assertThat(record.isSettled()).isTrue();
    }

    @Test
    void shouldSettleRecordOfWhichOneRequestWasGivenUp() {
        HeldRecord record = window.held().get(0);
        record.expect(3);

        record.abandon();

        assertThat(record.isSettled()).isTrue();
        assertThat(record.isAbandoned()).isTrue();
    }

    @Test
    void shouldWaitUntilAllAreSettled() throws Exception {
        List<HeldRecord> records = window.held();
        records.forEach(record -> record.expect(1));
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return window.awaitSettled(records, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        records.get(0).requestEnded();
        assertThat(window.awaitSettled(records, 1)).isFalse();
        records.get(1).requestEnded();

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldForgetWhatIsAcknowledged() {
        window.remove(List.of(window.held().get(0)));

        assertThat(window.held()).extracting(record -> record.place().offset()).containsExactly(8L);
    }

    private static ConsumerRecord<byte[], byte[]> message(long offset) {
        return new ConsumerRecord<>("requests", 0, offset, new byte[0], new byte[0]);
    }
}
