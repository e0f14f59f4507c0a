package dev.colorstream.trainer.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.colorstream.colorizer.network.Head;
import java.util.Arrays;
import java.util.List;

/** What a network is trained for. All variants run through the same training, evaluation and serving. */
public enum Variant {
    /** A distribution over the ab bins, rare colors weighted up (Zhang et al. 2016). */
    REBALANCED("rebalanced", Head.BIN_DISTRIBUTION, 0.5, "eccv16-small"),
    /** The same without rebalancing. */
    CLASSIFICATION("classification", Head.BIN_DISTRIBUTION, 1, "eccv16-small"),
    /** Colors themselves by their squared error. */
    REGRESSION("regression", Head.AB_PLANE, 1, "eccv16-small"),
    /** The same of fused local and global features, scenes learned beside them (Iizuka et al. 2016). */
    FUSION("fusion", Head.AB_PLANE, 1, "fusion-small");

    private final String wireName;
    private final Head head;
    private final double lambda;
    private final String architecture;

    Variant(String wireName, Head head, double lambda, String architecture) {
        this.wireName = wireName;
        this.head = head;
        this.lambda = lambda;
        this.architecture = architecture;
    }

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Variant::wireName).toList();
    }

    /**
     * The variant of a name.
     *
     * @throws IllegalArgumentException for a name not in {@link #names()}
     */
    @JsonCreator
    public static Variant named(String name) {
        return Arrays.stream(values())
                .filter(variant -> variant.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown variant '" + name + "'; known: " + names()));
    }

    /** The variant's name in settings and on the command line. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** What its network predicts. */
    public Head head() {
        return head;
    }

    /** The uniform distribution's share in the rebalancing, unless another is asked for; 1 is no rebalancing. */
    public double lambda() {
        return lambda;
    }

    /** The architecture, unless another is asked for. */
    public String architecture() {
        return architecture;
    }

    /** Whether rare colors weigh more. */
    boolean rebalances() {
        return this == REBALANCED;
    }

    /** Whether the photos' scenes are learned beside their colors. */
    boolean learnsScenes() {
        return this == FUSION;
    }
}
