package dev.colorstream.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.colorstream.trainer.evaluation.WeighedArea;
import dev.colorstream.trainer.gate.Gate.Scored;
import dev.colorstream.trainer.gate.GateDecision.Held;
import dev.colorstream.trainer.gate.GateDecision.Passed;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GateTest {
    private static final double GRAY = 91;
    private static final int PHOTOS = 200;

    private final Gate gate = new Gate(GateLimits.DEFAULT);

    @Test
    void shouldPassWhatIsBetterOnNearlyEveryPhoto() {
        GateDecision decision = judge(scored("new", areas(1, 0.5)), scored("old", areas(1, 0)));

        assertThat(decision).isInstanceOf(Passed.class);
        assertThat(decision.reason()).contains("new passes", "of old", "gain +", "200 photos", "Gray 91.00");
    }

    @Test
    void shouldHoldWhatIsTheSame() {
        Scored same = scored("same", areas(1, 0));

        assertThat(judge(same, same)).isInstanceOf(Held.class);
        assertThat(judge(same, same).reason()).contains("gain +0.00 to +0.00");
    }

    @Test
    void shouldHoldWhatIsWorse() {
        assertThat(judge(scored("new", areas(1, -0.5)), scored("old", areas(1, 0)))
                        .reason())
                .contains("new is held for its rebalanced AuC", "gain -");
    }

    @Test
    void shouldSeldomPassWhatIsBetterByChanceAlone() {
        long passed = IntStream.range(0, 200)
                .filter(seed -> judge(scored("new", areas(10 + seed, 0)), scored("old", areas(1000 + seed, 0)))
                        instanceof Passed)
                .count();

        // A 95 % interval lies above 0 in 2.5 % of such trials, so that 5 of 200 are to be expected.
        assertThat(passed).isBetween(1L, 12L);
    }

    @Test
    void shouldWeighPhotosByTheirRareColors() {
        // given: better on the one photo that is full of rare colors, worse on all others
        List<WeighedArea> old = IntStream.range(0, PHOTOS)
                .mapToObj(i -> area(80, i % 2 == 0 ? 100 : 1))
                .toList();
        List<WeighedArea> better = IntStream.range(0, PHOTOS)
                .mapToObj(i -> i % 2 == 0 ? area(81, 100) : area(79, 1))
                .toList();

        assertThat(judge(scored("new", better), scored("old", old))).isInstanceOf(Passed.class);
    }

    @Test
    void shouldHoldWhatPaintsWorseThanNothing() {
        Scored bad = new Scored("new", GRAY - 1.01, 1, areas(1, 0.5));

        assertThat(judge(bad, scored("old", areas(1, 0))).reason())
                .contains("held for its AuC 89.99 (Gray 91.00, at most 1.00 below)", "kept: rebalanced AuC");
    }

    @Test
    void shouldHoldWhatIsTooDullOrTooGaudy() {
        for (double colorfulness : new double[] {0.59, 1.11, Double.NaN}) {
            Scored odd = new Scored("new", GRAY, colorfulness, areas(1, 0.5));

            assertThat(judge(odd, scored("old", areas(1, 0))).reason()).contains("held for its colorfulness");
        }
    }

    @Test
    void shouldJudgeTheFirstVersionByTheLimitsAlone() {
        assertThat(gate.judge(scored("new", areas(1, 0)), Optional.empty(), GRAY))
                .isInstanceOf(Passed.class);
        assertThat(gate.judge(new Scored("new", 10, 1, areas(1, 0)), Optional.empty(), GRAY))
                .isInstanceOf(Held.class);
    }

    @Test
    void shouldDecideAlikeOnEqualFigures() {
        Scored candidate = scored("new", areas(3, 0.05));
        Scored serving = scored("old", areas(4, 0));

        assertThat(judge(candidate, serving))
                .isEqualTo(new Gate(GateLimits.DEFAULT).judge(candidate, Optional.of(serving), GRAY));
    }

    @Test
    void shouldRefuseMeasurementsOfDifferentPhotos() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> judge(
                        scored("new", areas(1, 0)), scored("old", areas(1, 0).subList(1, PHOTOS))))
                .withMessageContaining("200 and on 199");
    }

    private GateDecision judge(Scored candidate, Scored serving) {
        return gate.judge(candidate, Optional.of(serving), GRAY);
    }

    private static Scored scored(String name, List<WeighedArea> areas) {
        return new Scored(name, GRAY, 1, areas);
    }

    /** Areas about 85 that vary from photo to photo, and so much higher. */
    private static List<WeighedArea> areas(long seed, double higher) {
        Random random = new Random(seed);
        return IntStream.range(0, PHOTOS)
                .mapToObj(i -> area(85 + 3 * random.nextGaussian() + higher, 0.5 + random.nextDouble()))
                .toList();
    }

    private static WeighedArea area(double mean, double weight) {
        return new WeighedArea(mean * weight, weight);
    }
}
