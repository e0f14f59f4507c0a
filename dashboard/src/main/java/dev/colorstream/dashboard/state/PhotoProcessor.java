package dev.colorstream.dashboard.state;

import dev.colorstream.contract.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state of each photo and tells what changed: keyed by job the difference of counts, and how the photo ended,
 * keyed by itself.
 */
final class PhotoProcessor implements Processor<String, PhotoEvent, String, PhotoChange> {
    private final Duration retention;
    private @Nullable Stores stores;

    PhotoProcessor(Duration retention) {
        this.retention = retention;
    }

    private record Stores(
            ProcessorContext<String, PhotoChange> context,
            KeyValueStore<String, PhotoState> photos,
            KeyValueStore<String, String> index) {}

    @Override
    public void init(ProcessorContext<String, PhotoChange> context) {
        Stores opened = new Stores(
                context, context.getStateStore(StateTopology.PHOTOS), context.getStateStore(StateTopology.INDEX));
        stores = opened;
        Expiry.start(context, opened.photos(), retention, PhotoState::changedAt, (id, photo) -> {
            opened.photos().delete(id);
            opened.index().delete(PhotoIndex.key(photo));
        });
    }

    @Override
    public void process(Record<String, PhotoEvent> message) {
        Stores open = Objects.requireNonNull(stores);
        PhotoState before = open.photos().get(message.key());
        PhotoState known = before == null ? PhotoState.unheardOf(new RequestId(message.key())) : before;
        PhotoState after = known.after(message.value(), Instant.ofEpochMilli(message.timestamp()));
        if (after.equals(known)) {
            return;
        }
        open.photos().put(message.key(), after);
        if (before != null) {
            open.index().delete(PhotoIndex.key(before));
        }
        open.index().put(PhotoIndex.key(after), "");
        Tally old = before == null ? Tally.NONE : before.tally();
        if (before == null || before.scope().equals(after.scope())) {
            count(open, message, after.scope(), after.tally().minus(old));
        } else {
            count(open, message, before.scope(), Tally.NONE.minus(old));
            count(open, message, after.scope(), after.tally());
        }
        if (message.value() instanceof PhotoEvent.Ended ended && known.status() != after.status()) {
            open.context().forward(message.withValue(ended));
        }
    }

    private static void count(Stores open, Record<String, PhotoEvent> cause, String scope, Tally difference) {
        PhotoChange change = new JobEvent.Counted(difference, Instant.ofEpochMilli(cause.timestamp()));
        open.context().forward(cause.withKey(scope).withValue(change));
    }
}
