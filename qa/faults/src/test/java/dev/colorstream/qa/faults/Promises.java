package dev.colorstream.qa.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.qa.faults.guarantees.Witness;
import dev.colorstream.qa.faults.scene.Scene;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.core.ConditionTimeoutException;

/** How scenarios begin and end. */
final class Promises {
    static final Duration LIMIT = Duration.ofMinutes(3);

    private Promises() {}

    static Scene scene(Path folder) {
        String root = Objects.requireNonNull(
                System.getProperty("colorstream.root"), "run these tests with Maven, which sets colorstream.root");
        return new Scene(Path.of(root), folder);
    }

    /** Waits until all requests have ended, and asserts that every promise was kept. */
    static void awaitKept(Witness witness) {
        try {
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> {
                witness.look();
                return witness.guarantees().allEnded();
            });
        } catch (ConditionTimeoutException notEnded) {
            // The guarantees name what has not.
            witness.look();
        }
        witness.lookAtObjects();
        assertThat(witness.guarantees().violations()).isEmpty();
    }

    /** Looks again and again while a fault lasts. */
    static void lookFor(Witness witness, Duration time) {
        await().during(time)
                .atMost(time.plusSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    witness.look();
                    return true;
                });
    }
}
