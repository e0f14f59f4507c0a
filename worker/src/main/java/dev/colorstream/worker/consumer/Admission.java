package dev.colorstream.worker.consumer;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestReader;
import dev.colorstream.contract.request.RequestReading;
import dev.colorstream.contract.request.RequestReading.Requests;
import dev.colorstream.contract.request.RequestReading.Unreadable;
import dev.colorstream.worker.consumer.PoisonRule.Treatment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads records, lets in the requests that this worker may work on, and refuses the others with a reason. */
public final class Admission {
    private final RequestReader reader = new RequestReader();
    private final Set<String> buckets;
    private final ModelVersionId served;
    private final Consumer<Assignment> admitted;
    private final Consumer<RequestFailure> refused;

    /**
     * @param buckets that gray photos may lie in
     * @param served the model version that colors
     */
    public Admission(
            Set<String> buckets,
            ModelVersionId served,
            Consumer<Assignment> admitted,
            Consumer<RequestFailure> refused) {
        this.buckets = Set.copyOf(buckets);
        this.served = served;
        this.admitted = admitted;
        this.refused = refused;
    }

    void admit(HeldRecord held, Treatment treatment) {
        RequestReading reading = reader.read(held.message());
        if (reading instanceof Unreadable unreadable) {
            held.expect(1);
            refused.accept(RequestFailure.unreadable(held, unreadable.reason(), unreadable.detail()));
            return;
        }
        List<ColorizeRequest> requests = ((Requests) reading).requests();
        held.expect(requests.size());
        for (ColorizeRequest request : requests) {
            Assignment assignment = new Assignment(held, request, treatment == Treatment.ALONE);
            Optional<RequestFailure> objection =
                    treatment == Treatment.REFUSED ? Optional.of(poison(assignment)) : objection(assignment);
            objection.ifPresentOrElse(refused, () -> admitted.accept(assignment));
        }
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
        return request.options()
                .modelVersion()
                .filter(wanted -> !wanted.equals(served))
                .map(wanted -> RequestFailure.of(
                        assignment,
                        FailureReason.UNKNOWN_MODEL_VERSION,
                        Stage.CONSUMER,
                        "model version " + wanted + " is not served; " + served + " is"));
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
