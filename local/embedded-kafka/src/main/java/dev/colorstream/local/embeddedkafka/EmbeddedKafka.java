package dev.colorstream.local.embeddedkafka;

import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ChildNotReadyException;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real one-node Kafka, running in a child JVM that ends with this one.
 *
 * <p>The starter brings the server's class path along, so whoever starts it has nothing of Kafka's server on its
 * own. Records, offsets and groups lie in the data directory and survive {@link #close()}, {@link #kill()} and a
 * new start.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final int FREE_PORT = 0;
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final List<String> FLAGS = List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dlogback.configurationFile=dev/colorstream/local/embeddedkafka/server-logback.xml");

    private final ChildJvm child;

    private EmbeddedKafka(ChildJvm child) {
        this.child = child;
    }

    /**
     * Starts Kafka on a free port and waits until it serves.
     *
     * @param directory holds its data and its log file {@code kafka.log}; one process at a time
     * @throws ChildNotReadyException if it did not start, with the end of its log
     */
    public static EmbeddedKafka start(Path directory) {
        return start(directory, FREE_PORT);
    }

    /** Starts Kafka on a port of 127.0.0.1 that is known beforehand. */
    public static EmbeddedKafka start(Path directory, int port) {
        return start(directory, port, Map.of());
    }

    /**
     * Starts Kafka on a free port for one user, by SASL PLAIN over TLS.
     *
     * @param user letters and digits, and so the password
     * @param keyStore a PKCS12 file with the server's key and certificate
     */
    public static EmbeddedKafka startSecured(
            Path directory, String user, String password, Path keyStore, String keyStorePassword) {
        return start(
                directory,
                FREE_PORT,
                Map.of(
                        EmbeddedKafkaMain.USER_VARIABLE, user,
                        EmbeddedKafkaMain.PASSWORD_VARIABLE, password,
                        EmbeddedKafkaMain.KEY_STORE_VARIABLE,
                                keyStore.toAbsolutePath().toString(),
                        EmbeddedKafkaMain.KEY_STORE_PASSWORD_VARIABLE, keyStorePassword));
    }

    private static EmbeddedKafka start(Path directory, int port, Map<String, String> environment) {
        var command = new JvmCommand(
                "Kafka",
                EmbeddedKafkaMain.class.getName(),
                ClassPath.holding(EmbeddedKafka.class)
                        .plus(ClassPath.holding(ChildJvm.class))
                        .plus(ClassPath.inResource(EmbeddedKafka.class, "server.classpath")),
                FLAGS,
                List.of(directory.toAbsolutePath().toString(), Integer.toString(port)),
                environment);
        Path log = directory.resolve("kafka.log");
        try {
            return new EmbeddedKafka(ChildJvm.start(command, log, READY_LIMIT));
        } catch (ChildNotReadyException firstTry) {
            // A free port may be taken by another process between its choice and its use, and a few starts in a
            // hundred hang for reasons unknown; the second try has met neither so far.
            return new EmbeddedKafka(ChildJvm.start(command, log, READY_LIMIT));
        }
    }

    /** The address for clients, {@code host:port}. */
    public String bootstrap() {
        return child.fact("bootstrap");
    }

    /** The process id. */
    public long pid() {
        return child.pid();
    }

    /** Kills the process without any notice, as {@code kill -9} does. */
    public void kill() {
        child.kill();
    }

    /** Shuts Kafka down in order and waits until its process has ended. */
    @Override
    public void close() {
        child.close();
    }
}
