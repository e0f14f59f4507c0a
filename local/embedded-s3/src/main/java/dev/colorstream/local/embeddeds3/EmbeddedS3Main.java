package dev.colorstream.local.embeddeds3;

import dev.colorstream.local.childjvm.ChildMain;
import dev.colorstream.local.childjvm.DirectoryLock;
import dev.colorstream.local.childjvm.ReadyLine;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * The child's main class: one S3 server on a data directory, until standard input closes.
 *
 * <p>Arguments: the data directory, and the port or 0 for a free one; the credentials come from the environment, and so does
 * the key store of a server that speaks TLS. Its READY line tells {@code endpoint}.
 */
public final class EmbeddedS3Main {
    static final String ACCESS_KEY_VARIABLE = "EMBEDDED_S3_ACCESS_KEY";
    static final String SECRET_KEY_VARIABLE = "EMBEDDED_S3_SECRET_KEY";
    static final String KEY_STORE_VARIABLE = "EMBEDDED_S3_KEY_STORE";
    static final String KEY_STORE_PASSWORD_VARIABLE = "EMBEDDED_S3_KEY_STORE_PASSWORD";
    private static final String HOST = "://127.0.0.1:";
    private static final int STOP_MILLIS = 1_000;
    private static final int MAX_THREADS = 64;
    private static final long MAX_OBJECT_BYTES = 1L << 30;

    private EmbeddedS3Main() {}

    /** Starts the server. */
    public static void main(String[] args) {
        Path directory = Path.of(args[0]).toAbsolutePath();
        ChildMain.run(() -> serve(directory, args[1]));
    }

    private static void serve(Path directory, String port) throws Exception {
        try (var lock = DirectoryLock.take(directory)) {
            Path objects = Files.createDirectories(lock.directory().resolve("objects"));
            S3Proxy.Builder settings = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(objects.toString()))
                    .awsAuthentication(
                            AuthenticationType.AWS_V2_OR_V4,
                            environment(ACCESS_KEY_VARIABLE),
                            environment(SECRET_KEY_VARIABLE))
                    .ignoreUnknownHeaders(true)
                    .jettyMaxThreads(MAX_THREADS)
                    .stopTimeout(STOP_MILLIS)
                    .v4MaxNonChunkedRequestSize(MAX_OBJECT_BYTES);
            String keyStore = System.getenv(KEY_STORE_VARIABLE);
            if (keyStore == null) {
                settings.endpoint(URI.create("http" + HOST + port));
            } else {
                settings.secureEndpoint(URI.create("https" + HOST + port))
                        .keyStore(keyStore, environment(KEY_STORE_PASSWORD_VARIABLE));
            }
            S3Proxy server = settings.build();
            server.start();
            String endpoint =
                    keyStore == null ? "http" + HOST + server.getPort() : "https" + HOST + server.getSecurePort();
            new ReadyLine(Map.of("endpoint", endpoint)).tell();
            Thread.currentThread().join();
        }
    }

    private static String environment(String name) {
        return Objects.requireNonNull(System.getenv(name), name + " is not set");
    }
}
