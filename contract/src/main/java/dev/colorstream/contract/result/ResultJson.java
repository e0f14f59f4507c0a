package dev.colorstream.contract.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Results as JSON records, keyed by request id. Readers pass over fields, stages and reasons that they do not know. */
public final class ResultJson {
    private static final String COLORED = "colored";
    private static final String FAILED = "failed";

    private ResultJson() {}

    /** The record that tells it. */
    public static ProducerRecord<byte[], byte[]> write(String topic, ColorizeResult result) {
        return new ProducerRecord<>(topic, result.requestId().value().getBytes(StandardCharsets.UTF_8), toJson(result));
    }

    /** The result as UTF-8 JSON. */
    public static byte[] toJson(ColorizeResult result) {
        ObjectNode json = JsonObject.create();
        json.put("requestId", result.requestId().value());
        result.jobId().ifPresent(job -> json.put("jobId", job.value()));
        if (result instanceof Colored colored) {
            json.put("outcome", COLORED);
            json.set("source", address(colored.source()));
            ColorObject object = colored.object();
            json.set(
                    "object",
                    address(object.address())
                            .put("contentType", object.contentType())
                            .put("width", object.width())
                            .put("height", object.height())
                            .put("sha256", object.sha256()));
            json.put("modelVersion", colored.modelVersion().value());
            colored.sourceTraits()
                    .ifPresent(traits -> json.putObject("sourceTraits")
                            .put("hadColor", traits.hadColor())
                            .put("pictures", traits.pictures()));
        } else if (result instanceof Failed failed) {
            json.put("outcome", FAILED);
            failed.source().ifPresent(source -> json.set("source", address(source)));
            json.put("reason", failed.reason().wireName());
            json.put("detail", failed.detail());
            json.put("stage", failed.stage().wireName());
        }
        json.put("worker", result.worker());
        json.put("attempt", result.attempt());
        ObjectNode milliseconds = json.putObject("milliseconds");
        for (Stage stage : Stage.values()) {
            Long spent = result.milliseconds().get(stage);
            if (spent != null) {
                milliseconds.put(stage.wireName(), spent);
            }
        }
        json.put("completedAt", result.completedAt().toString());
        return JsonObject.write(json);
    }

    /**
     * The result that the JSON tells.
     *
     * @throws MalformedJsonException when it tells none
     */
    public static ColorizeResult read(byte[] value) {
        JsonObject json = JsonObject.parse(value);
        RequestId id = json.parsed("requestId", RequestId::new);
        Optional<JobId> job = json.optionalParsed("jobId", JobId::new);
        String worker = json.text("worker");
        int attempt = wholeInt(json, "attempt");
        Map<Stage, Long> milliseconds = milliseconds(json);
        Instant completedAt = json.time("completedAt");
        String outcome = json.text("outcome");
        return switch (outcome) {
            case COLORED ->
                new Colored(
                        id,
                        job,
                        address(json.object("source")),
                        object(json.object("object")),
                        json.parsed("modelVersion", ModelVersionId::new),
                        json.optionalObject("sourceTraits")
                                .map(traits -> new SourceTraits(traits.flag("hadColor"), wholeInt(traits, "pictures"))),
                        worker,
                        attempt,
                        milliseconds,
                        completedAt);
            case FAILED ->
                new Failed(
                        id,
                        job,
                        json.optionalObject("source").map(ResultJson::address),
                        FailureReason.ofWireName(json.text("reason")).orElse(FailureReason.OTHER),
                        json.text("detail"),
                        Stage.ofWireName(json.text("stage")).orElse(Stage.CONSUMER),
                        worker,
                        attempt,
                        milliseconds,
                        completedAt);
            default ->
                throw new MalformedJsonException(
                        "'outcome' is " + outcome + ": known are " + COLORED + " and " + FAILED);
        };
    }

    private static ObjectNode address(ObjectAddress address) {
        return JsonObject.create().put("bucket", address.bucket()).put("key", address.key());
    }

    private static ObjectAddress address(JsonObject json) {
        try {
            return new ObjectAddress(json.text("bucket"), json.text("key"));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("'" + json.pathOf("key") + "': " + e.getMessage(), e);
        }
    }

    private static ColorObject object(JsonObject json) {
        try {
            return new ColorObject(
                    address(json),
                    json.text("contentType"),
                    wholeInt(json, "width"),
                    wholeInt(json, "height"),
                    json.text("sha256"));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("'object': " + e.getMessage(), e);
        }
    }

    private static int wholeInt(JsonObject json, String field) {
        long value = json.integer(field);
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw new MalformedJsonException(
                    "'" + json.pathOf(field) + "' is " + value + ": write a whole number from 1 on");
        }
        return (int) value;
    }

    private static Map<Stage, Long> milliseconds(JsonObject json) {
        Map<Stage, Long> milliseconds = new EnumMap<>(Stage.class);
        json.optionalObject("milliseconds").ifPresent(spent -> {
            for (Stage stage : Stage.values()) {
                spent.optionalInteger(stage.wireName()).ifPresent(ms -> milliseconds.put(stage, ms));
            }
        });
        return milliseconds;
    }
}
