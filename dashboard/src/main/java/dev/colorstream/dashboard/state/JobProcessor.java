package dev.colorstream.dashboard.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Keeps the view of each job. */
final class JobProcessor implements Processor<String, JobEvent, Void, Void> {
    private final Duration retention;
    private @Nullable KeyValueStore<String, JobView> jobs;

    JobProcessor(Duration retention) {
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        KeyValueStore<String, JobView> opened = context.getStateStore(StateTopology.JOBS);
        jobs = opened;
        Expiry.start(context, opened, retention, JobView::lastAt, (id, job) -> opened.delete(id));
    }

    @Override
    public void process(Record<String, JobEvent> message) {
        KeyValueStore<String, JobView> open = Objects.requireNonNull(jobs);
        JobView stored = open.get(message.key());
        if (message.value() instanceof JobEvent.Forgotten) {
            if (stored != null) {
                open.put(message.key(), stored.forgotten());
            }
            return;
        }
        JobView job = stored == null ? JobView.begun(message.key(), Instant.ofEpochMilli(message.timestamp())) : stored;
        if (message.value() instanceof JobEvent.Counted counted) {
            open.put(message.key(), job.counted(counted.difference(), counted.at()));
        } else if (message.value() instanceof JobEvent.Told told) {
            open.put(message.key(), job.told(told.state()));
        }
    }
}
