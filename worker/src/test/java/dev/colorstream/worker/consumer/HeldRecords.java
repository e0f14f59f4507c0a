package dev.colorstream.worker.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Held records for tests of other stages. */
public final class HeldRecords {
    private HeldRecords() {}

    public static HeldRecord any() {
        return new HeldRecord(new ConsumerRecord<>("requests", 0, 0, new byte[0], new byte[0]), () -> {});
    }
}
