package dev.colorstream.dashboard.state;

import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.model.AnnouncementJson;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelStatus;
import dev.colorstream.contract.model.ModelStatusJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/**
 * The state as the page asks for it. Every method throws {@link StateNotReadyException} while the stores are not there.
 */
public final class LiveState {
    private final StateStores stores;
    private final Clock clock;

    LiveState(StateStores stores, Clock clock) {
        this.stores = stores;
        this.clock = clock;
    }

    /** The photo that was asked for under the id. */
    public Optional<PhotoState> photo(RequestId id) {
        return answer(() -> first(StateTopology.PHOTOS, id.value()));
    }

    /** The job of that id, or the photos of none under {@link PhotoState#NO_JOB}. */
    public Optional<JobView> job(String id) {
        return answer(() -> this.<JobView>first(StateTopology.JOBS, id).filter(job -> !job.deleted()));
    }

    /** All jobs, the one that changed last first. */
    public List<JobView> jobs() {
        List<JobView> jobs = answer(() -> all(StateTopology.JOBS));
        jobs.removeIf(JobView::deleted);
        jobs.sort(Comparator.comparing(JobView::lastAt).reversed().thenComparing(JobView::id));
        return jobs;
    }

    /** All workers, by name. */
    public List<WorkerView> workers() {
        List<WorkerView> workers = answer(() -> all(StateTopology.WORKERS));
        workers.sort(Comparator.comparing(WorkerView::worker));
        return workers;
    }

    /**
     * Photos of a job that stand there, the newest first.
     *
     * @param after the {@link PhotoPage#next} of the page before, if any
     */
    public PhotoPage photos(String job, PhotoStatus status, Optional<String> after, int limit) {
        return answer(() -> page(keys(PhotoIndex.prefix(job, status), after, limit + 1), limit));
    }

    private PhotoPage page(List<String> keys, int limit) {
        List<PhotoState> photos = keys.stream()
                .limit(limit)
                .map(key -> this.<PhotoState>first(StateTopology.PHOTOS, PhotoIndex.photo(key)))
                .flatMap(Optional::stream)
                .toList();
        return new PhotoPage(photos, keys.size() > limit ? Optional.of(keys.get(limit - 1)) : Optional.empty());
    }

    private List<String> keys(String prefix, Optional<String> after, int limit) {
        String from = after.filter(key -> key.startsWith(prefix))
                .map(key -> key + '\0')
                .orElse(prefix);
        String to = prefix + '\uffff';
        PriorityQueue<IndexCursor> cursors = new PriorityQueue<>();
        List<KeyValueIterator<String, String>> open = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        try {
            for (ReadOnlyKeyValueStore<String, String> part : stores.<String, String>parts(StateTopology.INDEX)) {
                KeyValueIterator<String, String> entries = part.range(from, to);
                open.add(entries);
                IndexCursor.next(entries).ifPresent(cursors::add);
            }
            while (keys.size() < limit && !cursors.isEmpty()) {
                IndexCursor least = cursors.remove();
                keys.add(least.key());
                IndexCursor.next(least.rest()).ifPresent(cursors::add);
            }
            return keys;
        } finally {
            open.forEach(KeyValueIterator::close);
        }
    }

    private record IndexCursor(String key, KeyValueIterator<String, String> rest) implements Comparable<IndexCursor> {
        static Optional<IndexCursor> next(KeyValueIterator<String, String> entries) {
            return entries.hasNext() ? Optional.of(new IndexCursor(entries.next().key, entries)) : Optional.empty();
        }

        @Override
        public int compareTo(IndexCursor other) {
            return key.compareTo(other.key);
        }
    }

    /** What each version did in the last minute that is over; by version. */
    public Map<String, Figures> minute() {
        Instant begun = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        return figures(begun.minus(StateTopology.WINDOW), begun.minusMillis(1));
    }

    /** What each version did in the minutes that began within the last time, the one under way included; by version. */
    public Map<String, Figures> figures(Duration last) {
        Instant now = clock.instant();
        return figures(now.minus(last).plusMillis(1), now);
    }

    private Map<String, Figures> figures(Instant from, Instant to) {
        return answer(() -> {
            Map<String, Figures> byVersion = new TreeMap<>();
            minutes(
                    from,
                    to,
                    (version, point) -> byVersion
                            .computeIfAbsent(version, unused -> new Figures())
                            .merge(point.figures()));
            return byVersion;
        });
    }

    /** The same as {@link #figures(Duration)} minute by minute, the oldest first; minutes without results are left out. */
    public Map<String, List<FigurePoint>> history(Duration last) {
        return answer(() -> {
            Map<String, List<FigurePoint>> byVersion = new TreeMap<>();
            Instant now = clock.instant();
            minutes(
                    now.minus(last).plusMillis(1),
                    now,
                    (version, point) -> byVersion
                            .computeIfAbsent(version, unused -> new ArrayList<>())
                            .add(point));
            byVersion.values().forEach(points -> points.sort(Comparator.comparing(FigurePoint::from)));
            return byVersion;
        });
    }

    /** Stores may move or close between the question and the answer. */
    private static <T> T answer(Supplier<T> question) {
        try {
            return question.get();
        } catch (InvalidStateStoreException e) {
            throw new StateNotReadyException(e);
        }
    }

    private interface MinuteReader {
        void read(String version, FigurePoint point);
    }

    /** Reads the minutes that begin from the one time to the other, both included. */
    private void minutes(Instant from, Instant to, MinuteReader reader) {
        for (ReadOnlyWindowStore<String, Figures> part : stores.<String, Figures>windows(StateTopology.FIGURES)) {
            try (KeyValueIterator<Windowed<String>, Figures> windows = part.fetchAll(from, to)) {
                windows.forEachRemaining(entry -> reader.read(
                        entry.key.key(), new FigurePoint(entry.key.window().startTime(), entry.value)));
            }
        }
    }

    /** What the channels announce. */
    public List<ModelAnnouncement> announcements() {
        return answer(() -> told(StateTopology.MODELS, AnnouncementJson::read));
    }

    /** What the workers made of versions. */
    public List<ModelStatus> statuses() {
        return answer(() -> told(StateTopology.MODEL_STATUS, ModelStatusJson::read));
    }

    private <T> List<T> told(String store, Function<byte[], T> read) {
        List<T> told = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> entries =
                stores.<byte[], byte[]>global(store).all()) {
            while (entries.hasNext()) {
                readable(entries.next().value, read).ifPresent(told::add);
            }
        }
        return told;
    }

    /** Empty for what is not ours, or newer than we: nothing that this page could show. */
    private static <T> Optional<T> readable(byte[] value, Function<byte[], T> read) {
        try {
            return Optional.of(read.apply(value));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private <V> Optional<V> first(String store, String key) {
        return stores.<String, V>parts(store).stream()
                .map(part -> part.get(key))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private <V> List<V> all(String store) {
        List<V> values = new ArrayList<>();
        for (ReadOnlyKeyValueStore<String, V> part : stores.<String, V>parts(store)) {
            try (KeyValueIterator<String, V> entries = part.all()) {
                entries.forEachRemaining(entry -> values.add(entry.value));
            }
        }
        return values;
    }
}
