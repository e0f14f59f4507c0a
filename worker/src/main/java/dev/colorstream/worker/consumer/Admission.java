package dev.colorstream.worker.consumer;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.model.RefusalReason;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestReader;
import dev.colorstream.contract.request.RequestReading;
import dev.colorstream.contract.request.RequestReading.Requests;
import dev.colorstream.contract.request.RequestReading.Unreadable;
import dev.colorstream.worker.consumer.PoisonRule.Treatment;
import dev.colorstream.worker.modelversion.ServedVersions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads records, lets in the requests that this worker may work on, and refuses the others with a reason. */
public final class Admission {
    private final RequestReader reader = new RequestReader();
    private final Set<String> buckets;
    private final ServedVersions versions;
    private final Consumer<Assignment> admitted;
    private final Consumer<RequestFailure> refused;

    /**
     * @param buckets that gray photos may lie in
     * @param versions gives those that requests pin
     */
    public Admission(
            Set<String> buckets,
            ServedVersions versions,
            Consumer<Assignment> admitted,
            Consumer<RequestFailure> refused) {
        this.buckets = Set.copyOf(buckets);
        this.versions = versions;
        this.admitted = admitted;
        this.refused = refused;
    }

    void admit(HeldRecord held, Treatment treatment) {
        RequestReading reading = reader.read(held.message());
        if (reading instanceof Unreadable unreadable) {
            held.expect(1);
            refused.accept(RequestFailure.unreadable(held, unreadable));
            return;
        }
        List<ColorizeRequest> requests = ((Requests) reading).requests();
        held.expect(requests.size());
        for (ColorizeRequest request : requests) {
            Assignment assignment = new Assignment(held, request, treatment == Treatment.ALONE);
            Optional<RequestFailure> objection =
                    treatment == Treatment.REFUSED ? Optional.of(poison(assignment)) : objection(assignment);
            objection.ifPresentOrElse(refused, () -> admit(assignment));
        }
    }

    /** A photo whose version is not in memory waits here, where it holds no bytes yet. */
    private void admit(Assignment assignment) {
        Optional<ModelVersionId> pinned = assignment.request().options().modelVersion();
        if (pinned.isEmpty()) {
            admitted.accept(assignment);
            return;
        }
        assignment.pause();
        versions.lease(
                pinned.orElseThrow(),
                lease -> {
                    assignment.colorWith(lease);
                    assignment.goOn(() -> admitted.accept(assignment));
                },
                refusal -> assignment.goOn(() -> refused.accept(RequestFailure.of(
                        assignment,
                        refusal.reason() == RefusalReason.UNKNOWN_VERSION
                                ? FailureReason.UNKNOWN_MODEL_VERSION
                                : FailureReason.MODEL_VERSION_REFUSED,
                        Stage.CONSUMER,
                        "model version " + refusal.version() + " is not served: " + refusal.detail()))));
    }

    private Optional<RequestFailure> objection(Assignment assignment) {
        ColorizeRequest request = assignment.request();
        String bucket = request.source().bucket();
        if (!buckets.contains(bucket)) {
            return Optional.of(RequestFailure.of(
                    assignment,
                    FailureReason.BUCKET_NOT_ALLOWED,
                    Stage.CONSUMER,
                    "bucket " + bucket + " is not allowed; allowed: " + String.join(", ", buckets)));
        }
        return Optional.empty();
    }

    private static RequestFailure poison(Assignment assignment) {
        return RequestFailure.of(
                assignment,
                FailureReason.POISON,
                Stage.CONSUMER,
                "no end after " + (assignment.held().attempt() - 1)
                        + " deliveries; see the workers' logs, then replay the dead letter");
    }
}
