package dev.colorstream.dashboard.state;

import dev.colorstream.contract.request.RequestReader;
import dev.colorstream.contract.request.RequestReading.Requests;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests as workers do, so that both give them the same ids. What cannot be read is passed over: its failed result
 * tells of it.
 */
final class RequestParser implements Processor<byte[], byte[], String, PhotoEvent> {
    private final RequestReader reader = new RequestReader();
    private @Nullable ProcessorContext<String, PhotoEvent> context;

    @Override
    public void init(ProcessorContext<String, PhotoEvent> opened) {
        context = opened;
    }

    @Override
    public void process(Record<byte[], byte[]> message) {
        ProcessorContext<String, PhotoEvent> open = Objects.requireNonNull(context);
        RecordMetadata place = open.recordMetadata().orElseThrow();
        ConsumerRecord<byte[], byte[]> raw = new ConsumerRecord<>(
                place.topic(),
                place.partition(),
                place.offset(),
                message.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                message.key(),
                message.value(),
                message.headers(),
                Optional.empty());
        if (reader.read(raw) instanceof Requests read) {
            read.requests()
                    .forEach(request -> open.forward(
                            new Record<>(request.id().value(), new PhotoEvent.Asked(request), message.timestamp())));
        }
    }
}
