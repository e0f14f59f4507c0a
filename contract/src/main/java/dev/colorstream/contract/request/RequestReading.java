package dev.colorstream.contract.request;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.PlainText;
import dev.colorstream.contract.RequestId;
import java.util.List;
import java.util.Optional;

/** What a record on the requests topic turned out to be. */
public sealed interface RequestReading {

    /**
     * A record of an accepted form.
     *
     * @param requests what it asks for: one request, several for an S3 event with several objects, none for an event that
     *     tells of no new object
     */
    record Requests(List<ColorizeRequest> requests) implements RequestReading {
        public Requests {
            requests = List.copyOf(requests);
        }
    }

    /**
     * A record of no accepted form.
     *
     * @param id what the record calls the request all the same, so that who waits for it hears of it; else the id of a
     *     record that brings none
     * @param job the job that the record names all the same
     * @param reason as the result will say it
     * @param detail the field or byte that is wrong and the mend, one line of at most 500 characters
     */
    record Unreadable(RequestId id, Optional<JobId> job, FailureReason reason, String detail)
            implements RequestReading {
        private static final int MAX_DETAIL = 500;

        public Unreadable {
            detail = PlainText.clean(detail, MAX_DETAIL);
        }
    }
}
