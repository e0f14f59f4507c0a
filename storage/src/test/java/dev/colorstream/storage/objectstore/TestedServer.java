package dev.colorstream.storage.objectstore;

import dev.colorstream.local.embeddeds3.EmbeddedS3;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The S3 server that a store is tested against: one of our own, or the one that {@code COLORSTREAM_TEST_S3_ENDPOINT} names, with
 * {@code COLORSTREAM_TEST_S3_ACCESS_KEY} and {@code COLORSTREAM_TEST_S3_SECRET_KEY}, whose buckets {@code photos} and
 * {@code many-photos} the tests fill.
 */
record TestedServer(Optional<EmbeddedS3> embedded, ObjectStoreConnection connection) implements AutoCloseable {
    private static final String VARIABLES = "COLORSTREAM_TEST_S3_";

    static TestedServer start(Path directory) {
        String endpoint = System.getenv(VARIABLES + "ENDPOINT");
        if (endpoint != null) {
            return new TestedServer(
                    Optional.empty(), connection(endpoint, variable("ACCESS_KEY"), variable("SECRET_KEY")));
        }
        EmbeddedS3 server = EmbeddedS3.start(directory);
        return new TestedServer(
                Optional.of(server), connection(server.endpoint(), server.accessKey(), server.secretKey()));
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(VARIABLES + name), VARIABLES + name + " is not set");
    }

    private static ObjectStoreConnection connection(String endpoint, String accessKey, String secretKey) {
        return new ObjectStoreConnection(endpoint, accessKey, secretKey, ObjectStoreConnection.DEFAULT_REGION);
    }

    /** The connection of somebody who knows the access key, but not the secret one. */
    ObjectStoreConnection ofStranger() {
        return connection(connection.endpoint(), connection.accessKey(), "guessed-secret");
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedS3::close);
    }
}
