package dev.colorstream.storage.objectstore;

import dev.colorstream.contract.ObjectAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** An empty store whose fetches take until they are told their answer. */
final class WaitingStore implements ObjectStore {
    private final CompletableFuture<FetchOutcome> answer;

    private final CountDownLatch asked = new CountDownLatch(1);

    WaitingStore(CompletableFuture<FetchOutcome> answer) {
        this.answer = answer;
    }

    @Override
    public FetchOutcome fetch(ObjectAddress address, long maxBytes) {
        asked.countDown();
        return answer.join();
    }

    @Override
    public boolean download(ObjectAddress address, Path file) {
        return false;
    }

    void awaitFetch() throws InterruptedException {
        asked.await();
    }

    @Override
    public void put(ObjectAddress address, ObjectContent content, String contentType, Map<String, String> metadata) {}

    @Override
    public Optional<ObjectSummary> stat(ObjectAddress address) {
        return Optional.empty();
    }

    @Override
    public ObjectPage listPage(String bucket, String prefix, Optional<String> after) {
        return new ObjectPage(List.of(), true);
    }

    @Override
    public boolean hasBucket(String bucket) {
        return false;
    }

    @Override
    public void ensureBucket(String bucket) {}

    @Override
    public void delete(ObjectAddress address) {}

    @Override
    public void close() {}
}
