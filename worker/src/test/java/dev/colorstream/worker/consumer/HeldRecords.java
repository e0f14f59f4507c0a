package dev.colorstream.worker.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Held records, of one request each, for tests of other stages. */
public final class HeldRecords {
    private HeldRecords() {}

    /** A record that nobody waits for. */
    public static HeldRecord any() {
        return settling(() -> {});
    }

    /** A record that tells when it is settled. */
    public static HeldRecord settling(Runnable onSettled) {
        HeldRecord held = new HeldRecord(new ConsumerRecord<>("requests", 0, 0, new byte[0], new byte[0]), onSettled);
        held.expect(1);
        return held;
    }
}
