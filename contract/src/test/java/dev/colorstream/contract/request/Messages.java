package dev.colorstream.contract.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Records as a consumer gets them. */
public final class Messages {
    public static final String TOPIC = "colorize.requests";
    public static final long TIMESTAMP = 1_750_000_000_000L;

    private Messages() {}

    public static ConsumerRecord<byte[], byte[]> text(String value) {
        return bytes(value.getBytes(UTF_8));
    }

    public static ConsumerRecord<byte[], byte[]> bytes(byte @Nullable [] value) {
        return at(2, 17, value);
    }

    public static ConsumerRecord<byte[], byte[]> at(int partition, long offset, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                offset,
                TIMESTAMP,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    public static ConsumerRecord<byte[], byte[]> withHeaders(String value, Map<String, String> headers) {
        ConsumerRecord<byte[], byte[]> message = text(value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
        return message;
    }

    /** What a consumer gets when that was sent. */
    public static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                TIMESTAMP,
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                new RecordHeaders(sent.headers()),
                Optional.empty());
    }

    public static String resource(String name) {
        try (InputStream stream = Messages.class.getResourceAsStream("/requests/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
