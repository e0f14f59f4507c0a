package dev.colorstream.dashboard.state;

import dev.colorstream.contract.result.ColorizeResult;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the view of each worker and passes its results on, keyed by the version that it served: a failed photo has no
 * version of its own and counts for its worker's.
 */
final class WorkerProcessor implements Processor<String, ColorizeResult, String, ColorizeResult> {
    private final Duration retention;
    private @Nullable ProcessorContext<String, ColorizeResult> context;
    private @Nullable KeyValueStore<String, WorkerView> workers;

    WorkerProcessor(Duration retention) {
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<String, ColorizeResult> opened) {
        context = opened;
        KeyValueStore<String, WorkerView> store = opened.getStateStore(StateTopology.WORKERS);
        workers = store;
        Expiry.start(opened, store, retention, WorkerView::lastSeen, (name, worker) -> store.delete(name));
    }

    @Override
    public void process(Record<String, ColorizeResult> message) {
        KeyValueStore<String, WorkerView> open = Objects.requireNonNull(workers);
        WorkerView stored = open.get(message.key());
        WorkerView worker = (stored == null ? WorkerView.begun(message.key()) : stored).after(message.value());
        open.put(message.key(), worker);
        worker.version()
                .ifPresent(version -> Objects.requireNonNull(context).forward(message.withKey(version.value())));
    }
}
