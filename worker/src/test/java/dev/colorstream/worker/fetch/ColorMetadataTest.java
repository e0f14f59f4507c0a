package dev.colorstream.worker.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.SourceTraits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ColorMetadataTest {
    private static final ModelVersionId V1 = new ModelVersionId("v1");
    private static final ColorObject OBJECT = new ColorObject(
            new ObjectAddress("colorized", "cat.jpg"), "image/jpeg", 4, 3, "0123456789abcdef".repeat(4));
    private static final SourceTraits TRAITS = new SourceTraits(true, 2);

    @ParameterizedTest
    @ValueSource(strings = {"cat-1", "album/cat 1.jpg", "größe", "猫"})
    void shouldKnowItsRequestAgain(String id) {
        RequestId request = new RequestId(id);
        Map<String, String> stored =
                ColorMetadata.of(request, V1, OBJECT, TRAITS).toMap();

        ColorMetadata read = ColorMetadata.of(stored).orElseThrow();

        assertThat(read.isOf(request, V1)).isTrue();
        assertThat(read.isOf(new RequestId(id + "2"), V1)).isFalse();
        assertThat(read.isOf(request, new ModelVersionId("v2"))).isFalse();
        assertThat(stored.values()).allMatch(value -> value.matches("[!-~]+"));
    }

    @Test
    void shouldTellTheTraitsOfTheSourceAgainAndDoWithoutThem() {
        RequestId request = new RequestId("cat");
        Map<String, String> stored =
                ColorMetadata.of(request, V1, OBJECT, TRAITS).toMap();

        assertThat(ColorMetadata.of(stored).orElseThrow().traits()).contains(TRAITS);

        stored.keySet().removeIf(name -> name.startsWith("source-"));
        assertThat(ColorMetadata.of(stored).orElseThrow().traits()).isEmpty();
    }

    @Test
    void shouldNotKnowObjectsThatOthersStored() {
        Map<String, String> whole =
                ColorMetadata.of(new RequestId("cat"), V1, OBJECT, TRAITS).toMap();
        for (String name : List.of("request-id", "model-version", "sha256", "width", "height", "source-pictures")) {
            Map<String, String> lacking = new HashMap<>(whole);
            lacking.put(name, "");
            assertThat(ColorMetadata.of(lacking).filter(m -> m.isOf(new RequestId("cat"), V1)))
                    .as(name)
                    .isEmpty();
        }
        assertThat(ColorMetadata.of(Map.of())).isEmpty();
    }
}
