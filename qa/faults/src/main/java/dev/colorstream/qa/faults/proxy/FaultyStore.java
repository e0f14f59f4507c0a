package dev.colorstream.qa.faults.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.colorstream.qa.faults.proxy.Fault.Answer;
import dev.colorstream.qa.faults.proxy.Fault.Cut;
import dev.colorstream.qa.faults.proxy.Fault.Pass;
import dev.colorstream.qa.faults.proxy.Fault.ResetInAnswer;
import dev.colorstream.qa.faults.proxy.Fault.Slow;
import dev.colorstream.qa.faults.proxy.Fault.Stall;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An address of a real S3 server at which its calls meet faults. Each connection carries one call, so that a fault of one is
 * none of another. Listens on 127.0.0.1 alone.
 */
public final class FaultyStore implements AutoCloseable {
    private static final int MOST_HEAD_BYTES = 1 << 16;
    private static final int BLOCK = 1 << 14;
    private static final int BACKLOG = 256;

    private final URI store;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "faulty-store");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Imposed imposed = new Imposed(call -> new Pass());

    /** A rule, how often it hit, and its end. */
    private record Imposed(Function<Call, Fault> rule, AtomicInteger hits, CountDownLatch mended) {
        Imposed(Function<Call, Fault> rule) {
            this(rule, new AtomicInteger(), new CountDownLatch(1));
        }
    }

    /** Begins to listen; no call meets a fault yet. */
    public FaultyStore(String endpoint) {
        store = URI.create(endpoint);
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::listen);
    }

    /** Where calls meet the faults. */
    public String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** From now on each call meets what the rule says; an earlier rule ends. Called from several threads. */
    public void impose(Function<Call, Fault> rule) {
        Imposed before = imposed;
        imposed = new Imposed(rule);
        before.mended().countDown();
    }

    /** From now on every call meets this fault. */
    public void impose(Fault fault) {
        impose(call -> fault);
    }

    /** Ends all faults. */
    public void mend() {
        impose(new Pass());
    }

    /** How many calls have met a fault of the last rule. */
    public int hits() {
        return imposed.hits().get();
    }

    @Override
    public void close() {
        mend();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            List<String> head = readHead(in);
            if (head.isEmpty()) {
                return;
            }
            Call call = Call.of(head);
            Imposed now = imposed;
            Fault fault = now.rule().apply(call);
            if (!(fault instanceof Pass)) {
                now.hits().incrementAndGet();
            }
            meet(fault, now, call, in, client);
        } catch (IOException broken) {
            // One side has gone: the other learns so by the end of its connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void meet(Fault fault, Imposed now, Call call, InputStream in, Socket client)
            throws IOException, InterruptedException {
        if (fault instanceof Cut) {
            return;
        } else if (fault instanceof Stall) {
            now.mended().await();
        } else if (fault instanceof Answer answer) {
            in.skipNBytes(call.length());
            answer(answer, call, client.getOutputStream());
        } else {
            if (fault instanceof Slow slow) {
                TimeUnit.MILLISECONDS.sleep(slow.pause().toMillis());
            }
            pass(call, in, client, fault instanceof ResetInAnswer);
        }
    }

    private void pass(Call call, InputStream in, Socket client, boolean reset) throws IOException {
        try (Socket server = new Socket(store.getHost(), store.getPort())) {
            server.setTcpNoDelay(true);
            OutputStream toServer = server.getOutputStream();
            toServer.write(oneCallHead(call.head()).getBytes(ISO_8859_1));
            copy(in, toServer, call.length());
            toServer.flush();
            if (reset) {
                // A byte of the answer says that the store has done its part.
                client.getOutputStream().write(server.getInputStream().read());
                client.setSoLinger(true, 0);
            } else {
                server.getInputStream().transferTo(client.getOutputStream());
            }
        }
    }

    private static void answer(Answer answer, Call call, OutputStream client) throws IOException {
        String body = call.method().equals("HEAD")
                ? ""
                : "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + answer.code() + "</Code><Message>"
                        + answer.code() + "</Message></Error>";
        client.write(("HTTP/1.1 " + answer.status() + " " + answer.code() + "\r\nContent-Type: application/xml\r\n"
                        + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(ISO_8859_1));
        client.flush();
    }

    private static String oneCallHead(List<String> head) {
        StringBuilder text = new StringBuilder();
        head.stream()
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("connection:"))
                .forEach(line -> text.append(line).append("\r\n"));
        return text.append("Connection: close\r\n\r\n").toString();
    }

    /** The lines before the body; none where the connection ended before one came. */
    private static List<String> readHead(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int count = 0; count < MOST_HEAD_BYTES; count++) {
            int next = in.read();
            if (next < 0) {
                return List.of();
            } else if (next != '\n') {
                line.write(next);
                continue;
            }
            String text = line.toString(ISO_8859_1).stripTrailing();
            line.reset();
            if (text.isEmpty()) {
                return lines;
            }
            lines.add(text);
        }
        throw new IOException("a head of more than " + MOST_HEAD_BYTES + " bytes");
    }

    private static void copy(InputStream from, OutputStream to, long length) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long open = length; open > 0; ) {
            int read = from.read(block, 0, (int) Math.min(open, block.length));
            if (read < 0) {
                throw new IOException("the body ended early");
            }
            to.write(block, 0, read);
            open -= read;
        }
    }
}
