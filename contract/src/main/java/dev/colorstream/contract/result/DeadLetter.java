package dev.colorstream.contract.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.PlainText;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Why a record became a dead letter. The letter itself is the original record, key, value and headers as they were, with
 * this in further headers.
 *
 * @param requestId of the failed result that tells of the same failure
 * @param reason why
 * @param stage where
 * @param attempts how often it was delivered, from 1 on
 * @param detail what is wrong and the mend, one line of at most 1,000 characters
 * @param topic the topic where the original record lies
 * @param partition its partition
 * @param offset its offset
 */
public record DeadLetter(
        RequestId requestId,
        FailureReason reason,
        Stage stage,
        int attempts,
        String detail,
        String topic,
        int partition,
        long offset) {
    /** The most bytes that a dead letter may have; its producer's {@code max.request.size} must allow them. */
    public static final int MAX_RECORD_BYTES = 4 << 20;

    private static final String PREFIX = "colorstream-";
    private static final int MAX_DETAIL = 1000;

    public DeadLetter {
        detail = PlainText.clean(detail, MAX_DETAIL);
    }

    /** Says of the original record why it became a dead letter. */
    public static DeadLetter of(
            ConsumerRecord<?, ?> original,
            RequestId requestId,
            FailureReason reason,
            Stage stage,
            int attempts,
            String detail) {
        return new DeadLetter(
                requestId, reason, stage, attempts, detail, original.topic(), original.partition(), original.offset());
    }

    /**
     * The letter: the original record, with this in further headers. Headers of an earlier death give way.
     *
     * @param deadLetterTopic where it shall lie
     */
    public ProducerRecord<byte[], byte[]> write(
            String deadLetterTopic, ConsumerRecord<byte @Nullable [], byte @Nullable []> original) {
        ProducerRecord<byte[], byte[]> letter = withOriginal(deadLetterTopic, original);
        Map<String, String> told = new TreeMap<>();
        told.put("request-id", requestId.value());
        told.put("reason", reason.wireName());
        told.put("stage", stage.wireName());
        told.put("attempts", Integer.toString(attempts));
        told.put("detail", detail);
        told.put("topic", topic);
        told.put("partition", Integer.toString(partition));
        told.put("offset", Long.toString(offset));
        told.forEach((name, value) -> letter.headers().add(PREFIX + name, value.getBytes(UTF_8)));
        return letter;
    }

    /** What the letter's headers say; empty for a record that is no dead letter. */
    public static Optional<DeadLetter> read(ConsumerRecord<?, ?> letter) {
        Headers headers = letter.headers();
        try {
            return Optional.of(new DeadLetter(
                    new RequestId(text(headers, "request-id")),
                    FailureReason.ofWireName(text(headers, "reason")).orElse(FailureReason.OTHER),
                    Stage.ofWireName(text(headers, "stage")).orElse(Stage.CONSUMER),
                    Integer.parseInt(text(headers, "attempts")),
                    text(headers, "detail"),
                    text(headers, "topic"),
                    Integer.parseInt(text(headers, "partition")),
                    Long.parseLong(text(headers, "offset"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The original record again, to be put on that topic: the letter without what {@link #write} added. */
    public static ProducerRecord<byte[], byte[]> original(
            String topic, ConsumerRecord<byte @Nullable [], byte @Nullable []> letter) {
        return withOriginal(topic, letter);
    }

    @SuppressWarnings("NullAway") // A record's key and value may be null, and must stay so.
    private static ProducerRecord<byte[], byte[]> withOriginal(
            String topic, ConsumerRecord<byte @Nullable [], byte @Nullable []> source) {
        ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(topic, source.key(), source.value());
        for (Header header : source.headers()) {
            if (!header.key().startsWith(PREFIX)) {
                copy.headers().add(header);
            }
        }
        return copy;
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(PREFIX + name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("header " + PREFIX + name + " is missing");
        }
        return new String(header.value(), UTF_8);
    }
}
