package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.worker.configuration.ConfigOutcome.Configured;
import dev.colorstream.worker.configuration.ConfigReader;
import dev.colorstream.worker.configuration.WorkerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerStartTest {
    @TempDir
    static Path directory;

    private static EmbeddedKafka bare;

    @BeforeAll
    static void startKafka() {
        bare = EmbeddedKafka.start(directory.resolve("kafka"));
    }

    @AfterAll
    static void stopKafka() {
        bare.close();
    }

    @Test
    void shouldRefuseToStartWithoutTopicsAndModelAndNameTheMend() throws Exception {
        WorkerConfig config = config("--bootstrap", bare.bootstrap());

        assertThatThrownBy(() -> new Worker(config, () -> {}))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("topic colorize.requests does not exist")
                .hasMessageContaining("colorstream topics create --bootstrap " + bare.bootstrap());

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bare.bootstrap()))) {
            TopicProvisioner provisioner = new TopicProvisioner(admin);
            provisioner.create(
                    Topics.all(1).stream()
                            .filter(topic -> !topic.name().equals(Topics.SUSPECTS))
                            .toList(),
                    TopicProvisioner.BROKER_DEFAULT_REPLICATION);

            assertThatThrownBy(() -> new Worker(config, () -> {}))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("Model refused")
                    .hasMessageContaining("is no finished model version");
            assertThat(provisioner.missing(Topics.all(1)))
                    .as("the topic of suspects, which earlier versions did not make")
                    .isEmpty();
        }
    }

    @Test
    void shouldRefuseToStartWithoutKafka() throws Exception {
        Path quick = Files.writeString(
                directory.resolve("kafka.properties"), "default.api.timeout.ms=1500\nrequest.timeout.ms=1000\n");
        WorkerConfig config = config("--bootstrap", "127.0.0.1:1", "--kafka-properties", quick.toString());

        assertThatThrownBy(() -> new Worker(config, () -> {}))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("Kafka at 127.0.0.1:1 cannot be used");
    }

    @Test
    void shouldSayWhatIsWrongWithTheAddressOfKafka() {
        WorkerConfig config = config("--bootstrap", "localhost");

        assertThatThrownBy(() -> new Worker(config, () -> {}))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("Kafka at localhost cannot be used: Invalid url in bootstrap.servers: localhost");
    }

    private static WorkerConfig config(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--model";
        arguments[1] = directory.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        Map<String, String> environment =
                Map.of("COLORSTREAM_S3_ACCESS_KEY", "key", "COLORSTREAM_S3_SECRET_KEY", "secret");
        var outcome = ConfigReader.read(arguments, environment);
        assertThat(outcome).isInstanceOf(Configured.class);
        return ((Configured) outcome).config();
    }
}
