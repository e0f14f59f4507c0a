package dev.colorstream.connection;

import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import dev.colorstream.storage.objectstore.TrustedCertificates;
import dev.colorstream.storage.objectstore.UnreadableCertificatesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The flags that say where Kafka and S3 are. A flag goes before the environment, the environment before the default. The
 * secret key has none, since everybody on the machine can read a command line.
 */
public final class ConnectionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = ConnectionNames.KAFKA_FLAG,
            paramLabel = "HOST:PORT",
            description = "Kafka brokers; else $" + ConnectionNames.KAFKA_VARIABLE + ", else localhost:9092.")
    private @Nullable String kafka;

    @Option(
            names = ConnectionNames.KAFKA_PROPERTIES_FLAG,
            paramLabel = "FILE",
            description = "Further Kafka client properties, for TLS and SASL; else $"
                    + ConnectionNames.KAFKA_PROPERTIES_VARIABLE + ".")
    private @Nullable String kafkaProperties;

    @Option(
            names = ConnectionNames.S3_FLAG,
            paramLabel = "URL",
            description = "S3 store; else $" + ConnectionNames.S3_VARIABLE + ", else http://localhost:9000.")
    private @Nullable String s3;

    @Option(
            names = ConnectionNames.S3_REGION_FLAG,
            paramLabel = "REGION",
            description = "Region of the S3 store; else $" + ConnectionNames.S3_REGION_VARIABLE + ", else us-east-1.")
    private @Nullable String s3Region;

    @Option(
            names = ConnectionNames.S3_ACCESS_KEY_FLAG,
            paramLabel = "KEY",
            description = "Access key; else $" + ConnectionNames.S3_ACCESS_KEY_VARIABLE + ".")
    private @Nullable String s3AccessKey;

    @Option(
            names = ConnectionNames.S3_SECRET_KEY_FILE_FLAG,
            paramLabel = "FILE",
            description = "File that holds the secret key; else the key itself in $"
                    + ConnectionNames.S3_SECRET_KEY_VARIABLE + ", else a file named by $"
                    + ConnectionNames.S3_SECRET_KEY_FILE_VARIABLE + ".")
    private @Nullable String s3SecretKeyFile;

    @Option(
            names = ConnectionNames.S3_CERTIFICATES_FLAG,
            paramLabel = "FILE",
            description = "PEM file of the certificates to trust where S3 is reached by TLS, instead of those that Java"
                    + " trusts; else $" + ConnectionNames.S3_CERTIFICATES_VARIABLE + ".")
    private @Nullable String s3Certificates;

    @Option(
            names = ConnectionNames.PROFILE_FLAG,
            paramLabel = "NAME",
            description = "Settings of that name in the file $" + ConnectionNames.PROFILES_FILE_VARIABLE
                    + ", else ~/.colorstream/profiles.properties: lines like NAME.kafka = HOST:PORT; also"
                    + " kafka-properties, s3, s3-region, s3-access-key, s3-secret-key-file, s3-certificates. They go"
                    + " before the environment; else $"
                    + ConnectionNames.PROFILE_VARIABLE + " or the profile 'default', which go behind it.")
    private @Nullable String profile;

    /** Tells whoever writes a secret on the command line where it belongs, and does not repeat it. */
    @SuppressWarnings("DoNotCallSuggester") // Picocli calls it.
    @Option(names = ConnectionNames.S3_SECRET_KEY_FLAG, hidden = true)
    void refuse(String secret) {
        throw new ParameterException(
                command.commandLine(),
                ConnectionNames.S3_SECRET_KEY_FLAG
                        + " is not taken, everybody on this machine can read a command line: set "
                        + ConnectionNames.S3_SECRET_KEY_VARIABLE + " or name the secret's file by "
                        + ConnectionNames.S3_SECRET_KEY_FILE_FLAG);
    }

    /** Where Kafka is, by these flags and that environment. */
    public KafkaConnection kafka(Map<String, String> surroundings) {
        Map<String, String> environment = Profiles.complete(surroundings, profile);
        return new KafkaConnection(
                first(kafka, environment, ConnectionNames.KAFKA_VARIABLE).orElse("localhost:9092"),
                first(kafkaProperties, environment, ConnectionNames.KAFKA_PROPERTIES_VARIABLE)
                        .map(Path::of));
    }

    /**
     * Opens the store where these flags and that environment say it is; the caller closes it.
     *
     * @throws ConnectionFailedException when a key is missing, its file cannot be read or the address is none
     */
    public ObjectStore openStore(Map<String, String> surroundings) {
        return StoreConnection.of(store(surroundings)).open();
    }

    /**
     * Where S3 is, by these flags and that environment.
     *
     * @throws ConnectionFailedException when a key is missing, its file cannot be read or the address is none
     */
    public ObjectStoreConnection store(Map<String, String> surroundings) {
        Map<String, String> environment = Profiles.complete(surroundings, profile);
        try {
            return new ObjectStoreConnection(
                    first(s3, environment, ConnectionNames.S3_VARIABLE).orElse("http://localhost:9000"),
                    first(s3AccessKey, environment, ConnectionNames.S3_ACCESS_KEY_VARIABLE)
                            .orElseThrow(() -> missing(
                                    "access key",
                                    ConnectionNames.S3_ACCESS_KEY_FLAG,
                                    ConnectionNames.S3_ACCESS_KEY_VARIABLE)),
                    secretKey(environment)
                            .orElseThrow(() -> missing(
                                    "secret key",
                                    ConnectionNames.S3_SECRET_KEY_VARIABLE,
                                    ConnectionNames.S3_SECRET_KEY_FILE_VARIABLE)),
                    set(environment.get(ConnectionNames.S3_SESSION_TOKEN_VARIABLE)),
                    first(s3Certificates, environment, ConnectionNames.S3_CERTIFICATES_VARIABLE)
                            .map(file -> TrustedCertificates.read(Path.of(file))),
                    first(s3Region, environment, ConnectionNames.S3_REGION_VARIABLE)
                            .orElse(ObjectStoreConnection.DEFAULT_REGION));
        } catch (UnreadableCertificatesException e) {
            throw new ConnectionFailedException(
                    e.getMessage() + ", by " + ConnectionNames.S3_CERTIFICATES_FLAG + " or "
                            + ConnectionNames.S3_CERTIFICATES_VARIABLE,
                    e);
        } catch (IllegalArgumentException e) {
            throw new ConnectionFailedException(
                    e.getMessage() + ": mend " + ConnectionNames.S3_FLAG + " or " + ConnectionNames.S3_VARIABLE, e);
        }
    }

    private Optional<String> secretKey(Map<String, String> environment) {
        return set(s3SecretKeyFile)
                .map(ConnectionOptions::content)
                .or(() -> set(environment.get(ConnectionNames.S3_SECRET_KEY_VARIABLE)))
                .or(() -> set(environment.get(ConnectionNames.S3_SECRET_KEY_FILE_VARIABLE))
                        .map(ConnectionOptions::content));
    }

    private static Optional<String> first(@Nullable String flag, Map<String, String> environment, String variable) {
        return set(flag).or(() -> set(environment.get(variable)));
    }

    private static Optional<String> set(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static ConnectionFailedException missing(String what, String name, String otherName) {
        return new ConnectionFailedException("no " + what + " for S3: set " + name + " or " + otherName, null);
    }

    private static String content(String file) {
        try {
            return set(Files.readString(Path.of(file)))
                    .orElseThrow(() -> new ConnectionFailedException(
                            "the file " + file + " of the S3 secret key is empty: write the key into it", null));
        } catch (IOException e) {
            throw new ConnectionFailedException(
                    "cannot read the S3 secret key from " + file + " ("
                            + e.getClass().getSimpleName() + "): mend " + ConnectionNames.S3_SECRET_KEY_FILE_FLAG
                            + " or "
                            + ConnectionNames.S3_SECRET_KEY_FILE_VARIABLE,
                    e);
        }
    }
}
