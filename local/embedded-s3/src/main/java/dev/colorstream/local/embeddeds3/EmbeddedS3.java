package dev.colorstream.local.embeddeds3;

import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ChildNotReadyException;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real S3 server on a folder, running in a child JVM that ends with this one.
 *
 * <p>It checks signatures and refuses strangers. It knows no tags, versions or notifications. The starter brings
 * the server's class path along. Objects lie in the data directory and survive {@link #close()}, {@link #kill()}
 * and a new start.
 */
public final class EmbeddedS3 implements AutoCloseable {
    private static final int FREE_PORT = 0;
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final List<String> FLAGS = List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dlogback.configurationFile=dev/colorstream/local/embeddeds3/server-logback.xml");

    private final ChildJvm child;
    private final Credentials credentials;

    private EmbeddedS3(ChildJvm child, Credentials credentials) {
        this.child = child;
        this.credentials = credentials;
    }

    /**
     * The one identity that the server lets in.
     *
     * @param accessKey its public name
     * @param secretKey what it signs requests with
     */
    public record Credentials(String accessKey, String secretKey) {
        /** The access key alone: secrets stay out of logs. */
        @Override
        public String toString() {
            return "Credentials[" + accessKey + "]";
        }
    }

    /**
     * Starts the server on a free port, with credentials for a test, and waits until it serves.
     *
     * @param directory holds its objects and its log file {@code s3.log}; one process at a time
     * @throws ChildNotReadyException if it did not start, with the end of its log
     */
    public static EmbeddedS3 start(Path directory) {
        return start(directory, FREE_PORT, new Credentials("test-access-key", "test-secret-key"));
    }

    /** Starts the server on a port of 127.0.0.1, 0 for a free one, for the holder of these credentials. */
    public static EmbeddedS3 start(Path directory, int port, Credentials credentials) {
        return start(directory, port, credentials, Map.of());
    }

    /**
     * Starts the server on a free port, for the holder of these credentials; it speaks TLS only.
     *
     * @param keyStore a PKCS12 file with its key and certificate
     */
    public static EmbeddedS3 startSecured(Path directory, Credentials credentials, Path keyStore, String password) {
        return start(
                directory,
                FREE_PORT,
                credentials,
                Map.of(
                        EmbeddedS3Main.KEY_STORE_VARIABLE,
                        keyStore.toAbsolutePath().toString(),
                        EmbeddedS3Main.KEY_STORE_PASSWORD_VARIABLE,
                        password));
    }

    private static EmbeddedS3 start(Path directory, int port, Credentials credentials, Map<String, String> tls) {
        Map<String, String> environment = new HashMap<>(tls);
        environment.put(EmbeddedS3Main.ACCESS_KEY_VARIABLE, credentials.accessKey());
        environment.put(EmbeddedS3Main.SECRET_KEY_VARIABLE, credentials.secretKey());
        var command = new JvmCommand(
                "S3",
                EmbeddedS3Main.class.getName(),
                ClassPath.holding(EmbeddedS3.class)
                        .plus(ClassPath.holding(ChildJvm.class))
                        .plus(ClassPath.inResource(EmbeddedS3.class, "server.classpath")),
                FLAGS,
                List.of(directory.toAbsolutePath().toString(), Integer.toString(port)),
                environment);
        return new EmbeddedS3(ChildJvm.start(command, directory.resolve("s3.log"), READY_LIMIT), credentials);
    }

    /** The address for clients, {@code http://host:port}, or {@code https://host:port} of a secured server. */
    public String endpoint() {
        return child.fact("endpoint");
    }

    /** The public half of the credentials. */
    public String accessKey() {
        return credentials.accessKey();
    }

    /** The secret half of the credentials. */
    public String secretKey() {
        return credentials.secretKey();
    }

    /** The process id. */
    public long pid() {
        return child.pid();
    }

    /** Kills the process without any notice, as {@code kill -9} does. */
    public void kill() {
        child.kill();
    }

    /** Stops the server in order and waits until its process has ended. */
    @Override
    public void close() {
        child.close();
    }
}
