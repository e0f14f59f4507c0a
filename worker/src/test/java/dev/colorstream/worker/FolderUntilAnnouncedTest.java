package dev.colorstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.worker.modelversion.Models;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderUntilAnnouncedTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ModelVersionId NEXT = new ModelVersionId("next-1");

    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldServeTheFoldersVersionUntilAChannelAnnouncesAnother() throws Exception {
        try (Installation installation = Installation.start(directory, 1)) {
            installation.upload("cat.png", Photos.png(60, 40, 1));
            new ModelRegistry(installation.store(), Buckets.MODELS)
                    .publish(Models.write(directory.resolve("trained"), NEXT, 2));
            Worker worker = installation.startWorker("worker");

            assertThat(versionOf(installation, "before")).isNotEqualTo(NEXT);
            installation.announce(ModelAnnouncement.first(Channel.STABLE, NEXT, 1, Instant.EPOCH, "test"));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(versionOf(installation, "again-" + System.nanoTime()))
                            .isEqualTo(NEXT));
            worker.close();

            Worker successor = installation.startWorker("successor");
            assertThat(versionOf(installation, "after"))
                    .as("of a worker with the same folder, from its first photo on")
                    .isEqualTo(NEXT);
            successor.close();
        }
    }

    private static ModelVersionId versionOf(Installation installation, String request) {
        installation.request(request, "cat.png", RequestOptions.NONE);
        await().atMost(LIMIT).until(() -> installation.newestResults().containsKey(request));
        ColorizeResult result =
                Objects.requireNonNull(installation.newestResults().get(request));
        return ((Colored) result).modelVersion();
    }
}
