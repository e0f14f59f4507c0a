package dev.colorstream.worker.modelversion;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.RefusalReason;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import dev.colorstream.worker.modelversion.Routes.Route;
import dev.colorstream.worker.modelversion.VersionState.Draining;
import dev.colorstream.worker.modelversion.VersionState.Refused;
import dev.colorstream.worker.modelversion.VersionState.Retired;
import dev.colorstream.worker.modelversion.WarmingUp.Pace;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions that a worker colors with. What channels announce, or a request pins, is opened beside those that serve; when
 * it is warm, the next photos get it, and a version that nothing names any more is closed behind its last photo. A version
 * that is refused leaves all as it was. Safe from several threads.
 *
 * <p>All changes are under one lock; a photo that takes its channel's version meets none.
 */
public final class ServedVersions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServedVersions.class);
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);
    private static final Duration SECOND_TRIAL = Duration.ofMinutes(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final int MOST_REFUSALS = 100;

    private final VersionSource source;
    private final Preparation preparation;
    private final int most;
    private final VersionMeters meters;
    private final Consumer<VersionState> told;
    private final Thread loader = new Thread(this::load, "model-loader");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Map<Channel, ModelAnnouncement> announced = new EnumMap<>(Channel.class);
    private final ConcurrentMap<ModelVersionId, Serving> open = new ConcurrentHashMap<>();
    private final List<Draining> draining = new ArrayList<>();
    private final Map<ModelVersionId, Refusal> refusals = new LinkedHashMap<>();
    /** Versions that could not be opened for now: the {@code nanoTime} from which on each is tried again. */
    private final Map<ModelVersionId, Long> putOff = new HashMap<>();

    private final Map<ModelVersionId, List<Pinned>> waiting = new LinkedHashMap<>();
    private final AtomicLong turns = new AtomicLong();
    private Optional<VersionState> inPreparation = Optional.empty();
    private boolean closed;
    private volatile Routes routes = Routes.NONE;

    /** A request that waits for the version that it pins. */
    private record Pinned(Consumer<Lease> granted, Consumer<Refused> refused) {}

    /**
     * What is remembered of a version that was refused.
     *
     * @param until the {@code nanoTime} from which on it is tried again
     * @param forever whether it is not tried again before it is announced anew
     */
    private record Refusal(Refused refused, long until, boolean forever) {
        boolean holds() {
            return forever || System.nanoTime() - until < 0;
        }
    }

    /**
     * Nothing is opened before {@link #start()}.
     *
     * @param source closed with this
     * @param most versions in memory at once, at least 3: both channels' and the one that replaces either
     * @param told is given each version that serves, retires or is refused; must not wait
     */
    public ServedVersions(
            VersionSource source,
            Preparation preparation,
            int most,
            MeterRegistry registry,
            Consumer<VersionState> told) {
        if (most < 3) {
            throw new IllegalArgumentException("most is " + most + ", less than 3");
        }
        this.source = source;
        this.preparation = preparation;
        this.most = most;
        this.meters = new VersionMeters(registry);
        this.told = told;
    }

    /** Begins to open versions. */
    public void start() {
        loader.start();
    }

    /** Takes what a channel serves from now on. */
    public void announce(ModelAnnouncement announcement) {
        lock.lock();
        try {
            announced.put(announcement.channel(), announcement);
            refusals.remove(announcement.version());
            putOff.remove(announcement.version());
            route();
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is a version for photos without a wish. */
    public boolean isServing() {
        return routes.of(Channel.STABLE).isPresent();
    }

    /** Whether the loader lives; without it no version comes any more. */
    public boolean isAlive() {
        return loader.isAlive();
    }

    /**
     * Waits until each announced version serves or is refused.
     *
     * @return whether that is so
     */
    public boolean awaitSettled(Duration limit) throws InterruptedException {
        return await(() -> inPreparation.isEmpty() && wishesOfChannels().isEmpty(), limit);
    }

    /**
     * Waits until each announced version serves, is refused, or could not be fetched for now: that one is tried on, beside
     * what serves.
     *
     * @return whether that is so
     */
    public boolean awaitTried(Duration limit) throws InterruptedException {
        return await(
                () -> inPreparation.stream().allMatch(state -> putOff.containsKey(state.version()))
                        && putOff.keySet().containsAll(wishesOfChannels()),
                limit);
    }

    private boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = change.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Why a version was refused; empty where it was not. */
    public Optional<Refused> refusalOf(ModelVersionId version) {
        lock.lock();
        try {
            return Optional.ofNullable(refusals.get(version)).map(Refusal::refused);
        } finally {
            lock.unlock();
        }
    }

    /** The version that the request would be colored by now. */
    public ModelVersionId versionFor(ColorizeRequest request) {
        return request.options()
                .modelVersion()
                .orElseGet(() -> routes.choose(request).version());
    }

    /**
     * The version for a photo that pins none, leased.
     *
     * @throws IllegalStateException before {@link #isServing()}
     */
    public Lease lease(ColorizeRequest request) {
        while (true) {
            Optional<Lease> lease = routes.choose(request).lease();
            if (lease.isPresent()) {
                return lease.orElseThrow();
            }
            // It drains since it was chosen: there are new routes.
            Thread.onSpinWait();
        }
    }

    /**
     * Leases this very version, which is opened where it is not in memory.
     *
     * @param granted called with the lease, at once or later on another thread
     * @param refused called instead where the version cannot be served
     */
    public void lease(ModelVersionId version, Consumer<Lease> granted, Consumer<Refused> refused) {
        Optional<Lease> lease = leaseOpen(version);
        if (lease.isEmpty()) {
            Optional<Refused> refusal;
            lock.lock();
            try {
                // It may have come meanwhile.
                lease = leaseOpen(version);
                refusal = Optional.ofNullable(refusals.get(version))
                        .filter(Refusal::holds)
                        .map(Refusal::refused);
                if (lease.isEmpty() && refusal.isEmpty()) {
                    waiting.computeIfAbsent(version, unknown -> new ArrayList<>())
                            .add(new Pinned(granted, refused));
                    change.signalAll();
                }
            } finally {
                lock.unlock();
            }
            refusal.ifPresent(refused);
        }
        lease.ifPresent(granted);
    }

    private Optional<Lease> leaseOpen(ModelVersionId version) {
        Serving serving = open.get(version);
        if (serving == null) {
            return Optional.empty();
        }
        serving.pinned(turns.incrementAndGet());
        return serving.lease();
    }

    private void load() {
        try {
            for (Optional<Loading> next = awaitWish(); next.isPresent(); next = awaitWish()) {
                Loading loading = next.orElseThrow();
                try {
                    makeRoom();
                    settle(preparation.prepare(loading, source, pace(), this::show));
                } catch (StoreUnavailableException | UncheckedIOException e) {
                    LOG.warn("Model version {} cannot be fetched for now: {}", loading.version(), e.getMessage());
                    putOff(loading.version());
                } catch (RuntimeException e) {
                    LOG.error("Model version {} was not brought to its end", loading.version(), e);
                    putOff(loading.version());
                } finally {
                    source.forget(loading.version());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The others shall not wait for it. */
    private void putOff(ModelVersionId version) {
        lock.lock();
        try {
            putOff.put(version, System.nanoTime() + STORE_PAUSE.toNanos());
        } finally {
            lock.unlock();
        }
    }

    private Pace pace() {
        return open.isEmpty() ? Pace.ALONE : Pace.BESIDE_SERVING;
    }

    /** Waits for a version that shall be opened; empty when this is closed. */
    private Optional<Loading> awaitWish() throws InterruptedException {
        lock.lock();
        try {
            inPreparation = Optional.empty();
            change.signalAll();
            while (!closed) {
                Optional<Loading> wish = Stream.concat(wishesOfChannels().stream(), waiting.keySet().stream())
                        .filter(version -> nanosUntilTrial(version) <= 0)
                        .findFirst()
                        .map(Loading::new);
                if (wish.isPresent()) {
                    inPreparation = Optional.of(wish.orElseThrow());
                    showStates();
                    return wish;
                }
                showStates();
                change.awaitNanos(nanosUntilNextTrial());
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** The versions that channels lack: the announced one, or where that is refused and it has none, an earlier one. */
    private List<ModelVersionId> wishesOfChannels() {
        List<ModelVersionId> wishes = new ArrayList<>();
        announced.forEach((channel, announcement) -> {
            if (open.containsKey(announcement.version())) {
                return;
            }
            if (mayBeTried(announcement.version())) {
                wishes.add(announcement.version());
            } else if (routes.of(channel).isEmpty()) {
                announcement.earlier().stream()
                        .filter(this::mayBeTried)
                        .findFirst()
                        .ifPresent(wishes::add);
            }
        });
        return wishes;
    }

    private boolean mayBeTried(ModelVersionId version) {
        Refusal refusal = refusals.get(version);
        return refusal == null || !refusal.holds();
    }

    private long nanosUntilTrial(ModelVersionId version) {
        Long time = putOff.get(version);
        return time == null ? 0 : time - System.nanoTime();
    }

    private long nanosUntilNextTrial() {
        long now = System.nanoTime();
        LongStream refused = refusals.values().stream()
                .filter(refusal -> !refusal.forever() && refusal.holds())
                .mapToLong(refusal -> refusal.until() - now);
        LongStream later =
                putOff.values().stream().mapToLong(time -> time - now).filter(left -> left > 0);
        return LongStream.concat(refused, later)
                .map(left -> Math.max(1, left))
                .min()
                .orElse(Duration.ofHours(1).toNanos());
    }

    /** Lets versions go that only earlier requests asked for, the least recently asked for first, and waits for their end. */
    private void makeRoom() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && open.size() + draining.size() >= most) {
                Optional<Serving> oldest = open.values().stream()
                        .filter(serving -> !routes.names(serving))
                        .min(Comparator.comparingLong(Serving::lastPinned));
                if (oldest.isPresent() && draining.isEmpty()) {
                    retire(oldest.orElseThrow());
                    showStates();
                } else {
                    change.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(VersionState outcome) {
        if (outcome instanceof Serving serving) {
            settle(serving);
        } else {
            settle((Refused) outcome);
        }
    }

    private void settle(Serving serving) {
        List<Pinned> pinned;
        List<Lease> leases = new ArrayList<>();
        lock.lock();
        try {
            pinned = waiting.getOrDefault(serving.version(), List.of());
            waiting.remove(serving.version());
            if (!pinned.isEmpty()) {
                serving.pinned(turns.incrementAndGet());
            }
            for (int i = 0; i < pinned.size(); i++) {
                leases.add(serving.lease().orElseThrow());
            }
            refusals.remove(serving.version());
            putOff.remove(serving.version());
            open.put(serving.version(), serving);
            inPreparation = Optional.empty();
            change.signalAll();
            told.accept(serving);
            route();
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < leases.size(); i++) {
            pinned.get(i).granted().accept(leases.get(i));
        }
    }

    private void settle(Refused refused) {
        List<Pinned> pinned;
        lock.lock();
        try {
            pinned = waiting.getOrDefault(refused.version(), List.of());
            waiting.remove(refused.version());
            putOff.remove(refused.version());
            boolean isAnnounced = announced.values().stream()
                    .anyMatch(announcement -> announcement.version().equals(refused.version())
                            || announcement.earlier().contains(refused.version()));
            refusals.put(
                    refused.version(),
                    new Refusal(
                            refused,
                            System.nanoTime() + SECOND_TRIAL.toNanos(),
                            refused.reason() == RefusalReason.WARM_UP_TOO_LONG));
            if (refusals.size() > MOST_REFUSALS) {
                refusals.remove(refusals.keySet().iterator().next());
            }
            inPreparation = Optional.empty();
            change.signalAll();
            showStates();
            LOG.warn(
                    "Model version {} is refused ({}), all goes on as before: {}",
                    refused.version(),
                    refused.reason().wireName(),
                    refused.detail());
            meters.refused(refused);
            // What a client made up is no version that anybody else should hear of.
            if (isAnnounced || refused.reason() != RefusalReason.UNKNOWN_VERSION) {
                told.accept(refused);
            }
        } finally {
            lock.unlock();
        }
        pinned.forEach(request -> request.refused().accept(refused));
    }

    /** Lets each channel go over to the version that it shall have, as far as that is open, and lets the others go. */
    private void route() {
        Map<Channel, Route> next = new EnumMap<>(Channel.class);
        announced.forEach((channel, announcement) -> route(announcement).ifPresent(route -> next.put(channel, route)));
        Routes before = routes;
        routes = new Routes(next);
        next.forEach((channel, route) -> {
            ModelVersionId version = route.serving().version();
            Optional<ModelVersionId> last =
                    before.of(channel).map(old -> old.serving().version());
            last.ifPresent(old -> meters.swapped(channel, old, version));
            if (!last.equals(Optional.of(version))) {
                LOG.info("Channel {} colors with model version {}", channel.wireName(), version);
            }
        });
        List<Serving> unneeded = open.values().stream()
                .filter(serving -> !routes.names(serving) && serving.lastPinned() == 0)
                .toList();
        unneeded.forEach(this::retire);
        showStates();
    }

    private Optional<Route> route(ModelAnnouncement announcement) {
        Serving wanted = open.get(announcement.version());
        if (wanted != null) {
            return Optional.of(new Route(wanted, announcement.share()));
        }
        // A channel that is to take less takes less at once.
        return routes.of(announcement.channel())
                .map(route -> new Route(route.serving(), Math.min(route.share(), announcement.share())))
                .or(() -> announcement.earlier().stream()
                        .flatMap(earlier -> Optional.ofNullable(open.get(earlier)).stream())
                        .findFirst()
                        .map(earlier -> new Route(earlier, announcement.share())));
    }

    private void retire(Serving serving) {
        open.remove(serving.version());
        Draining leaving = serving.drain();
        draining.add(leaving);
        var unused = leaving.end().thenAccept(retired -> retired(leaving, retired));
    }

    private void retired(Draining leaving, Retired retired) {
        lock.lock();
        try {
            draining.remove(leaving);
            if (!closed && !open.containsKey(retired.version())) {
                told.accept(retired);
            }
            showStates();
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void show(VersionState state) {
        lock.lock();
        try {
            // One that took too long may come to its next state when another is in preparation already.
            if (inPreparation
                    .filter(now -> now.version().equals(state.version()))
                    .isPresent()) {
                inPreparation = Optional.of(state);
                showStates();
            }
        } finally {
            lock.unlock();
        }
    }

    private void showStates() {
        List<VersionState> states = new ArrayList<>(open.values());
        states.addAll(draining);
        inPreparation.ifPresent(states::add);
        announced.values().stream()
                .flatMap(announcement -> Optional.ofNullable(refusals.get(announcement.version())).stream())
                .forEach(refusal -> states.add(refusal.refused()));
        meters.show(states);
    }

    /** Closes all versions, whatever is leased: when the pipeline has ended. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
        loader.interrupt();
        try {
            TimeUnit.NANOSECONDS.timedJoin(loader, FAREWELL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.values().forEach(serving -> {
            serving.closeAtOnce();
            told.accept(new Retired(serving.version()));
        });
        source.close();
    }
}
