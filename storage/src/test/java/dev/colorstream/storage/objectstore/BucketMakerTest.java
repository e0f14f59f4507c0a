package dev.colorstream.storage.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to make a bucket; the embedded server takes any request, AWS and others do not. */
final class BucketMakerTest {
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldNameNoPlaceInTheRegionWithoutConstraint() {
        make("us-east-1");

        assertThat(bodies).containsExactly("");
    }

    @Test
    void shouldNameTheRegionElsewhere() {
        make("eu-central-1");

        assertThat(bodies).singleElement().asString().contains("<LocationConstraint>eu-central-1<");
    }

    private void make(String region) {
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        try (ObjectStore store =
                new MinioObjectStore(new ObjectStoreConnection(endpoint, "access-key", "secret-key", region))) {
            store.ensureBucket("photos");
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean asksWhetherItIsThere = exchange.getRequestMethod().equals("HEAD");
            if (!asksWhetherItIsThere) {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            }
            exchange.sendResponseHeaders(asksWhetherItIsThere ? 404 : 200, -1);
        }
    }
}
