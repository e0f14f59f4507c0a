package dev.colorstream.trainer.connection;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say where Kafka is; a flag goes before the environment. */
public final class KafkaOptions {
    private static final String BOOTSTRAP_VARIABLE = "COLORSTREAM_KAFKA";
    private static final String PROPERTIES_VARIABLE = "COLORSTREAM_KAFKA_PROPERTIES";

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Kafka brokers; else $" + BOOTSTRAP_VARIABLE + ", else localhost:9092.")
    private @Nullable String bootstrap;

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            description = "Further Kafka client properties, for TLS and SASL; else $" + PROPERTIES_VARIABLE + ".")
    private @Nullable String properties;

    /**
     * Where Kafka is.
     *
     * @throws ConnectionFailedException when the file of properties cannot be read
     */
    public KafkaConnection connection(Map<String, String> environment) {
        Optional<String> file = Settings.first(properties, environment, PROPERTIES_VARIABLE);
        return new KafkaConnection(
                Settings.first(bootstrap, environment, BOOTSTRAP_VARIABLE).orElse("localhost:9092"),
                file.map(name -> read(Path.of(name))).orElse(Map.of()));
    }

    private static Map<String, String> read(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException e) {
            throw new ConnectionFailedException(
                    "cannot read the Kafka properties " + file + " ("
                            + e.getClass().getSimpleName() + "): mend --kafka-properties or " + PROPERTIES_VARIABLE,
                    e);
        }
        Map<String, String> texts = new HashMap<>();
        read.stringPropertyNames().forEach(name -> texts.put(name, read.getProperty(name)));
        return texts;
    }
}
