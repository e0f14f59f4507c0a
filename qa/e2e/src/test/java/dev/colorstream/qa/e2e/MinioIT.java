package dev.colorstream.qa.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The system on MinIO itself, with the notification settings of {@code docker-compose.yml}: needs its program, whose path
 * {@code COLORSTREAM_TEST_MINIO} names, and curl, as a client that knows nothing of ours.
 */
@EnabledIfEnvironmentVariable(named = "COLORSTREAM_TEST_MINIO", matches = ".+")
final class MinioIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String ACCESS_KEY = "minio-root";
    private static final String SECRET_KEY = "minio-secret-key";
    private static final String INBOX_EVENTS = "<NotificationConfiguration><QueueConfiguration>"
            + "<Queue>arn:minio:sqs::INBOX:kafka</Queue><Event>s3:ObjectCreated:*</Event><Filter><S3Key><FilterRule>"
            + "<Name>prefix</Name><Value>inbox/</Value></FilterRule></S3Key></Filter>"
            + "</QueueConfiguration></NotificationConfiguration>";

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private Process minio;
    private String endpoint = "";

    @BeforeEach
    void startServers() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        endpoint = "http://127.0.0.1:" + port;
        Path data = Files.createDirectory(folder.resolve("minio"));
        ProcessBuilder builder = new ProcessBuilder(
                        System.getenv("COLORSTREAM_TEST_MINIO"),
                        "server",
                        data.toString(),
                        "--address",
                        "127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("minio.txt").toFile());
        builder.environment()
                .putAll(Map.of(
                        "MINIO_ROOT_USER",
                        ACCESS_KEY,
                        "MINIO_ROOT_PASSWORD",
                        SECRET_KEY,
                        "MINIO_BROWSER",
                        "off",
                        "MINIO_NOTIFY_KAFKA_ENABLE_INBOX",
                        "on",
                        "MINIO_NOTIFY_KAFKA_BROKERS_INBOX",
                        kafka.bootstrap(),
                        "MINIO_NOTIFY_KAFKA_TOPIC_INBOX",
                        "colorize.requests",
                        "MINIO_NOTIFY_KAFKA_QUEUE_DIR_INBOX",
                        data.resolve(".notifications").toString()));
        minio = builder.start();
        await().atMost(LIMIT).until(() -> curl(endpoint + "/minio/health/ready").status() == 0);
        succeed(script(ACCESS_KEY, SECRET_KEY, "").run("topics", "create", "--buckets"));
        Path events = Files.writeString(folder.resolve("events.xml"), INBOX_EVENTS);
        succeed(curl(endpoint + "/uploads?notification=", "--upload-file", events.toString()));
    }

    @AfterEach
    void endAll() {
        script(ACCESS_KEY, SECRET_KEY, "").processes().forEach(ProcessHandle::destroyForcibly);
        minio.destroyForcibly().onExit().join();
        kafka.close();
    }

    @Test
    void shouldColorWhatOthersPutIntoTheInboxUnderTheLeastPolicyAndTemporaryKeys() throws Exception {
        succeed(script(ACCESS_KEY, SECRET_KEY, "")
                .run("trainer", "publish", Repository.shippedModel(), "--if-none-served"));
        temporary(leastPolicy()).serve("worker", "--http-port", "0");

        succeed(curl(
                endpoint + "/uploads/inbox/D%C3%BCne%201%2B2.jpg",
                "--upload-file",
                Repository.SAMPLES.resolve("dune.jpg").toString()));

        try (var results = TopicRecords.results(kafka.bootstrap())) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(results.readResults())
                            .singleElement()
                            .isInstanceOfSatisfying(
                                    Colored.class,
                                    colored -> assertThat(colored.source())
                                            .isEqualTo(new ObjectAddress(Buckets.UPLOADS, "inbox/Düne 1+2.jpg"))));
        }
    }

    private static String leastPolicy() throws IOException {
        String operations = Files.readString(Repository.ROOT.resolve("docs/operations.md"), UTF_8);
        Matcher policy = Pattern.compile("### The least S3 policy.*?```json\n(.*?)```", Pattern.DOTALL)
                .matcher(operations);
        assertThat(policy.find()).isTrue();
        return policy.group(1);
    }

    /** Keys that end, and that may do no more than the policy says. */
    private ColorstreamScript temporary(String policy) throws Exception {
        ColorstreamScript.Ended assumed = signed(
                "sts",
                endpoint + "/",
                "--data-urlencode",
                "Action=AssumeRole",
                "--data-urlencode",
                "Version=2011-06-15",
                "--data-urlencode",
                "Policy=" + policy);
        succeed(assumed);
        return script(
                element(assumed.output(), "AccessKeyId"),
                element(assumed.output(), "SecretAccessKey"),
                element(assumed.output(), "SessionToken"));
    }

    private static String element(String xml, String name) {
        Matcher element = Pattern.compile("<" + name + ">([^<]+)<").matcher(xml);
        assertThat(element.find()).as(xml).isTrue();
        return element.group(1);
    }

    private ColorstreamScript script(String accessKey, String secretKey, String sessionToken) {
        return new ColorstreamScript(
                folder,
                Map.of(
                        "COLORSTREAM_KAFKA", kafka.bootstrap(),
                        "COLORSTREAM_S3_ENDPOINT", endpoint,
                        "COLORSTREAM_S3_ACCESS_KEY", accessKey,
                        "COLORSTREAM_S3_SECRET_KEY", secretKey,
                        "COLORSTREAM_S3_SESSION_TOKEN", sessionToken));
    }

    private ColorstreamScript.Ended curl(String... arguments) throws Exception {
        return signed("s3", arguments);
    }

    private ColorstreamScript.Ended signed(String service, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "curl",
                "--silent",
                "--show-error",
                "--fail",
                "--aws-sigv4",
                "aws:amz:us-east-1:" + service,
                "--user",
                ACCESS_KEY + ":" + SECRET_KEY));
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new ColorstreamScript.Ended(process.waitFor(), output);
    }

    private static void succeed(ColorstreamScript.Ended ended) {
        assertThat(ended.status()).as(ended.output()).isZero();
    }
}
