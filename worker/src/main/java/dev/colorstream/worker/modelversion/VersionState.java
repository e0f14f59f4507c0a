package dev.colorstream.worker.modelversion;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.RefusalReason;
import java.util.concurrent.CompletableFuture;

/**
 * Where a version is in its life: {@link Loading}, {@link WarmingUp}, {@link Serving}, {@link Draining}, {@link Retired}, or
 * {@link Refused}. Each state has only the steps that lead out of it.
 */
public sealed interface VersionState
        permits VersionState.OpenOutcome,
                VersionState.WarmUpOutcome,
                VersionState.Draining,
                VersionState.Retired,
                Loading {
    ModelVersionId version();

    /** The state's name in metrics. */
    String stateName();

    /** What opening a version gives. */
    sealed interface OpenOutcome extends VersionState permits WarmingUp, Refused {}

    /** What warming a version up gives. */
    sealed interface WarmUpOutcome extends VersionState permits Serving, Refused {}

    /**
     * Nobody gets it any more; photos that have it end.
     *
     * @param end completed when the last lease has ended and the native memory is free
     */
    record Draining(ModelVersionId version, CompletableFuture<Retired> end) implements VersionState {
        @Override
        public String stateName() {
            return "draining";
        }
    }

    /** It is closed. */
    record Retired(ModelVersionId version) implements VersionState {
        @Override
        public String stateName() {
            return "retired";
        }
    }

    /**
     * It does not serve.
     *
     * @param detail what is wrong and the mend, for operators and for clients who pinned it
     */
    record Refused(ModelVersionId version, RefusalReason reason, String detail) implements OpenOutcome, WarmUpOutcome {
        @Override
        public String stateName() {
            return "refused";
        }
    }
}
