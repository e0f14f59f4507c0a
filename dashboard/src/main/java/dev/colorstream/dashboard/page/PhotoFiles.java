package dev.colorstream.dashboard.page;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.dashboard.state.PhotoState;
import dev.colorstream.storage.objectstore.FetchOutcome;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.ObjectStore;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The photos themselves, through this server, so that nobody needs the store's address and keys. */
final class PhotoFiles {
    /** Bounds the heap: as many photos are under way at once, each of at most {@link #MAX_BYTES}. */
    private static final int AT_ONCE = 4;

    private static final long MAX_BYTES = 64L << 20;

    private final ObjectStore store;
    private final Semaphore underWay = new Semaphore(AT_ONCE);

    PhotoFiles(ObjectStore store) {
        this.store = store;
    }

    /** One of the two photos. */
    enum Side {
        GRAY,
        COLOR
    }

    static Optional<ObjectAddress> address(PhotoState photo, Side side) {
        return side == Side.GRAY
                ? photo.source()
                : photo.result()
                        .filter(Colored.class::isInstance)
                        .map(result -> ((Colored) result).object())
                        .map(ColorObject::address);
    }

    /** Answers with the photo, or with 404 where it is gone. */
    void send(Context request, ObjectAddress address) {
        underWay.acquireUninterruptibly();
        try {
            FetchOutcome outcome = store.fetch(address, MAX_BYTES);
            if (outcome instanceof Found found) {
                answer(request, address, found.bytes());
            } else {
                Answers.problem(request, 404, "the photo is gone from the store, or too large to show");
            }
        } finally {
            underWay.release();
        }
    }

    private static void answer(Context request, ObjectAddress address, byte[] bytes) {
        Optional<String> shown = ImageKind.contentType(bytes);
        // Whatever people uploaded: nothing in it may run.
        request.header("Content-Security-Policy", "default-src 'none'; sandbox");
        request.header("Cache-Control", "private, max-age=300");
        if (shown.isEmpty() || request.queryParam("download") != null) {
            String last = address.key().substring(address.key().lastIndexOf('/') + 1);
            request.header(
                    "Content-Disposition",
                    "attachment; filename*=UTF-8''"
                            + URLEncoder.encode(last, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        request.contentType(shown.orElse("application/octet-stream"));
        request.result(bytes);
    }
}
