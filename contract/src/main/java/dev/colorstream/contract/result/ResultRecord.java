package dev.colorstream.contract.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.json.MalformedJsonException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a record of the results topic says of a request. All records of a request lie in one partition, as its id is their key:
 * the last of them holds, whatever clocks say.
 *
 * @param result how it ended; empty where its earlier results were withdrawn, because it was asked again
 */
public record ResultRecord(RequestId request, Optional<ColorizeResult> result) {
    /** What it says; empty for what is none, as others may write to the topic what this version does not know. */
    public static Optional<ResultRecord> read(ConsumerRecord<byte @Nullable [], byte @Nullable []> message) {
        byte[] key = message.key();
        byte[] value = message.value();
        try {
            if (value != null) {
                ColorizeResult result = ResultJson.read(value);
                return Optional.of(new ResultRecord(result.requestId(), Optional.of(result)));
            }
            return key == null
                    ? Optional.empty()
                    : Optional.of(new ResultRecord(new RequestId(new String(key, UTF_8)), Optional.empty()));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The record that says that the request waits for a result again. */
    @SuppressWarnings("NullAway") // A value of null is what Kafka takes for a deletion.
    public static ProducerRecord<byte[], byte[]> withdrawal(String topic, RequestId request) {
        return new ProducerRecord<>(topic, request.value().getBytes(UTF_8), null);
    }
}
