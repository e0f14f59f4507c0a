package dev.colorstream.storage.modelregistry;

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

/** A store before one of whose changes something happens, once. */
record BreakingStore(ObjectStore store, AtomicInteger changesLeft, Runnable happening) implements ObjectStore {
    /** One that takes some changes and then breaks off, as its caller would by kill -9. */
    BreakingStore(ObjectStore store, int changes) {
        this(store, new AtomicInteger(changes), () -> {
            throw new StoreUnavailableException("broken off", null);
        });
    }

    @Override
    public void put(ObjectAddress address, ObjectContent content, String contentType, Map<String, String> metadata) {
        change();
        store.put(address, content, contentType, metadata);
    }

    @Override
    public void delete(ObjectAddress address) {
        change();
        store.delete(address);
    }

    private void change() {
        if (changesLeft.getAndDecrement() == 0) {
            happening.run();
        }
    }

    @Override
    public FetchOutcome fetch(ObjectAddress address, long maxBytes) {
        return store.fetch(address, maxBytes);
    }

    @Override
    public boolean download(ObjectAddress address, Path file) {
        return store.download(address, file);
    }

    @Override
    public Optional<ObjectSummary> stat(ObjectAddress address) {
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
    public void close() {
        store.close();
    }
}
