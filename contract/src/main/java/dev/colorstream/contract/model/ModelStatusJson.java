package dev.colorstream.contract.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.model.ModelStatus.Refused;
import dev.colorstream.contract.model.ModelStatus.Retired;
import dev.colorstream.contract.model.ModelStatus.Serving;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Statuses as JSON records, keyed by worker and version. Readers pass over fields and reasons that they do not know. */
public final class ModelStatusJson {
    private static final String SERVING = "serving";
    private static final String RETIRED = "retired";
    private static final String REFUSED = "refused";

    private ModelStatusJson() {}

    /** The record that tells it. */
    public static ProducerRecord<byte[], byte[]> write(String topic, ModelStatus status) {
        // No version holds a number sign, so that the last one parts the key.
        String key = status.worker() + "#" + status.version();
        return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), toJson(status));
    }

    /** The status as UTF-8 JSON. */
    public static byte[] toJson(ModelStatus status) {
        ObjectNode json = JsonObject.create();
        json.put("worker", status.worker());
        json.put("version", status.version().value());
        if (status instanceof Serving) {
            json.put("status", SERVING);
        } else if (status instanceof Retired) {
            json.put("status", RETIRED);
        } else if (status instanceof Refused refused) {
            json.put("status", REFUSED);
            json.put("reason", refused.reason().wireName());
            json.put("detail", refused.detail());
        }
        json.put("since", status.since().toString());
        return JsonObject.write(json);
    }

    /**
     * The status that the JSON tells.
     *
     * @throws MalformedJsonException when it tells none
     */
    public static ModelStatus read(byte[] value) {
        JsonObject json = JsonObject.parse(value);
        String worker = json.text("worker");
        ModelVersionId version = json.parsed("version", ModelVersionId::new);
        Instant since = json.time("since");
        String status = json.text("status");
        return switch (status) {
            case SERVING -> new Serving(worker, version, since);
            case RETIRED -> new Retired(worker, version, since);
            case REFUSED ->
                new Refused(
                        worker,
                        version,
                        RefusalReason.ofWireName(json.text("reason")).orElse(RefusalReason.OTHER),
                        json.text("detail"),
                        since);
            default ->
                throw new MalformedJsonException(
                        "'status' is " + status + ": known are " + SERVING + ", " + RETIRED + " and " + REFUSED);
        };
    }
}
