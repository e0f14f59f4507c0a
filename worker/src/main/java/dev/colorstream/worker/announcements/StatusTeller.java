package dev.colorstream.worker.announcements;

import dev.colorstream.contract.model.ModelStatus;
import dev.colorstream.contract.model.ModelStatusJson;
import dev.colorstream.contract.topic.Topics;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells on Kafka what this worker makes of versions, on a thread of its own: nobody waits for it. */
public final class StatusTeller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusTeller.class);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "model-status"));

    /** @param producer stays the caller's */
    public StatusTeller(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Tells a status, behind those before it. */
    public void tell(ModelStatus status) {
        thread.execute(() -> {
            try {
                var unused = producer.send(ModelStatusJson.write(Topics.MODEL_STATUS, status), (metadata, failure) -> {
                    if (failure != null) {
                        LOG.warn("Not told: {}: {}", status, failure.toString());
                    }
                });
            } catch (KafkaException e) {
                LOG.warn("Not told: {}: {}", status, e.toString());
            }
        });
    }

    /** Waits a moment for what is to be told. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
