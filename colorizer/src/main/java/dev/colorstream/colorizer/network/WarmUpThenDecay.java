package dev.colorstream.colorizer.network;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A learning rate that rises linearly from 0, then falls linearly to 0. ND4J's own ramp cannot be read back from a saved
 * network.
 */
@SuppressWarnings("serial") // ND4J's interface is Serializable; the fields are primitive.
final class WarmUpThenDecay implements ISchedule {
    private final double highest;
    private final int warmUpSteps;
    private final int totalSteps;

    WarmUpThenDecay(
            @JsonProperty("highest") double highest,
            @JsonProperty("warmUpSteps") int warmUpSteps,
            @JsonProperty("totalSteps") int totalSteps) {
        this.highest = highest;
        this.warmUpSteps = warmUpSteps;
        this.totalSteps = totalSteps;
    }

    public double getHighest() {
        return highest;
    }

    public int getWarmUpSteps() {
        return warmUpSteps;
    }

    public int getTotalSteps() {
        return totalSteps;
    }

    @Override
    public double valueAt(int step, int epoch) {
        double rising = (step + 1.0) / (warmUpSteps + 1.0);
        double falling = (double) (totalSteps - step) / Math.max(1, totalSteps - warmUpSteps);
        return highest * Math.max(0, Math.min(1, Math.min(rising, falling)));
    }

    @Override
    public ISchedule clone() {
        return new WarmUpThenDecay(highest, warmUpSteps, totalSteps);
    }

    /**
     * By value: Deeplearning4j lays the moments of neighboring layers out together where their updaters are equal, so
     * that a saved network is read back wrongly if they no longer are.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof WarmUpThenDecay that
                && that.highest == highest
                && that.warmUpSteps == warmUpSteps
                && that.totalSteps == totalSteps;
    }

    @Override
    public int hashCode() {
        return Objects.hash(highest, warmUpSteps, totalSteps);
    }
}
