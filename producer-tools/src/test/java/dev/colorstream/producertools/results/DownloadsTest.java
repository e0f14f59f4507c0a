package dev.colorstream.producertools.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
    private static final RequestId REQUEST = new RequestId("one");

    @TempDir
    Path directory;

    @Test
    void shouldTellOfAPhotoForWhichTheMemoryDidNotSuffice() throws Exception {
        ColorObject color =
                new ColorObject(new ObjectAddress("colorized", "a.jpg"), "image/jpeg", 640, 480, "0".repeat(64));
        try (Destination folder = new FolderDestination(directory);
                Downloads downloads = new Downloads(storeWithoutMemory(), folder)) {
            downloads.begin(new JobPhoto(REQUEST, "a.jpg"), color);

            Map<RequestId, String> failed = downloads.finish();

            assertThat(failed).containsOnlyKeys(REQUEST);
            assertThat(failed.get(REQUEST)).contains("OutOfMemoryError");
        }
    }

    private static ObjectStore storeWithoutMemory() {
        return (ObjectStore) Proxy.newProxyInstance(
                DownloadsTest.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (store, method, arguments) -> {
                    throw new OutOfMemoryError();
                });
    }
}
