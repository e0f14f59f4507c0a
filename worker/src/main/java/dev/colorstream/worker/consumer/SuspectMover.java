package dev.colorstream.worker.consumer;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes the copies of suspects. */
@FunctionalInterface
public interface SuspectMover {
    /**
     * Writes a copy, again and again until it is written.
     *
     * @param written called once, when it is
     * @param tooLarge called instead when the topic takes no record of that size
     */
    void move(ProducerRecord<byte[], byte[]> copy, Runnable written, Runnable tooLarge);
}
