package dev.colorstream.producertools.deadletters;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestReader;
import dev.colorstream.contract.request.RequestReading;
import dev.colorstream.contract.result.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter without its bytes.
 *
 * @param told what its headers say
 * @param job of the request, where it can be read and has one
 * @param source the gray photo, where it can be read
 * @param diedAt when
 * @param partition of the dead letters' topic where it lies
 * @param offset in the partition
 */
public record Letter(
        DeadLetter told,
        Optional<JobId> job,
        Optional<ObjectAddress> source,
        Instant diedAt,
        int partition,
        long offset) {
    /** The letter that the record is, if it is one. */
    static Optional<Letter> read(ConsumerRecord<byte @Nullable [], byte @Nullable []> message) {
        return DeadLetter.read(message).map(told -> {
            Optional<ColorizeRequest> request = request(message, told);
            return new Letter(
                    told,
                    request.flatMap(ColorizeRequest::job),
                    request.map(ColorizeRequest::source),
                    Instant.ofEpochMilli(message.timestamp()),
                    message.partition(),
                    message.offset());
        });
    }

    /** The one request of the record that failed; empty where it cannot be read or has several. */
    static Optional<ColorizeRequest> request(
            ConsumerRecord<byte @Nullable [], byte @Nullable []> message, DeadLetter told) {
        if (!(new RequestReader().read(message) instanceof RequestReading.Requests read)) {
            return Optional.empty();
        }
        List<ColorizeRequest> requests = read.requests();
        return requests.stream()
                .filter(request -> requests.size() == 1 || request.id().equals(told.requestId()))
                .findFirst();
    }
}
