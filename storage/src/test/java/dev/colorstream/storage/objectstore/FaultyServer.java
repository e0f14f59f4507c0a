package dev.colorstream.storage.objectstore;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An HTTP server on the loopback address that fails as it is told, and counts who asks. */
final class FaultyServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Fault fault;
    private volatile @Nullable String sessionToken;

    enum Fault {
        NONE,
        SERVICE_UNAVAILABLE,
        INSUFFICIENT_STORAGE,
        CUT_OFF,
        SILENCE,
        NO_SUCH_KEY,
        NO_STORE_HERE
    }

    FaultyServer(Fault first) throws IOException {
        fault = first;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            sessionToken = exchange.getRequestHeaders().getFirst("X-Amz-Security-Token");
            try (exchange) {
                switch (fault) {
                    case SERVICE_UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
                    case INSUFFICIENT_STORAGE -> exchange.sendResponseHeaders(507, -1);
                    case NO_STORE_HERE -> exchange.sendResponseHeaders(404, -1);
                    case NO_SUCH_KEY -> {
                        exchange.getResponseHeaders().add("Content-Type", "application/xml");
                        byte[] answer = "<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>"
                                .getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(404, answer.length);
                        exchange.getResponseBody().write(answer);
                    }
                    case SILENCE -> awaitEnd();
                    case CUT_OFF -> {
                        exchange.sendResponseHeaders(200, 100);
                        exchange.getResponseBody().write(new byte[10]);
                        exchange.getResponseBody().flush();
                    }
                    case NONE -> {
                        exchange.sendResponseHeaders(200, 2);
                        exchange.getResponseBody().write(new byte[] {'o', 'k'});
                    }
                }
            }
        });
        server.start();
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void become(Fault next) {
        fault = next;
    }

    /** The session token of the last request. */
    @Nullable
    String sessionToken() {
        return sessionToken;
    }

    int requests() {
        return requests.get();
    }

    ObjectStoreConnection connection() {
        return new ObjectStoreConnection(
                "http://127.0.0.1:" + server.getAddress().getPort(), "key", "secret", "region-1");
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
