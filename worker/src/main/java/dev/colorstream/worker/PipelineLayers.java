package dev.colorstream.worker;

import dev.colorstream.colorizer.image.DecodeLimits;
import dev.colorstream.colorizer.image.PhotoDecoder;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.worker.colorize.ColorizeStage;
import dev.colorstream.worker.configuration.WorkerConfig;
import dev.colorstream.worker.consumer.Admission;
import dev.colorstream.worker.consumer.PoisonRule;
import dev.colorstream.worker.consumer.RequestSource;
import dev.colorstream.worker.consumer.ShareGroupSettings;
import dev.colorstream.worker.consumer.ShareGroupSource;
import dev.colorstream.worker.decode.DecodeStage;
import dev.colorstream.worker.deliver.DeliverStage;
import dev.colorstream.worker.deliver.ResultPublisher;
import dev.colorstream.worker.encode.EncodeStage;
import dev.colorstream.worker.fetch.FetchStage;
import dev.colorstream.worker.fetch.StorePatience;
import dev.colorstream.worker.microbatch.MicroBatcher;
import dev.colorstream.worker.modelversion.ServedVersions;
import dev.colorstream.worker.stage.Backlog;
import dev.colorstream.worker.stage.Budget;
import dev.colorstream.worker.stage.Lane;
import dev.colorstream.worker.stage.StagePool;
import dev.colorstream.worker.stage.StageTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stages, layered onto each other: consumer, fetch, decode, microbatch, colorize, encode, deliver. Built from the last to
 * the first, since each is given where its photos go next.
 */
final class PipelineLayers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineLayers.class);

    private final MeterRegistry registry;
    private final StorePatience readPatience;
    private final StorePatience writePatience;
    private final ResultPublisher publisher;
    private final StagePool fetchPool;
    private final StagePool decodePool;
    private final StagePool encodePool;
    private final StagePool deliverPool;
    private final MicroBatcher batches;
    private final List<Thread> inference;
    private final RequestSource source;
    private final Runnable onFatal;
    private volatile boolean ending;

    /**
     * Layers the stages; nothing runs before {@link #start()}.
     *
     * @param store stays the caller's, as do {@code versions} and {@code producer}
     * @param readPatience closed with this, as is {@code writePatience}
     * @param onFatal called when a thread of the network or a consumer ends by an error, but not once the pipeline ends itself
     */
    PipelineLayers(
            WorkerConfig config,
            ServedVersions versions,
            ObjectStore store,
            StorePatience readPatience,
            StorePatience writePatience,
            Producer<byte[], byte[]> producer,
            MeterRegistry registry,
            Runnable onFatal) {
        this.registry = registry;
        this.onFatal = onFatal;
        this.readPatience = readPatience;
        this.writePatience = writePatience;
        publisher = new ResultPublisher(producer);
        fetchPool = new StagePool(Stage.FETCH, config.threads().fetch(), Integer.MAX_VALUE, registry);
        decodePool = new StagePool(
                Stage.DECODE, config.threads().decode(), config.threads().decode(), registry);
        encodePool = new StagePool(Stage.ENCODE, config.threads().encode(), Integer.MAX_VALUE, registry);
        deliverPool = new StagePool(Stage.DELIVER, config.threads().deliver(), Integer.MAX_VALUE, registry);

        DeliverStage deliver = new DeliverStage(
                store,
                writePatience,
                deliverPool,
                publisher,
                timer(Stage.DELIVER),
                new DeliverStage.Signature(config.workerId(), Clock.systemUTC()),
                registry);
        Backlog backlog = new Backlog(config.limits().fileBudget());
        EncodeStage encode =
                new EncodeStage(encodePool, timer(Stage.ENCODE), backlog, deliver::accept, deliver::accept);
        batches = new MicroBatcher(config.batch().size(), config.batch().linger(), timer(Stage.MICROBATCH), registry);
        ColorizeStage colorize = new ColorizeStage(batches, timer(Stage.COLORIZE), encode::accept, deliver::accept);
        DecodeStage decode = new DecodeStage(
                new PhotoDecoder(new DecodeLimits(
                        config.limits().maxBytes(), config.limits().maxPixels(), DecodeLimits.LONGEST_SIDE)),
                versions::lease,
                new Budget(config.limits().pixelBudget()),
                backlog,
                decodePool,
                timer(Stage.DECODE),
                batches::accept,
                deliver::accept);
        Budget memory = new Budget(config.limits().fileBudget());
        FetchStage fetch = new FetchStage(
                store,
                readPatience,
                fetchPool,
                timer(Stage.FETCH),
                new FetchStage.Limits(
                        config.limits().maxBytes(), config.limits().missingGrace(), memory, firstShare(config)),
                Clock.systemUTC(),
                versions::versionFor,
                new FetchStage.Exits(decode::accept, deliver::accept, deliver::accept));
        Admission admission = new Admission(config.buckets(), versions, fetch::accept, deliver::accept);
        source = new ShareGroupSource(
                List.of(
                        share(config, Topics.REQUESTS, config.consumers(), config.window()),
                        share(config, Topics.EXPRESS_REQUESTS, 1, config.window()),
                        share(config, Topics.SUSPECTS, 1, 1)),
                PoisonRule.DEFAULT,
                admission,
                publisher::publish,
                this::endedByError);
        inference = IntStream.rangeClosed(1, config.threads().colorize())
                .mapToObj(number -> new Thread(colorize, "inference-" + number))
                .toList();
        inference.forEach(thread -> thread.setUncaughtExceptionHandler(this::endedByError));
    }

    /** Begins to take requests. */
    void start() {
        inference.forEach(Thread::start);
        source.start();
    }

    /** Takes no more requests, ends those in work within the grace, and hands the others back. */
    void stop(Duration grace) {
        ending = true;
        source.stop(grace);
    }

    RequestSource source() {
        return source;
    }

    boolean isAlive() {
        return inference.stream().allMatch(Thread::isAlive) && source.isAlive();
    }

    /** What ends while the worker ends goes back to the group all the same: the orderly end is not to be broken off. */
    private void endedByError(Thread thread, Throwable error) {
        if (ending) {
            LOG.warn("{} ended before its time", thread.getName(), error);
        } else {
            LOG.error("{} ended, the worker cannot go on", thread.getName(), error);
            onFatal.run();
        }
    }

    /** Ends all threads. */
    @Override
    public void close() {
        readPatience.close();
        writePatience.close();
        batches.close();
        fetchPool.close();
        decodePool.close();
        encodePool.close();
        deliverPool.close();
        publisher.close();
        try {
            // The native memory of a network must not be freed while a pass runs in it.
            for (Thread thread : inference) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** So little that photos of usual size never wait for each other: all on their way through a decoder have it at once. */
    private static int firstShare(WorkerConfig config) {
        WorkerConfig.Threads threads = config.threads();
        int decodedOrNext = 2 * threads.decode();
        int photos = Lane.values().length * (threads.fetch() + decodedOrNext);
        return Math.max(1, config.limits().fileBudget() / photos);
    }

    private StageTimer timer(Stage stage) {
        return new StageTimer(stage, registry, System::nanoTime);
    }

    private static ShareGroupSettings share(WorkerConfig config, String topic, int members, int window) {
        return new ShareGroupSettings(
                config.kafka(), Topics.WORKER_GROUP, List.of(topic), members, window, Topics.LOCK);
    }
}
