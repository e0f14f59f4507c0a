package dev.colorstream.worker.consumer;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Held records, of one request each, for tests of other stages. */
public final class HeldRecords {
    private HeldRecords() {}

    /** A record that nobody waits for. */
    public static HeldRecord any() {
        return settling(() -> {});
    }

    /** A record of that time that nobody waits for. */
    public static HeldRecord sentAt(Instant time) {
        HeldRecord held = new HeldRecord(
                new ConsumerRecord<>(
                        "requests",
                        0,
                        0,
                        time.toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        new byte[0],
                        new byte[0],
                        new RecordHeaders(),
                        Optional.empty()),
                () -> {});
        held.expect(1);
        return held;
    }

    /** A record of that topic that nobody waits for. */
    public static HeldRecord of(String topic) {
        HeldRecord held = new HeldRecord(new ConsumerRecord<>(topic, 0, 0, new byte[0], new byte[0]), () -> {});
        held.expect(1);
        return held;
    }

    /** A record that tells when it is settled. */
    public static HeldRecord settling(Runnable onSettled) {
        HeldRecord held = new HeldRecord(new ConsumerRecord<>("requests", 0, 0, new byte[0], new byte[0]), onSettled);
        held.expect(1);
        return held;
    }
}
