package dev.colorstream.worker;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.storage.objectstore.FetchOutcome;
import dev.colorstream.storage.objectstore.ObjectContent;
import dev.colorstream.storage.objectstore.ObjectPage;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectSummary;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A store that refuses to give or to take some objects, as by a policy, and does all else. */
final class RefusingStore implements ObjectStore {
    private final ObjectStore store;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Predicate<ObjectAddress> ungiven = address -> false;
    private volatile Predicate<ObjectAddress> untaken = address -> false;

    RefusingStore(ObjectStore store) {
        this.store = store;
    }

    /** From now on it gives none of these. */
    void giveNone(Predicate<ObjectAddress> of) {
        ungiven = of;
    }

    /** From now on it takes none of these. */
    void takeNone(Predicate<ObjectAddress> of) {
        untaken = of;
    }

    /** How many calls were refused. */
    int refusals() {
        return refusals.get();
    }

    private void refuse(Predicate<ObjectAddress> refused, ObjectAddress address) {
        if (refused.test(address)) {
            refusals.incrementAndGet();
            throw new StoreUnavailableException("AccessDenied: " + address, null);
        }
    }

    @Override
    public FetchOutcome fetch(ObjectAddress address, long maxBytes) {
        refuse(ungiven, address);
        return store.fetch(address, maxBytes);
    }

    @Override
    public boolean download(ObjectAddress address, Path file) {
        refuse(ungiven, address);
        return store.download(address, file);
    }

    @Override
    public void put(ObjectAddress address, ObjectContent content, String contentType, Map<String, String> metadata) {
        refuse(untaken, address);
        store.put(address, content, contentType, metadata);
    }

    @Override
    public Optional<ObjectSummary> stat(ObjectAddress address) {
        refuse(ungiven, address);
        return store.stat(address);
    }

    @Override
    public ObjectPage listPage(String bucket, String prefix, Optional<String> after) {
        return store.listPage(bucket, prefix, after);
    }

    @Override
    public boolean hasBucket(String bucket) {
        return store.hasBucket(bucket);
    }

    @Override
    public void ensureBucket(String bucket) {
        store.ensureBucket(bucket);
    }

    @Override
    public void delete(ObjectAddress address) {
        store.delete(address);
    }

    @Override
    public void close() {
        store.close();
    }
}
