package dev.colorstream.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class ConnectionOptionsTest {
    private static final Map<String, String> KEYS =
            Map.of(ConnectionNames.S3_ACCESS_KEY_VARIABLE, "key", ConnectionNames.S3_SECRET_KEY_VARIABLE, "secret");

    @TempDir
    Path directory;

    @Test
    void shouldTakeTheFlagBeforeTheEnvironmentAndThatBeforeTheDefault() {
        Map<String, String> environment = Map.of(ConnectionNames.KAFKA_VARIABLE, "broker:1");

        assertThat(options("--bootstrap", "broker:2").kafka(environment).bootstrap())
                .isEqualTo("broker:2");
        assertThat(options().kafka(environment).bootstrap()).isEqualTo("broker:1");
        assertThat(options().kafka(Map.of()).bootstrap()).isEqualTo("localhost:9092");
    }

    @Test
    void shouldCountABlankVariableAsNotSet() {
        assertThat(options().kafka(Map.of(ConnectionNames.KAFKA_VARIABLE, " ")).bootstrap())
                .isEqualTo("localhost:9092");
    }

    @Test
    void shouldReadTheSecretFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "secret\n");
        Map<String, String> environment = Map.of(
                ConnectionNames.S3_ACCESS_KEY_VARIABLE,
                "key",
                ConnectionNames.S3_SECRET_KEY_FILE_VARIABLE,
                file.toString());

        assertThat(options().store(environment).secretKey()).isEqualTo("secret");
    }

    @Test
    void shouldTakeTheSecretOfANamedFileBeforeThatOfTheEnvironment() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "of-the-file");

        assertThat(options("--s3-secret-key-file", file.toString()).store(KEYS).secretKey())
                .isEqualTo("of-the-file");
    }

    @Test
    void shouldRefuseASecretOnTheCommandLineWithoutRepeatingIt() {
        assertThatThrownBy(() -> options("--s3-secret-key", "hushhush"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--s3-secret-key is not taken")
                .hasMessageContaining(ConnectionNames.S3_SECRET_KEY_VARIABLE)
                .hasMessageContaining("--s3-secret-key-file")
                .hasMessageNotContaining("hushhush");
    }

    @Test
    void shouldPassTheTokenOfTemporaryKeys() {
        Map<String, String> environment = new HashMap<>(KEYS);
        environment.put(ConnectionNames.S3_SESSION_TOKEN_VARIABLE, "token");

        assertThat(options().store(environment).sessionToken()).contains("token");
        assertThat(options().store(KEYS).sessionToken()).isEmpty();
    }

    @Test
    void shouldNameTheSecretFileThatCannotBeRead() {
        Map<String, String> environment = Map.of(
                ConnectionNames.S3_ACCESS_KEY_VARIABLE,
                "key",
                ConnectionNames.S3_SECRET_KEY_FILE_VARIABLE,
                directory.resolve("none").toString());

        assertThatThrownBy(() -> options().openStore(environment))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining(directory.resolve("none").toString());
    }

    @Test
    void shouldNameTheSecretFileThatIsEmpty() throws IOException {
        Path file = Files.writeString(directory.resolve("empty"), " \n");
        Map<String, String> environment = Map.of(
                ConnectionNames.S3_ACCESS_KEY_VARIABLE,
                "key",
                ConnectionNames.S3_SECRET_KEY_FILE_VARIABLE,
                file.toString());

        assertThatThrownBy(() -> options().openStore(environment))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining(file + " of the S3 secret key is empty");
    }

    @Test
    void shouldNameTheKeyThatIsMissing() {
        Map<String, String> environment = new HashMap<>(KEYS);
        environment.remove(ConnectionNames.S3_SECRET_KEY_VARIABLE);

        assertThatThrownBy(() -> options().openStore(environment))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining(ConnectionNames.S3_SECRET_KEY_VARIABLE);
    }

    @Test
    void shouldNameTheAddressThatIsNone() {
        assertThatThrownBy(() -> options("--s3", "localhost:9000").openStore(KEYS))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("localhost:9000")
                .hasMessageContaining("--s3");
    }

    @Test
    void shouldPassFurtherPropertiesToKafka() throws IOException {
        Path file = Files.writeString(directory.resolve("kafka.properties"), "security.protocol=NONSENSE\n");
        KafkaConnection connection = new KafkaConnection("localhost:1", Optional.of(file));

        assertThatThrownBy(connection::admin)
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("NONSENSE");
    }

    @Test
    void shouldTakeTheClusterFromAProfile() throws IOException {
        Path file =
                Files.writeString(directory.resolve("profiles"), "default.kafka = one:9092\nstudio.kafka = two:9092\n");
        Map<String, String> environment = Map.of(ConnectionNames.PROFILES_FILE_VARIABLE, file.toString());
        Map<String, String> withKafka = new HashMap<>(environment);
        withKafka.put(ConnectionNames.KAFKA_VARIABLE, "three:9092");
        Map<String, String> withProfile = new HashMap<>(environment);
        withProfile.put(ConnectionNames.PROFILE_VARIABLE, "studio");

        assertThat(options().kafka(environment).bootstrap()).isEqualTo("one:9092");
        assertThat(options().kafka(withKafka).bootstrap()).isEqualTo("three:9092");
        assertThat(options().kafka(withProfile).bootstrap()).isEqualTo("two:9092");
        assertThat(options("--profile", "studio").kafka(withKafka).bootstrap()).isEqualTo("two:9092");
        assertThat(options("--profile", "studio", "--bootstrap", "four:9092")
                        .kafka(withKafka)
                        .bootstrap())
                .isEqualTo("four:9092");
    }

    @Test
    void shouldSayWhatIsWrongWithProfiles() throws IOException {
        Path file = Files.writeString(directory.resolve("profiles"), "studio.kafka = two:9092\n");
        Path wrong = Files.writeString(directory.resolve("wrong"), "studio.kafak = two:9092\n");

        assertThatThrownBy(() -> options("--profile", "home")
                        .kafka(Map.of(ConnectionNames.PROFILES_FILE_VARIABLE, file.toString())))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("there is no profile 'home'");
        assertThatThrownBy(() -> options("--profile", "studio")
                        .kafka(Map.of(ConnectionNames.PROFILES_FILE_VARIABLE, wrong.toString())))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("unknown setting 'studio.kafak'");
        assertThatThrownBy(() -> options("--profile", "studio")
                        .kafka(Map.of(
                                ConnectionNames.PROFILES_FILE_VARIABLE,
                                directory.resolve("none").toString())))
                .isInstanceOf(ConnectionFailedException.class)
                .hasMessageContaining("cannot read the profiles");
    }

    private static ConnectionOptions options(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.options;
    }

    @Command
    private static final class Holder {
        @Mixin
        private ConnectionOptions options = new ConnectionOptions();
    }
}
