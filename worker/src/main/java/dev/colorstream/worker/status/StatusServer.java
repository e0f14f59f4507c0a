package dev.colorstream.worker.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers {@code /livez}, {@code /readyz} (200, or 503 and what is missing) and {@code /metrics} (Prometheus' text). */
public final class StatusServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int NOT_FOUND = 404;
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "status");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts the server.
     *
     * @param port 0 for a free one
     * @param metrics the text of all metrics
     * @throws UncheckedIOException where the address is taken or not this machine's
     */
    public StatusServer(String host, int port, Health health, Supplier<String> metrics) {
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + host + ":" + port + ": choose another port", e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, NOT_FOUND, TEXT, "try /livez, /readyz or /metrics\n"));
        server.createContext("/livez", exchange -> answer(exchange, "alive", health.missingForLife()));
        server.createContext("/readyz", exchange -> answer(exchange, "ready", health.missingForReadiness()));
        server.createContext("/metrics", exchange -> answer(exchange, OK, PROMETHEUS, metrics.get()));
        server.start();
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, String well, List<String> missing) throws IOException {
        if (missing.isEmpty()) {
            answer(exchange, OK, TEXT, well + "\n");
        } else {
            answer(exchange, UNAVAILABLE, TEXT, "not " + well + ": " + String.join(", ", missing) + "\n");
        }
    }

    private static void answer(HttpExchange exchange, int status, String contentType, String text) throws IOException {
        try (exchange) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", contentType);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
