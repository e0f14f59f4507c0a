package dev.colorstream.worker.consumer;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.RequestReading.Unreadable;
import dev.colorstream.worker.stage.StageTimes;
import java.util.Optional;

/**
 * A request that ends without a color photo.
 *
 * @param held the record that it came in
 * @param source the gray photo, where the request could be read
 * @param detail what is wrong and the mend
 * @param stage where it failed
 * @param end to be called when the failure is told
 */
public record RequestFailure(
        HeldRecord held,
        RequestId requestId,
        Optional<JobId> job,
        Optional<ObjectAddress> source,
        FailureReason reason,
        String detail,
        Stage stage,
        StageTimes times,
        Runnable end) {

    /** The failure of a request that could be read. */
    public static RequestFailure of(Assignment assignment, FailureReason reason, Stage stage, String detail) {
        return new RequestFailure(
                assignment.held(),
                assignment.request().id(),
                assignment.request().job(),
                Optional.of(assignment.request().source()),
                reason,
                detail,
                stage,
                assignment.times(),
                assignment::end);
    }

    /** The failure of a record that no request could be read from. */
    static RequestFailure unreadable(HeldRecord held, Unreadable reading) {
        return new RequestFailure(
                held,
                reading.id(),
                reading.job(),
                Optional.empty(),
                reading.reason(),
                reading.detail(),
                Stage.CONSUMER,
                new StageTimes(),
                held::requestEnded);
    }
}
