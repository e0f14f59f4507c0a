package dev.colorstream.producertools.upload;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.producertools.progress.Progress;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Stores photos and then asks for their colors, a few at a time, with a bound on the bytes that are on their way. */
final class Shipment implements AutoCloseable {
    private static final int PARALLEL_PUTS = 8;
    private static final int BYTES_PER_PERMIT = 4096;
    private static final String SHA256 = "sha256";

    private final ObjectStore store;
    private final Producer<byte[], byte[]> producer;
    private final UploadOrder order;
    private final Progress progress;
    private final Clock clock;
    private final RequestWriter writer = new RequestWriter("colorstream/producer-tools");
    private final ExecutorService puts = Executors.newFixedThreadPool(PARALLEL_PUTS);
    private final int permits;
    private final Semaphore memory;
    private final AtomicInteger found = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /** @param memoryBytes how many bytes of photos may be on their way; a bigger photo goes alone */
    Shipment(
            ObjectStore store,
            Producer<byte[], byte[]> producer,
            UploadOrder order,
            Progress progress,
            long memoryBytes,
            Clock clock) {
        this.store = store;
        this.producer = producer;
        this.order = order;
        this.progress = progress;
        this.clock = clock;
        this.permits = Math.toIntExact(Math.max(1, memoryBytes / BYTES_PER_PERMIT));
        this.memory = new Semaphore(permits);
    }

    /**
     * Waits until there is room for a photo, and takes it; to be taken before the photo is read into memory.
     *
     * @param bytes of the photo
     * @return the room, for {@link #send} or to be given back
     */
    int takeRoom(long bytes) {
        int room = (int) Math.min(permits, 1 + bytes / BYTES_PER_PERMIT);
        memory.acquireUninterruptibly(room);
        return room;
    }

    /** Gives room back that was taken for a photo that is not sent. */
    void giveBack(int room) {
        memory.release(room);
    }

    /**
     * Sends the photo in the background.
     *
     * @param room that was taken for it; it is given back when the photo is sent, but stays the caller's when this throws
     * @param window hears when its request has arrived, or that it failed
     * @param maybeStored whether an interrupted upload may have stored it
     * @throws RuntimeException the store's or the producer's, when one that was sent before failed
     */
    void send(GrayPhoto photo, int room, Window window, boolean maybeStored) {
        throwFailure();
        puts.execute(() -> {
            try {
                store(photo, maybeStored);
                // The photo is there before anyone is asked to fetch it.
                request(photo, window);
                progress.step();
            } catch (RuntimeException | Error e) {
                // Whoever waits for the window shall hear of an error, too.
                failed(e instanceof RuntimeException known ? known : new IllegalStateException(e));
                window.ended();
            } finally {
                giveBack(room);
            }
        });
    }

    /**
     * Waits until the requests of the window's photos have arrived.
     *
     * @throws RuntimeException the store's or the producer's, when one that was sent failed
     */
    void settle(Window window) {
        window.await();
        throwFailure();
    }

    /**
     * Sends a record that is none of a photo, and waits until it has arrived.
     *
     * @throws RuntimeException the store's or the producer's, when one that was sent failed
     */
    void tell(ProducerRecord<byte[], byte[]> message) {
        send(message, () -> {});
        producer.flush();
        throwFailure();
    }

    /** How many photos were in the store already. */
    int foundInStore() {
        return found.get();
    }

    @Override
    public void close() {
        puts.shutdownNow();
    }

    private void store(GrayPhoto photo, boolean maybeStored) {
        ObjectAddress source = source(photo);
        if (maybeStored && isStored(source, photo)) {
            found.incrementAndGet();
        } else {
            store.put(source, photo.content(), photo.contentType(), Map.of(SHA256, photo.sha256()));
        }
    }

    private void request(GrayPhoto photo, Window window) {
        ColorizeRequest request = new ColorizeRequest(
                photo.listed().request(), Optional.of(order.job()), source(photo), order.options(), clock.instant());
        send(writer.write(order.express() ? Topics.EXPRESS_REQUESTS : Topics.REQUESTS, request), window::ended);
    }

    private ObjectAddress source(GrayPhoto photo) {
        return new ObjectAddress(
                Buckets.UPLOADS,
                "jobs/" + order.job().value() + "/" + photo.listed().name());
    }

    /** @param ended hears that it has arrived or failed */
    private void send(ProducerRecord<byte[], byte[]> message, Runnable ended) {
        // The callback hears what the future would tell.
        var unused = producer.send(message, (metadata, e) -> {
            if (e != null) {
                failed(new RequestNotSentException(message.topic(), e));
            }
            ended.run();
        });
    }

    private void failed(RuntimeException e) {
        failure.compareAndSet(null, e);
    }

    private boolean isStored(ObjectAddress source, GrayPhoto photo) {
        return store.stat(source)
                .map(known -> photo.sha256().equals(known.metadata().get(SHA256)))
                .orElse(false);
    }

    private void throwFailure() {
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
    }
}
