package dev.colorstream.contract.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.json.JsonObject;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Writes requests as CloudEvents 1.0 in Kafka's binary mode: attributes in headers, our JSON in the value. */
public final class RequestWriter {
    /** The {@code ce_type} of our requests. */
    public static final String EVENT_TYPE = "dev.colorstream.colorize.requested";

    private final String eventSource;

    /** @param eventSource who writes: a URI reference, the {@code ce_source} of every record */
    public RequestWriter(String eventSource) {
        this.eventSource = eventSource;
    }

    /** The record that asks for it, keyed by the request id. */
    public ProducerRecord<byte[], byte[]> write(String topic, ColorizeRequest request) {
        byte[] key = request.id().value().getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> producerRecord =
                new ProducerRecord<>(topic, key, JsonObject.write(json(request)));
        Headers headers = producerRecord.headers();
        headers.add("ce_specversion", "1.0".getBytes(UTF_8));
        headers.add("ce_id", key);
        headers.add("ce_source", eventSource.getBytes(UTF_8));
        headers.add("ce_type", EVENT_TYPE.getBytes(UTF_8));
        headers.add("ce_time", request.submittedAt().toString().getBytes(UTF_8));
        headers.add("content-type", "application/json".getBytes(UTF_8));
        return producerRecord;
    }

    private static ObjectNode json(ColorizeRequest request) {
        ObjectNode json = JsonObject.create();
        json.put("requestId", request.id().value());
        request.job().ifPresent(job -> json.put("jobId", job.value()));
        json.putObject("source")
                .put("bucket", request.source().bucket())
                .put("key", request.source().key());
        ObjectNode options = json.putObject("options");
        RequestOptions wished = request.options();
        wished.modelVersion().ifPresent(v -> options.put("modelVersion", v.value()));
        wished.channel().ifPresent(c -> options.put("channel", c.wireName()));
        wished.temperature().ifPresent(t -> options.put("temperature", t));
        wished.saturation().ifPresent(s -> options.put("saturation", s));
        wished.format().ifPresent(f -> options.put("format", f.wireName()));
        wished.quality().ifPresent(q -> options.put("quality", q));
        wished.maxPixels().ifPresent(p -> options.put("maxPixels", p));
        json.put("submittedAt", request.submittedAt().toString());
        return json;
    }
}
