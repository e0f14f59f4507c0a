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

/** The event that S3 stores send when an object was created; read leniently, because stores differ and grow. */
final class S3Event {
    private S3Event() {}

    /** Whether it is what AWS sends once when a notification is set up; it tells of no object. */
    static boolean isTest(JsonObject json) {
        return json.has("Event") && json.text("Event").equals("s3:TestEvent");
    }

    /**
     * A request for each object that the event says was created.
     *
     * @param parent the id of the event itself, if it has one: its only object takes it, several take children of it
     */
    static List<ColorizeRequest> requests(JsonObject json, Optional<RequestId> parent, Instant received) {
        if (!json.has("Records")) {
            return List.of();
        }
        List<JsonObject> told = json.objects("Records");
        List<ColorizeRequest> requests = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            JsonObject one = told.get(i);
            if (isCreation(one.text("eventName"))) {
                String place = Integer.toString(i);
                Optional<RequestId> id =
                        told.size() == 1 ? parent : parent.map(p -> RequestId.hashOf("s3-event", p.value(), place));
                request(one, id, received).ifPresent(requests::add);
            }
        }
        return requests;
    }

    private static boolean isCreation(String eventName) {
        // AWS writes ObjectCreated:Put, MinIO s3:ObjectCreated:Put.
        String name = eventName.startsWith("s3:") ? eventName.substring("s3:".length()) : eventName;
        return name.startsWith("ObjectCreated:");
    }

    private static Optional<ColorizeRequest> request(JsonObject told, Optional<RequestId> id, Instant received) {
        JsonObject s3 = told.object("s3");
        JsonObject object = s3.object("object");
        ObjectAddress source =
                RequestReader.address(s3.object("bucket").text("name"), decoded(object), object.pathOf("key"));
        long size = object.optionalInteger("size").orElse(0L);
        if (source.key().endsWith("/") && size == 0) {
            // The mark that consoles leave for a folder.
            return Optional.empty();
        }
        Optional<Instant> time = told.optionalTime("eventTime");
        return Optional.of(new ColorizeRequest(
                id.orElseGet(() -> hash(source, object, time)),
                Optional.empty(),
                source,
                RequestOptions.NONE,
                time.orElse(received)));
    }

    private static RequestId hash(ObjectAddress source, JsonObject object, Optional<Instant> time) {
        Optional<String> eTag = object.optionalText("eTag");
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
