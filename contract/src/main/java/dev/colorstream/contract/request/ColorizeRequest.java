package dev.colorstream.contract.request;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import java.time.Instant;
import java.util.Optional;

/**
 * The wish that one gray photo be colored.
 *
 * @param id a repeat of the request carries the same
 * @param job the job it belongs to, if any
 * @param source where the gray photo rests
 * @param options what the client wishes beyond that
 * @param submittedAt when the client asked
 */
public record ColorizeRequest(
        RequestId id, Optional<JobId> job, ObjectAddress source, RequestOptions options, Instant submittedAt) {}
