package dev.colorstream.trainer.training;

import dev.colorstream.colorizer.network.TrainingBatch;
import dev.colorstream.trainer.dataset.PreparedPhotos.Entry;
import dev.colorstream.trainer.examples.ExampleMaker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The batches of a run in their order, made ahead on threads of their own. Each epoch sees the photos in a new order. */
final class BatchSchedule implements AutoCloseable {
    private static final int AHEAD = 3;

    private final List<Entry> photos;
    private final ExampleMaker examples;
    private final TrainingSettings settings;
    private final ExecutorService makers = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "example-maker");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<Future<TrainingBatch>> ahead = new ArrayDeque<>();
    private int nextStep;
    private int epoch = -1;
    private List<Entry> order = List.of();

    BatchSchedule(List<Entry> photos, ExampleMaker examples, TrainingSettings settings, int firstStep) {
        this.photos = photos;
        this.examples = examples;
        this.settings = settings;
        this.nextStep = firstStep;
    }

    int stepsPerEpoch() {
        return photos.size() / settings.batchSize();
    }

    int totalSteps() {
        return stepsPerEpoch() * settings.epochs();
    }

    TrainingBatch next() throws InterruptedException {
        while (ahead.size() < AHEAD && nextStep < totalSteps()) {
            int step = nextStep++;
            List<Entry> entries = entriesOf(step);
            int size = settings.sizeAt(step, totalSteps());
            ahead.add(makers.submit(() -> examples.training(entries, size, step)));
        }
        try {
            return ahead.remove().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot make a training batch: " + e.getCause(), e.getCause());
        }
    }

    private List<Entry> entriesOf(int step) {
        if (step / stepsPerEpoch() != epoch) {
            epoch = step / stepsPerEpoch();
            List<Entry> shuffled = new ArrayList<>(photos);
            Collections.shuffle(shuffled, new Random(settings.seed() * 7919 + epoch));
            order = shuffled;
        }
        int from = step % stepsPerEpoch() * settings.batchSize();
        return order.subList(from, from + settings.batchSize());
    }

    @Override
    public void close() {
        makers.shutdownNow();
    }
}
