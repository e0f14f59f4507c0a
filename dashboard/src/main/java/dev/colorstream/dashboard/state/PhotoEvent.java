package dev.colorstream.dashboard.state;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.result.ColorizeResult;

/** Something that the topics tell of one photo. */
sealed interface PhotoEvent {
    RequestId id();

    /** Somebody asked for it. */
    record Asked(ColorizeRequest request) implements PhotoEvent {
        @Override
        public RequestId id() {
            return request.id();
        }
    }

    /** A job lists it under this name. */
    record Listed(RequestId id, JobId job, String name) implements PhotoEvent {}

    /** It has come to an end. */
    record Ended(ColorizeResult result) implements PhotoEvent, PhotoChange {
        @Override
        public RequestId id() {
            return result.requestId();
        }
    }

    /** Its result was withdrawn: it was asked for again. */
    record Withdrawn(RequestId id) implements PhotoEvent {}
}
