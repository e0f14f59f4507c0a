package dev.colorstream.worker.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record lies. */
record RecordPlace(String topic, int partition, long offset) {
    static RecordPlace of(ConsumerRecord<?, ?> message) {
        return new RecordPlace(message.topic(), message.partition(), message.offset());
    }
}
