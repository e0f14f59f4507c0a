package dev.colorstream.local.embeddeds3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ChildNotReadyException;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import io.minio.GetObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedS3Test {
    private static final String BUCKET = "uploads";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final OkHttpClient http = new OkHttpClient();

    @TempDir
    Path directory;

    @AfterEach
    void closeConnections() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    @Test
    void shouldKeepObjectsOverOrderlyRestartAndOverKill() throws Exception {
        EmbeddedS3 first = EmbeddedS3.start(directory);
        client(first).makeBucket(MakeBucketArgs.builder().bucket(BUCKET).build());
        put(first, "before close");
        first.close();
        assertThat(ProcessHandle.of(first.pid())).isEmpty();

        EmbeddedS3 second = EmbeddedS3.start(directory);
        assertThat(get(second, "before close")).isEqualTo("before close");
        put(second, "before kill");
        second.kill();
        assertThat(ProcessHandle.of(second.pid())).isEmpty();

        try (EmbeddedS3 third = EmbeddedS3.start(directory)) {
            assertThat(get(third, "before close")).isEqualTo("before close");
            assertThat(get(third, "before kill")).isEqualTo("before kill");
        }
    }

    @Test
    void shouldRefuseWrongSecret() {
        try (EmbeddedS3 s3 = EmbeddedS3.start(directory)) {
            MinioClient stranger = client(s3.endpoint(), s3.accessKey(), "guessed");

            assertThatThrownBy(() -> stranger.makeBucket(
                            MakeBucketArgs.builder().bucket(BUCKET).build()))
                    .isInstanceOf(ErrorResponseException.class)
                    .hasMessageContaining("signature");
        }
    }

    @Test
    void shouldRefuseDirectoryThatIsInUse() {
        try (EmbeddedS3 owner = EmbeddedS3.start(directory)) {
            assertThat(owner.endpoint()).startsWith("http://127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedS3.start(directory))
                    .isInstanceOf(ChildNotReadyException.class)
                    .hasMessageContaining("is in use by another process");
        }
    }

    @Test
    void shouldEndWhenOwnerIsKilled() {
        var command = new JvmCommand(
                "owner",
                S3Owner.class.getName(),
                ClassPath.holding(S3Owner.class)
                        .plus(ClassPath.holding(EmbeddedS3.class))
                        .plus(ClassPath.holding(ChildJvm.class)),
                List.of("-Xmx32m"),
                List.of(directory.resolve("data").toString()),
                Map.of());
        ChildJvm owner = ChildJvm.start(command, directory.resolve("owner.log"), LIMIT);
        long s3 = Long.parseLong(owner.fact("s3"));
        assertThat(ProcessHandle.of(s3)).isPresent();

        owner.kill();

        await().atMost(LIMIT).until(() -> ProcessHandle.of(s3).isEmpty());
    }

    private void put(EmbeddedS3 s3, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client(s3)
                .putObject(PutObjectArgs.builder().bucket(BUCKET).object(text).stream(
                                new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                        .build());
    }

    private String get(EmbeddedS3 s3, String key) throws Exception {
        try (var object = client(s3)
                .getObject(GetObjectArgs.builder().bucket(BUCKET).object(key).build())) {
            return new String(object.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private MinioClient client(EmbeddedS3 s3) {
        return client(s3.endpoint(), s3.accessKey(), s3.secretKey());
    }

    private MinioClient client(String endpoint, String accessKey, String secretKey) {
        return MinioClient.builder()
                .endpoint(endpoint)
                .credentials(accessKey, secretKey)
                .region("us-east-1")
                .httpClient(http)
                .build();
    }
}
