package dev.colorstream.worker.modelversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.ModelVersionId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionMetersTest {
    private static final VersionState V1 = new Loading(new ModelVersionId("v1"));
    private static final VersionState V2 = new Loading(new ModelVersionId("v2"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final VersionMeters meters = new VersionMeters(registry);

    @Test
    void shouldNeverTakeAwayAVersionThatStays() {
        // given
        List<String> removed = new ArrayList<>();
        registry.config().onMeterRemoved(meter -> removed.add(meter.getId().getTag("version")));
        meters.show(List.of(V1, V2));

        // when
        meters.show(List.of(V1, V2));
        meters.show(List.of(V2));

        // then
        assertThat(removed).containsExactly("v1");
        assertThat(registry.get("colorstream.model").gauges())
                .singleElement()
                .satisfies(gauge -> assertThat(gauge.value()).isEqualTo(1));
    }
}
