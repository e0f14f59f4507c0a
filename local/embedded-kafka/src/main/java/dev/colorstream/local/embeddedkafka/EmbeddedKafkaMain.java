package dev.colorstream.local.embeddedkafka;

import dev.colorstream.local.childjvm.ChildMain;
import dev.colorstream.local.childjvm.DirectoryLock;
import dev.colorstream.local.childjvm.ReadyLine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The child's main class: one Kafka node on a data directory, until standard input closes.
 *
 * <p>Arguments: the data directory, and the clients' port or 0 for a free one. A node that lets one user in, by SASL PLAIN over
 * TLS, has it and its key store from the environment. Its READY line tells {@code bootstrap}.
 */
public final class EmbeddedKafkaMain {
    static final String USER_VARIABLE = "EMBEDDED_KAFKA_USER";
    static final String PASSWORD_VARIABLE = "EMBEDDED_KAFKA_PASSWORD";
    static final String KEY_STORE_VARIABLE = "EMBEDDED_KAFKA_KEY_STORE";
    static final String KEY_STORE_PASSWORD_VARIABLE = "EMBEDDED_KAFKA_KEY_STORE_PASSWORD";

    private EmbeddedKafkaMain() {}

    /** Starts the node. */
    public static void main(String[] args) {
        Path directory = Path.of(args[0]).toAbsolutePath();
        int port = Integer.parseInt(args[1]);
        ChildMain.run(() -> serve(directory, port));
    }

    private static void serve(Path directory, int port) throws Exception {
        // Kafka's own lock lets a second node on the same directory hang instead of ending.
        try (var lock = DirectoryLock.take(directory)) {
            BrokerSettings settings = settings(lock.directory(), port);
            format(lock.directory(), settings.logDirectory());
            var server = new KafkaRaftServer(
                    new KafkaConfig(settings.toProperties(access(System.getenv())), false), Time.SYSTEM);
            Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
            server.startup();
            new ReadyLine(Map.of("bootstrap", settings.bootstrap())).tell();
            server.awaitShutdown();
        }
    }

    private static Access access(Map<String, String> environment) {
        String user = environment.get(USER_VARIABLE);
        return user == null
                ? new Access.Open()
                : new Access.Secured(
                        user,
                        environment.getOrDefault(PASSWORD_VARIABLE, ""),
                        Path.of(environment.getOrDefault(KEY_STORE_VARIABLE, "")),
                        environment.getOrDefault(KEY_STORE_PASSWORD_VARIABLE, ""));
    }

    private static BrokerSettings settings(Path directory, int wantedPort) throws IOException {
        // Both are held open at once, or the operating system could give the same port twice.
        try (var port = new ServerSocket(wantedPort, 1, InetAddress.getLoopbackAddress());
                var controllerPort = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new BrokerSettings(directory.resolve("log"), port.getLocalPort(), controllerPort.getLocalPort());
        }
    }

    /** Writes the node's identity into an empty log directory; leaves one that has it alone. */
    private static void format(Path directory, Path logDirectory) throws Exception {
        Files.createDirectories(logDirectory);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(clusterId(directory.resolve("cluster.id")))
                .setNodeId(BrokerSettings.NODE_ID)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(logDirectory.toString())
                .setDirectories(List.of(logDirectory.toString()))
                .setIgnoreFormatted(true)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
    }

    private static String clusterId(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, Uuid.randomUuid().toString());
        }
        return Files.readString(file).strip();
    }
}
