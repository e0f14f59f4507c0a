package dev.colorstream.trainer.retraining;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** A way to an S3 store on which a watched request stands still, some of its bytes through and the rest on the way. */
final class WatchedLine implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final URI store;
    private final Pattern watched;
    private final long passing;
    private final ServerSocket entrance;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Opens the line.
     *
     * @param watched how the first line of the request begins
     * @param passing bytes of it that reach the store
     */
    WatchedLine(String store, String watched, long passing) throws IOException {
        this.store = URI.create(store);
        this.watched = Pattern.compile(watched);
        this.passing = passing;
        entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        begin(this::accept);
    }

    /** Where clients of the store connect. */
    String endpoint() {
        return "http://127.0.0.1:" + entrance.getLocalPort();
    }

    /** Whether the watched request stands still. */
    boolean isReached() {
        return reached.getCount() == 0;
    }

    private void accept() {
        try {
            while (!entrance.isClosed()) {
                Socket client = entrance.accept();
                begin(() -> connect(client));
            }
        } catch (IOException e) {
            // The entrance was closed.
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket(store.getHost(), store.getPort())) {
            begin(() -> answer(server, client));
            pass(client.getInputStream(), server.getOutputStream());
        } catch (IOException e) {
            // One side has hung up, and so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(Socket server, Socket client) {
        try {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // One side has hung up.
        }
    }

    /** A client sends a request when the one before was answered, so every request begins a chunk. */
    private void pass(InputStream from, OutputStream to) throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        long left = Long.MAX_VALUE;
        for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
            if (watched.matcher(new String(chunk, 0, count, ISO_8859_1)).lookingAt()) {
                left = passing;
            }
            to.write(chunk, 0, (int) Math.min(count, left));
            left -= count;
            if (left <= 0) {
                reached.countDown();
                closed.await();
                return;
            }
        }
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "watched-line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        entrance.close();
    }
}
