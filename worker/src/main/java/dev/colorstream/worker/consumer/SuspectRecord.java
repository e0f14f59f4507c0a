package dev.colorstream.worker.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.contract.topic.Topics;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that was delivered several times without an end, moved to the topic of suspects: there it is the only one that a
 * worker holds, so that whatever it ends counts for no other. It is its original but for a header, {@code
 * topic/partition/offset/deliveries}, which tells where that lay and how many deliveries it has behind it.
 *
 * @param original the record as it came first
 * @param deliveries that it has behind it, without those as a suspect
 */
record SuspectRecord(ConsumerRecord<byte[], byte[]> original, int deliveries) {
    private static final String HEADER = "colorstream-suspect";
    private static final Pattern VALUE = Pattern.compile("([^/]+)/(\\d{1,9})/(\\d{1,18})/(\\d{1,4})");

    /** What a record of the topic of suspects stands for; empty for one that nobody moved there. */
    static Optional<SuspectRecord> read(ConsumerRecord<byte[], byte[]> message) {
        Header header = message.headers().lastHeader(HEADER);
        if (header == null || header.value() == null || !message.topic().equals(Topics.SUSPECTS)) {
            return Optional.empty();
        }
        Matcher value = VALUE.matcher(new String(header.value(), UTF_8));
        if (!value.matches()) {
            return Optional.empty();
        }
        RecordHeaders headers = new RecordHeaders(message.headers());
        headers.remove(HEADER);
        return Optional.of(new SuspectRecord(
                new ConsumerRecord<>(
                        value.group(1),
                        Integer.parseInt(value.group(2)),
                        Long.parseLong(value.group(3)),
                        message.timestamp(),
                        message.timestampType(),
                        message.serializedKeySize(),
                        message.serializedValueSize(),
                        message.key(),
                        message.value(),
                        headers,
                        Optional.empty()),
                Integer.parseInt(value.group(4))));
    }

    /** The record that moves it. */
    ProducerRecord<byte[], byte[]> moved() {
        RecordHeaders headers = new RecordHeaders(original.headers());
        String value = original.topic() + "/" + original.partition() + "/" + original.offset() + "/" + deliveries;
        headers.add(HEADER, value.getBytes(UTF_8));
        return new ProducerRecord<>(Topics.SUSPECTS, null, original.key(), original.value(), headers);
    }
}
