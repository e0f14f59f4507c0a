package dev.colorstream.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All parts against a Kafka that asks for a password over TLS, and a store with a certificate of the house's own. */
final class SecuredIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String KAFKA_PASSWORD = "kafka-password";
    private static final String STORE_SECRET = "store-secret-key";
    private static final String TOKEN = "token-of-the-page-of-this-test";

    @TempDir
    static Path folder;

    private static SelfSignedKey key;
    private static EmbeddedKafka kafka;
    private static EmbeddedS3 s3;

    @BeforeAll
    static void startServers() throws Exception {
        key = SelfSignedKey.make(folder);
        kafka = EmbeddedKafka.startSecured(
                folder.resolve("kafka"), "colorstream", KAFKA_PASSWORD, key.keyStore(), key.password());
        s3 = EmbeddedS3.startSecured(
                folder.resolve("s3"),
                new EmbeddedS3.Credentials("store-access-key", STORE_SECRET),
                key.keyStore(),
                key.password());
    }

    @AfterAll
    static void endAll() {
        script(Map.of()).processes().forEach(ProcessHandle::destroyForcibly);
        s3.close();
        kafka.close();
    }

    @Test
    void shouldWorkWithEveryPartAndTellNoSecret() throws Exception {
        ColorstreamScript script = script(environment());
        List<String> told = new ArrayList<>();
        for (List<Object> command : List.<List<Object>>of(
                List.of("topics", "create", "--buckets"),
                List.of("trainer", "publish", Repository.shippedModel(), "--if-none-served"))) {
            ColorstreamScript.Ended ended = script.run(command.toArray());
            assertThat(ended.status()).as(ended.output()).isZero();
            told.add(ended.output());
        }
        ColorstreamScript.Running worker = script.serve("worker", "--http-port", "0");
        ColorstreamScript.Running page = script.serve(
                "dashboard",
                "--http-port",
                "0",
                "--state",
                folder.resolve("state"),
                "--tls-keystore",
                key.keyStore(),
                "--tls-keystore-password-file",
                Files.writeString(folder.resolve("key-store-password"), key.password()));

        Path colored = folder.resolve("colored");
        ColorstreamScript.Ended upload =
                script.run("upload", Repository.SAMPLES.resolve("dune.jpg"), "--await", "--out", colored);

        assertThat(upload.status()).as(upload.output()).isZero();
        assertThat(Photo.read(colored.resolve("dune.jpg")).colorfulness()).isGreaterThan(5);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(jobs(page.output())).contains("\"colored\":1"));
        told.addAll(List.of(upload.output(), worker.output(), page.output()));
        assertThat(told)
                .allSatisfy(output -> assertThat(output)
                        .doesNotContain(KAFKA_PASSWORD)
                        .doesNotContain(STORE_SECRET)
                        .doesNotContain(key.password())
                        .doesNotContain(TOKEN));
    }

    @Test
    void shouldNameKafkaWhereItRefusesThePassword() throws Exception {
        Map<String, String> environment = environment();
        environment.put("COLORSTREAM_KAFKA_PROPERTIES", clientProperties("wrong-password"));

        ColorstreamScript.Ended topics = script(environment).run("topics", "create");

        assertThat(topics.status()).isNotZero();
        assertThat(topics.output())
                .contains(kafka.bootstrap())
                .contains("Authentication failed")
                .doesNotContain("wrong-password")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldNameTheMendWhereTheStoresCertificateIsNotTrusted() throws Exception {
        Map<String, String> environment = environment();
        environment.remove("COLORSTREAM_S3_CERTIFICATES");

        ColorstreamScript.Ended topics = script(environment).run("topics", "create", "--buckets");

        assertThat(topics.status()).isNotZero();
        assertThat(topics.output())
                .contains(s3.endpoint())
                .contains("s3-certificates")
                .doesNotContain(STORE_SECRET)
                .doesNotContain("\tat ");
    }

    @Test
    void shouldNameTheFileThatHoldsNoCertificates() throws Exception {
        Map<String, String> environment = environment();
        environment.put("COLORSTREAM_S3_CERTIFICATES", key.keyStore().toString());

        ColorstreamScript.Ended worker = script(environment).run("worker");
        ColorstreamScript.Ended topics = script(environment).run("topics", "create", "--buckets");

        assertThat(List.of(worker, topics)).allSatisfy(ended -> {
            assertThat(ended.status()).isNotZero();
            assertThat(ended.output())
                    .contains(key.keyStore().toString())
                    .contains("COLORSTREAM_S3_CERTIFICATES")
                    .contains("PEM");
        });
    }

    private static ColorstreamScript script(Map<String, String> environment) {
        return new ColorstreamScript(folder, environment);
    }

    private static Map<String, String> environment() throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("COLORSTREAM_KAFKA", kafka.bootstrap());
        environment.put("COLORSTREAM_KAFKA_PROPERTIES", clientProperties(KAFKA_PASSWORD));
        environment.put("COLORSTREAM_S3_ENDPOINT", s3.endpoint());
        environment.put("COLORSTREAM_S3_ACCESS_KEY", s3.accessKey());
        environment.put("COLORSTREAM_S3_SECRET_KEY", s3.secretKey());
        environment.put("COLORSTREAM_S3_CERTIFICATES", key.certificate().toString());
        environment.put("COLORSTREAM_DASHBOARD_TOKEN", TOKEN);
        return environment;
    }

    private static String clientProperties(String password) throws Exception {
        return Files.writeString(
                        folder.resolve("client-" + password + ".properties"),
                        String.join(
                                "\n",
                                "security.protocol = SASL_SSL",
                                "sasl.mechanism = PLAIN",
                                "sasl.jaas.config = org.apache.kafka.common.security.plain.PlainLoginModule required"
                                        + " username=\"colorstream\" password=\"" + password + "\";",
                                "ssl.truststore.type = PEM",
                                "ssl.truststore.location = " + key.certificate()))
                .toString();
    }

    /** What the page's API tells of jobs, to whoever has the token. */
    private static String jobs(String ready) throws Exception {
        Matcher url = Pattern.compile("dashboard=(https://\\S+)").matcher(ready);
        assertThat(url.find()).as(ready).isTrue();
        HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
        return client.send(
                        HttpRequest.newBuilder(URI.create(url.group(1)).resolve("/api/jobs"))
                                .header("Authorization", "Bearer " + TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(key.certificate())) {
            store.setCertificateEntry(
                    "house", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
