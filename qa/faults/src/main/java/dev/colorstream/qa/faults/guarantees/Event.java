package dev.colorstream.qa.faults.guarantees;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.DeadLetter;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Something that was seen of an installation from outside. */
public sealed interface Event {
    /**
     * Kafka has acknowledged a request's record.
     *
     * @param partition where it lies
     * @param offset where it lies in the partition
     * @param end what its result must be
     */
    record RequestSent(RequestId id, TopicPartition partition, long offset, ExpectedEnd end) implements Event {}

    /** A request lies on the topic of suspects, where workers have moved it; its first record is done with then. */
    record SuspectSeen(RequestId id, TopicPartition partition, long offset) implements Event {}

    /** A result lies on its topic; those of a request come in the order in which they lie there. */
    record ResultSeen(ColorizeResult result) implements Event {}

    /** A dead letter lies on its topic. */
    record DeadLetterSeen(DeadLetter letter) implements Event {}

    /**
     * A color photo lies in the store.
     *
     * @param sha256 of its bytes
     * @param metadata what was stored with it
     */
    record ObjectSeen(ObjectAddress address, String sha256, Map<String, String> metadata) implements Event {}

    /**
     * How far the workers' group is. Must come before the results that were there at that time.
     *
     * @param firstOpen all records before this offset are acknowledged
     * @param lag how many records are not acknowledged, where the broker knows
     */
    record GroupSeen(TopicPartition partition, long firstOpen, OptionalLong lag) implements Event {}
}
