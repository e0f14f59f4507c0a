package dev.colorstream.qa.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An address of a store as if it were far away: bytes arrive late, half of the time on their way there and half on their way back,
 * but as many as are sent. Listens on 127.0.0.1 alone.
 */
final class DistantStore implements AutoCloseable {
    private static final int BLOCK = 1 << 16;
    private static final int BACKLOG = 256;

    private final URI store;
    private final long oneWayNanos;
    private final ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "distant-store");
        thread.setDaemon(true);
        return thread;
    });

    /** @param thereAndBack what a call takes longer than at the store's own address */
    DistantStore(String endpoint, Duration thereAndBack) throws IOException {
        store = URI.create(endpoint);
        oneWayNanos = thereAndBack.dividedBy(2).toNanos();
        threads.execute(this::listen);
    }

    String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(store.getHost(), store.getPort());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                carry(client, server);
                carry(server, client);
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** @param bytes none at the end */
    private record Piece(long due, byte[] bytes) {}

    private void carry(Socket from, Socket to) {
        BlockingQueue<Piece> way = new LinkedBlockingQueue<>();
        threads.execute(() -> {
            byte[] block = new byte[BLOCK];
            try (InputStream in = from.getInputStream()) {
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    way.add(new Piece(System.nanoTime() + oneWayNanos, Arrays.copyOf(block, read)));
                }
            } catch (IOException broken) {
                // The other side learns it as an end, as of any connection that breaks.
            }
            way.add(new Piece(System.nanoTime() + oneWayNanos, new byte[0]));
        });
        threads.execute(() -> {
            try (to;
                    OutputStream out = to.getOutputStream()) {
                for (Piece piece = way.take(); piece.bytes().length > 0; piece = way.take()) {
                    TimeUnit.NANOSECONDS.sleep(piece.due() - System.nanoTime());
                    out.write(piece.bytes());
                }
            } catch (IOException broken) {
                // Whoever sent this has nobody left to send it to.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
