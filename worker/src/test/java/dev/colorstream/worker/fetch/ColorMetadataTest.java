package dev.colorstream.worker.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.RequestId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ColorMetadataTest {
    private static final ModelVersionId V1 = new ModelVersionId("v1");
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(strings = {"cat-1", "album/cat 1.jpg", "größe", "猫"})
    void shouldKnowItsRequestAgain(String id) {
        RequestId request = new RequestId(id);
        Map<String, String> stored = ColorMetadata.of(request, V1, SHA256, 4, 3).toMap();

        ColorMetadata read = ColorMetadata.of(stored).orElseThrow();

        assertThat(read.isOf(request, V1)).isTrue();
        assertThat(read.isOf(new RequestId(id + "2"), V1)).isFalse();
        assertThat(read.isOf(request, new ModelVersionId("v2"))).isFalse();
        assertThat(stored.values()).allMatch(value -> value.matches("[!-~]+"));
    }

    @Test
    void shouldNotKnowObjectsThatOthersStored() {
        Map<String, String> whole =
                ColorMetadata.of(new RequestId("cat"), V1, SHA256, 4, 3).toMap();
        for (String name : whole.keySet()) {
            Map<String, String> lacking = new HashMap<>(whole);
            lacking.put(name, "");
            assertThat(ColorMetadata.of(lacking).filter(m -> m.isOf(new RequestId("cat"), V1)))
                    .as(name)
                    .isEmpty();
        }
        assertThat(ColorMetadata.of(Map.of())).isEmpty();
    }
}
