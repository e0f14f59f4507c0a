package dev.colorstream.dashboard.page;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.dashboard.state.PhotoState;
import dev.colorstream.dashboard.upload.TemporaryFile;
import dev.colorstream.storage.objectstore.ObjectStore;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The photos themselves, through this server, so that nobody needs the store's address and keys. */
final class PhotoFiles {
    /** A page asks for dozens of photos at once; the store is asked for so many. */
    private static final int FETCHED_AT_ONCE = 16;

    private final ObjectStore store;
    private final Semaphore fetching = new Semaphore(FETCHED_AT_ONCE);

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
    void send(Context request, ObjectAddress address) throws IOException {
        try (TemporaryFile file = TemporaryFile.create()) {
            if (fetched(address, file.path())) {
                answer(request, address, file.path());
            } else {
                Answers.problem(request, 404, "the photo is gone from the store");
            }
        }
    }

    private boolean fetched(ObjectAddress address, Path file) {
        fetching.acquireUninterruptibly();
        try {
            return store.download(address, file);
        } finally {
            fetching.release();
        }
    }

    private static void answer(Context request, ObjectAddress address, Path file) throws IOException {
        Optional<String> shown = ImageKind.contentType(start(file));
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
        // Written here, since the file is gone when this returns.
        request.disableCompression();
        request.header("Content-Length", Long.toString(Files.size(file)));
        Files.copy(file, request.outputStream());
    }

    private static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(ImageKind.MARK_BYTES);
        }
    }
}
