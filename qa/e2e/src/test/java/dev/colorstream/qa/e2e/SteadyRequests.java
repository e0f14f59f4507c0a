package dev.colorstream.qa.e2e;

import dev.colorstream.contract.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Requests for the color of one photo that come at a steady rate, each a request of its own, until they are stopped. */
final class SteadyRequests implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger taken = new AtomicInteger();

    SteadyRequests(String bootstrap, String photo, int perSecond) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        byte[] request = photo.getBytes(StandardCharsets.UTF_8);
        var unused = clock.scheduleAtFixedRate(
                () -> send(request), 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
    }

    private void send(byte[] request) {
        var unused = producer.send(new ProducerRecord<>(Topics.REQUESTS, request), (place, error) -> {
            if (error == null) {
                taken.incrementAndGet();
            }
        });
    }

    /** Ends them; how many there were. */
    int stop() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new AssertionError("Kafka takes no requests");
        }
        producer.flush();
        return taken.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close();
    }
}
