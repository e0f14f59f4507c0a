package dev.colorstream.contract.request;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.json.MalformedJsonException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The event that S3 stores send when an object was created; read leniently, because stores differ and grow. */
final class S3Event {
    private S3Event() {}

    private static final String RECORDS = "Records";
    private static final String DETAIL_TYPE = "detail-type";

    /** The stores that send keys as they are; all others URL-encode them, as AWS does. */
    private static final Set<String> PLAIN_KEYS = Set.of("ceph:s3");

    /** Whether it is an event: a list of records, one of AWS's EventBridge, or AWS's test of a new notification. */
    static boolean isEvent(JsonObject json) {
        return json.has(RECORDS) || isOfEventBridge(json) || isTest(json);
    }

    private static boolean isOfEventBridge(JsonObject json) {
        return json.has(DETAIL_TYPE) && json.has("detail");
    }

    private static boolean isTest(JsonObject json) {
        return json.has("Event") && json.text("Event").equals("s3:TestEvent");
    }

    /**
     * A request for each object that the event says was created.
     *
     * @param parent the id of the event itself, if it has one: its only object takes it, several take children of it
     */
    static List<ColorizeRequest> requests(JsonObject json, Optional<RequestId> parent, Instant received) {
        if (isOfEventBridge(json)) {
            return ofEventBridge(json, parent, received).stream().toList();
        }
        if (!json.has(RECORDS)) {
            return List.of();
        }
        List<JsonObject> told = json.objects(RECORDS);
        List<ColorizeRequest> requests = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            JsonObject one = told.get(i);
            if (isCreation(one.text("eventName"))) {
                String place = Integer.toString(i);
                Optional<RequestId> id =
                        told.size() == 1 ? parent : parent.map(p -> RequestId.hashOf("s3-event", p.value(), place));
                ofRecord(one, id, received).ifPresent(requests::add);
            }
        }
        return requests;
    }

    private static Optional<ColorizeRequest> ofRecord(JsonObject told, Optional<RequestId> id, Instant received) {
        JsonObject s3 = told.object("s3");
        JsonObject object = s3.object("object");
        boolean plain =
                told.optionalText("eventSource").filter(PLAIN_KEYS::contains).isPresent();
        return request(
                s3.object("bucket").text("name"),
                plain ? object.text("key") : decoded(object),
                object,
                id,
                told.optionalTime("eventTime"),
                received);
    }

    /** AWS sends these with the key as it is. */
    private static Optional<ColorizeRequest> ofEventBridge(JsonObject json, Optional<RequestId> id, Instant received) {
        if (!json.text(DETAIL_TYPE).equals("Object Created")) {
            return Optional.empty();
        }
        JsonObject detail = json.object("detail");
        JsonObject object = detail.object("object");
        return request(
                detail.object("bucket").text("name"),
                object.text("key"),
                object,
                id,
                json.optionalTime("time"),
                received);
    }

    private static boolean isCreation(String eventName) {
        // AWS writes ObjectCreated:Put, MinIO s3:ObjectCreated:Put.
        String name = eventName.startsWith("s3:") ? eventName.substring("s3:".length()) : eventName;
        return name.startsWith("ObjectCreated:");
    }

    private static Optional<ColorizeRequest> request(
            String bucket,
            String key,
            JsonObject object,
            Optional<RequestId> id,
            Optional<Instant> time,
            Instant received) {
        ObjectAddress source = RequestReader.address(bucket, key, object.pathOf("key"));
        if (key.endsWith("/") && object.optionalInteger("size").orElse(0L) == 0) {
            // The mark that consoles leave for a folder.
            return Optional.empty();
        }
        return Optional.of(new ColorizeRequest(
                id.orElseGet(() -> hash(source, object, time)),
                Optional.empty(),
                source,
                RequestOptions.NONE,
                time.orElse(received)));
    }

    private static RequestId hash(ObjectAddress source, JsonObject object, Optional<Instant> time) {
        Optional<String> eTag = object.optionalText("eTag").or(() -> object.optionalText("etag"));
        Optional<String> sequencer = object.optionalText("sequencer");
        if (eTag.isEmpty() && sequencer.isEmpty()) {
            // A store that sends neither: the time alone tells two uploads under one key apart.
            return RequestId.hashOf(
                    "s3",
                    source.bucket(),
                    source.key(),
                    time.map(Instant::toString).orElse(""));
        }
        return RequestId.hashOf("s3", source.bucket(), source.key(), eTag.orElse(""), sequencer.orElse(""));
    }

    private static String decoded(JsonObject object) {
        try {
            return URLDecoder.decode(object.text("key"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException(
                    "'" + object.pathOf("key") + "' is not URL-encoded as S3 events are: " + e.getMessage(), e);
        }
    }
}
