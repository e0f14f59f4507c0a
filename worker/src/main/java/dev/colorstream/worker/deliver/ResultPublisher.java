package dev.colorstream.worker.deliver;

import dev.colorstream.contract.topic.Topics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records and says when all replicas have them. Threads do not wait for that, so that many share a round trip. What
 * fails is sent again until it is written. Only a dead letter, or the copy of a suspect, that is too large is dropped, with an
 * error in the log: a failed result tells of it. Results are small, so that a broker that takes none is misconfigured, and is
 * waited for.
 */
public final class ResultPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultPublisher.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "publisher"));

    /** @param producer with acknowledgement by all replicas; stays the caller's */
    public ResultPublisher(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Sends the records.
     *
     * @param written called once, when all of them are written
     */
    public void publish(List<ProducerRecord<byte[], byte[]>> messages, Runnable written) {
        AtomicInteger open = new AtomicInteger(messages.size());
        for (ProducerRecord<byte[], byte[]> message : messages) {
            Runnable one = () -> {
                if (open.decrementAndGet() == 0) {
                    written.run();
                }
            };
            send(message, one, message.topic().equals(Topics.DEAD_LETTERS) ? Optional.of(one) : Optional.empty());
        }
    }

    /**
     * Sends a record that its topic may not take.
     *
     * @param written called once, when it is written
     * @param tooLarge called instead when the broker takes no record of that size
     */
    public void publish(ProducerRecord<byte[], byte[]> message, Runnable written, Runnable tooLarge) {
        send(message, written, Optional.of(tooLarge));
    }

    private void send(ProducerRecord<byte[], byte[]> message, Runnable written, Optional<Runnable> tooLarge) {
        try {
            var unused = producer.send(message, (metadata, failure) -> {
                if (failure == null) {
                    written.run();
                } else {
                    handle(message, written, tooLarge, failure);
                }
            });
        } catch (KafkaException e) {
            handle(message, written, tooLarge, e);
        }
    }

    private void handle(
            ProducerRecord<byte[], byte[]> message, Runnable written, Optional<Runnable> tooLarge, Exception failure) {
        if (failure instanceof RecordTooLargeException && tooLarge.isPresent()) {
            LOG.error(
                    "A record for {} is too large for the broker and is dropped: {}",
                    message.topic(),
                    failure.toString());
            // Not on the producer's thread, on which nothing more can be sent to a topic that it does not know yet.
            later(tooLarge.orElseThrow(), 0);
            return;
        }
        LOG.warn("A record for {} could not be written, it is sent again: {}", message.topic(), failure.toString());
        later(() -> send(message, written, tooLarge), PAUSE_MILLIS);
    }

    private void later(Runnable work, long millis) {
        try {
            var unused = clock.schedule(work, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The worker ends, what was held goes back", e);
        }
    }

    /** Forgets what waits to be sent again. */
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
