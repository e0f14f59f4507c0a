package dev.colorstream.storage.objectstore;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;

/** Walks a store's keys page by page. */
final class Listing implements Iterator<ListedObject> {
    private final ObjectStore store;
    private final String bucket;
    private final String prefix;
    private final Queue<ListedObject> page = new ArrayDeque<>();
    private Optional<String> last = Optional.empty();
    private boolean ended;

    Listing(ObjectStore store, String bucket, String prefix) {
        this.store = store;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !ended) {
            ObjectPage next = store.listPage(bucket, prefix, last);
            page.addAll(next.objects());
            ended = next.last();
        }
        return !page.isEmpty();
    }

    @Override
    public ListedObject next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more keys under s3://" + bucket + "/" + prefix);
        }
        ListedObject next = page.remove();
        last = Optional.of(next.address().key());
        return next;
    }
}
