package dev.colorstream.trainer.connection;

import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import dev.colorstream.storage.objectstore.ResiliencePolicy;
import dev.colorstream.storage.objectstore.ResilientObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say where S3 is; a flag goes before the environment. The secret key is no flag: others see flags. */
public final class StoreOptions {
    private static final String ENDPOINT_VARIABLE = "COLORSTREAM_S3_ENDPOINT";
    private static final String REGION_VARIABLE = "COLORSTREAM_S3_REGION";
    private static final String ACCESS_KEY_VARIABLE = "COLORSTREAM_S3_ACCESS_KEY";
    private static final String SECRET_KEY_VARIABLE = "COLORSTREAM_S3_SECRET_KEY";
    private static final String SECRET_KEY_FILE_VARIABLE = "COLORSTREAM_S3_SECRET_KEY_FILE";

    @Option(
            names = "--s3",
            paramLabel = "URL",
            description = "S3 store; else $" + ENDPOINT_VARIABLE + ", else http://localhost:9000. Its keys are in $"
                    + ACCESS_KEY_VARIABLE + " and $" + SECRET_KEY_VARIABLE + ", or in the file $"
                    + SECRET_KEY_FILE_VARIABLE + ".")
    private @Nullable String endpoint;

    @Option(
            names = "--s3-region",
            paramLabel = "REGION",
            description = "Region of the S3 store; else $" + REGION_VARIABLE + ", else us-east-1.")
    private @Nullable String region;

    /**
     * Opens the store; the caller closes it.
     *
     * @throws ConnectionFailedException when a key is missing, its file cannot be read or the address is none
     */
    public ObjectStore open(Map<String, String> environment) {
        try {
            return new ResilientObjectStore(
                    new MinioObjectStore(new ObjectStoreConnection(
                            Settings.first(endpoint, environment, ENDPOINT_VARIABLE)
                                    .orElse("http://localhost:9000"),
                            Settings.first(null, environment, ACCESS_KEY_VARIABLE)
                                    .orElseThrow(() -> new ConnectionFailedException(
                                            "no access key for S3: set " + ACCESS_KEY_VARIABLE, null)),
                            secretKey(environment)
                                    .orElseThrow(() -> new ConnectionFailedException(
                                            "no secret key for S3: set " + SECRET_KEY_VARIABLE + " or "
                                                    + SECRET_KEY_FILE_VARIABLE,
                                            null)),
                            Settings.first(region, environment, REGION_VARIABLE)
                                    .orElse(ObjectStoreConnection.DEFAULT_REGION))),
                    ResiliencePolicy.DEFAULT);
        } catch (IllegalArgumentException e) {
            throw new ConnectionFailedException(e.getMessage() + ": mend --s3 or " + ENDPOINT_VARIABLE, e);
        }
    }

    private static Optional<String> secretKey(Map<String, String> environment) {
        return Settings.first(null, environment, SECRET_KEY_VARIABLE)
                .or(() -> Settings.first(null, environment, SECRET_KEY_FILE_VARIABLE)
                        .map(StoreOptions::content));
    }

    private static String content(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new ConnectionFailedException(
                    "cannot read the S3 secret key from " + file + " ("
                            + e.getClass().getSimpleName() + "): mend " + SECRET_KEY_FILE_VARIABLE,
                    e);
        }
    }
}
