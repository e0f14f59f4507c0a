package dev.colorstream.worker.deliver;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.contract.result.ResultJson;
import dev.colorstream.contract.result.SourceTraits;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.storage.objectstore.ObjectContent;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.consumer.RequestFailure;
import dev.colorstream.worker.encode.ColoredPhoto;
import dev.colorstream.worker.fetch.ColorMetadata;
import dev.colorstream.worker.fetch.EarlierColor;
import dev.colorstream.worker.fetch.StorePatience;
import dev.colorstream.worker.stage.StagePool;
import dev.colorstream.worker.stage.StageTimer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings requests to their end, in this order: the color photo is stored, its result is written to all replicas, the request
 * ends. A crash between two of them repeats, but loses nothing.
 */
public final class DeliverStage {
    private static final Logger LOG = LoggerFactory.getLogger(DeliverStage.class);

    /** What is stored to learn whether the store takes any file, as long as the last that it took. No photo has such a key. */
    private static final ObjectAddress PROOF = new ObjectAddress(Buckets.COLORIZED, "_store-proof");

    private final ObjectStore store;
    private final StorePatience patience;
    private final StagePool pool;
    private final ResultPublisher publisher;
    private final StageTimer timer;
    private final Signature signature;
    private final MeterRegistry registry;
    private final Counter colored;
    private final Counter repeated;

    /**
     * What every result says of its maker.
     *
     * @param worker the worker's id
     * @param clock tells when a request ended
     */
    public record Signature(String worker, Clock clock) {}

    public DeliverStage(
            ObjectStore store,
            StorePatience patience,
            StagePool pool,
            ResultPublisher publisher,
            StageTimer timer,
            Signature signature,
            MeterRegistry registry) {
        this.store = store;
        this.patience = patience;
        this.pool = pool;
        this.publisher = publisher;
        this.timer = timer;
        this.signature = signature;
        this.registry = registry;
        colored = Counter.builder("colorstream.photos.colored")
                .description("requests that ended with a color photo")
                .register(registry);
        repeated = Counter.builder("colorstream.results.repeated")
                .description("results told again because an earlier delivery had stored the color photo")
                .register(registry);
        // All from the start: a counter that appears with its first failure has not risen, and no alert sees it.
        Arrays.stream(FailureReason.values()).forEach(this::failed);
    }

    private Counter failed(FailureReason reason) {
        return Counter.builder("colorstream.photos.failed")
                .tag("reason", reason.wireName())
                .description("requests that ended without a color photo")
                .register(registry);
    }

    /** Delivers a color photo. */
    public void accept(ColoredPhoto photo) {
        long start = timer.now();
        patience.run(pool, photo.assignment(), () -> store(photo, start));
    }

    /** Tells the result of a color photo that is there already. */
    public void accept(EarlierColor earlier) {
        repeated.increment();
        tell(earlier.assignment(), earlier.object(), earlier.version(), earlier.traits());
    }

    /** Tells a failure, and keeps its record for replay. */
    public void accept(RequestFailure failure) {
        int attempt = failure.held().attempt();
        LOG.atInfo()
                .addKeyValue("requestId", failure.requestId())
                .addKeyValue("reason", failure.reason().wireName())
                .addKeyValue("topic", failure.held().message().topic())
                .addKeyValue("partition", failure.held().message().partition())
                .addKeyValue("offset", failure.held().message().offset())
                .log("Failed: {}", failure.detail());
        Failed result = new Failed(
                failure.requestId(),
                failure.job(),
                failure.source(),
                failure.reason(),
                failure.detail(),
                failure.stage(),
                signature.worker(),
                attempt,
                failure.times().milliseconds(),
                signature.clock().instant());
        DeadLetter letter = DeadLetter.of(
                failure.held().message(),
                failure.requestId(),
                failure.reason(),
                failure.stage(),
                attempt,
                failure.detail());
        publisher.publish(
                List.of(
                        ResultJson.write(Topics.RESULTS, result),
                        letter.write(Topics.DEAD_LETTERS, failure.held().message())),
                () -> {
                    failed(failure.reason()).increment();
                    failure.end().run();
                });
    }

    private void store(ColoredPhoto photo, long start) {
        Assignment assignment = photo.assignment();
        ObjectAddress address = assignment.colorAddress();
        ColorObject object = new ColorObject(
                address,
                photo.file().contentType(),
                photo.file().width(),
                photo.file().height(),
                photo.sha256());
        ModelVersionId version = assignment.lease().model().version();
        ColorMetadata metadata = ColorMetadata.of(assignment.request().id(), version, object, photo.traits());
        store.put(address, photo.file().bytes(), object.contentType(), metadata.toMap());
        photo.place().giveBack();
        long length = photo.file().bytes().length;
        patience.served(() -> store.put(PROOF, ObjectContent.zeros(length), "application/octet-stream", Map.of()));
        timer.book(assignment.times(), start);
        tell(assignment, object, version, Optional.of(photo.traits()));
    }

    private void tell(
            Assignment assignment, ColorObject object, ModelVersionId version, Optional<SourceTraits> traits) {
        Colored result = new Colored(
                assignment.request().id(),
                assignment.request().job(),
                assignment.request().source(),
                object,
                version,
                traits,
                signature.worker(),
                assignment.held().attempt(),
                assignment.times().milliseconds(),
                signature.clock().instant());
        publisher.publish(List.of(ResultJson.write(Topics.RESULTS, result)), () -> {
            colored.increment();
            assignment.end();
            LOG.atDebug().addKeyValue("requestId", result.requestId()).log("Colored");
        });
    }
}
