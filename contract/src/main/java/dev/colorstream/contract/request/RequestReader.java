package dev.colorstream.contract.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.PlainText;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.request.RequestReading.Requests;
import dev.colorstream.contract.request.RequestReading.Unreadable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of the requests topic, in whichever accepted form they come.
 *
 * <p>A record with CloudEvents headers (binary mode) takes its request id from {@code ce_id}. The value is then, in this
 * order: the S3 event of a bucket notification, JSON with {@code Records} or that of AWS's EventBridge; our JSON; or text, {@code s3://bucket/key} or a
 * key in the bucket {@code uploads}. Our JSON is read strictly: a misspelled option must not be ignored.
 */
public final class RequestReader {
    /** Values with more bytes than this are not read. */
    public static final int MAX_VALUE_BYTES = 1 << 20;

    /** The longest key that S3 stores know, in bytes of UTF-8. */
    private static final int MAX_KEY_BYTES = 1024;

    private static final Pattern URI = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
    private static final Set<String> REQUEST_FIELDS = Set.of("requestId", "jobId", "source", "options", "submittedAt");
    private static final Set<String> SOURCE_FIELDS = Set.of("bucket", "key");
    private static final Set<String> OPTION_FIELDS =
            Set.of("modelVersion", "channel", "temperature", "saturation", "format", "quality", "maxPixels");

    /** What the record asks for, or why it cannot be read; never throws for anything that a record may hold. */
    public RequestReading read(ConsumerRecord<?, byte[]> message) {
        try {
            return new Requests(requests(message, text(message.value())));
        } catch (MalformedJsonException e) {
            Optional<RequestId> id = named(message, "requestId", RequestId::new)
                    .or(() -> readable(() -> header(message, "ce_id").map(RequestId::new)));
            return new Unreadable(
                    id.orElseGet(() -> idOfRecord(message)),
                    named(message, "jobId", JobId::new),
                    FailureReason.UNREADABLE_REQUEST,
                    String.valueOf(e.getMessage()));
        }
    }

    /** A name that a record has in a field of its JSON, whatever else is wrong with it. */
    private static <T> Optional<T> named(ConsumerRecord<?, byte[]> message, String field, Function<String, T> name) {
        return readable(() -> {
            String text = text(message.value());
            return text.startsWith("{") ? JsonObject.parse(text).optionalParsed(field, name) : Optional.empty();
        });
    }

    private static <T> Optional<T> readable(Supplier<Optional<T>> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private static RequestId idOfRecord(ConsumerRecord<?, byte[]> message) {
        return RequestId.ofRecord(message.topic(), message.partition(), message.offset());
    }

    private static List<ColorizeRequest> requests(ConsumerRecord<?, byte[]> message, String text) {
        Optional<Event> event = event(message);
        if (!text.startsWith("{")) {
            refuseOtherJson(text);
            RequestId id = event.map(Event::id).orElseGet(() -> idOfRecord(message));
            return List.of(new ColorizeRequest(
                    id, Optional.empty(), addressInText(text), RequestOptions.NONE, submittedAt(message, event)));
        }
        JsonObject json = JsonObject.parse(text);
        if (S3Event.isEvent(json)) {
            return S3Event.requests(json, event.map(Event::id), submittedAt(message, event));
        }
        return List.of(ourRequest(json, event, submittedAt(message, event)));
    }

    private static String text(byte @Nullable [] value) {
        if (value == null) {
            throw new MalformedJsonException("the record has no value: write a request into it");
        }
        if (value.length > MAX_VALUE_BYTES) {
            throw new MalformedJsonException("the value has " + value.length + " bytes, at most " + MAX_VALUE_BYTES
                    + " are read: send the photo's key, not the photo");
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            // A byte order mark is no part of any form.
            String stripped = (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
            if (stripped.isEmpty()) {
                throw new MalformedJsonException("the value is blank: write a request into it");
            }
            return stripped;
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("the value is not UTF-8: send the photo's key, not the photo", e);
        }
    }

    private static Optional<Event> event(ConsumerRecord<?, byte[]> message) {
        Optional<String> contentType = header(message, "content-type");
        if (contentType.map(t -> t.toLowerCase(Locale.ROOT).strip()).orElse("").startsWith("application/cloudevents")) {
            throw new MalformedJsonException(
                    "header 'content-type' says structured CloudEvents: send the binary mode, attributes in ce_ headers");
        }
        boolean anyAttribute = false;
        for (Header header : message.headers()) {
            anyAttribute |= header.key().startsWith("ce_");
        }
        if (!anyAttribute) {
            return Optional.empty();
        }
        String specVersion = attribute(message, "ce_specversion");
        if (!specVersion.equals("1.0")) {
            throw new MalformedJsonException("header 'ce_specversion' is " + specVersion + ": send CloudEvents 1.0");
        }
        attribute(message, "ce_source");
        attribute(message, "ce_type");
        Optional<Instant> time = header(message, "ce_time")
                .map(t -> JsonObject.parseTime(t)
                        .orElseThrow(() -> new MalformedJsonException("header 'ce_time' is " + t
                                + ": write a time of the years 1970 to 9999 like 2026-01-31T12:00:00Z")));
        try {
            return Optional.of(new Event(new RequestId(attribute(message, "ce_id")), time));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("header 'ce_id': " + e.getMessage(), e);
        }
    }

    private static String attribute(ConsumerRecord<?, byte[]> message, String name) {
        return header(message, name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new MalformedJsonException(
                        "header '" + name + "' is missing or blank: CloudEvents 1.0 asks for it"));
    }

    private static Optional<String> header(ConsumerRecord<?, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(header.value())).toString());
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("header '" + name + "' is not UTF-8: write it as UTF-8 text", e);
        }
    }

    private static Instant submittedAt(ConsumerRecord<?, byte[]> message, Optional<Event> event) {
        // Producers may leave the timestamp out: -1.
        return event.flatMap(Event::time).orElseGet(() -> Instant.ofEpochMilli(Math.max(0, message.timestamp())));
    }

    private static ColorizeRequest ourRequest(JsonObject json, Optional<Event> event, Instant received) {
        json.allowOnly(REQUEST_FIELDS);
        Optional<RequestId> named = json.optionalParsed("requestId", RequestId::new);
        if (named.isPresent()
                && event.isPresent()
                && !named.orElseThrow().equals(event.orElseThrow().id())) {
            throw new MalformedJsonException("'requestId' and header 'ce_id' differ: leave one out or make them equal");
        }
        RequestId id = named.or(() -> event.map(Event::id))
                .orElseThrow(() -> new MalformedJsonException(
                        "'requestId' is missing: name the request, or send the header 'ce_id'"));
        JsonObject source = json.object("source");
        source.allowOnly(SOURCE_FIELDS);
        return new ColorizeRequest(
                id,
                json.optionalParsed("jobId", JobId::new),
                address(source.text("bucket"), source.text("key"), source.pathOf("key")),
                json.optionalObject("options").map(RequestReader::options).orElse(RequestOptions.NONE),
                json.optionalTime("submittedAt").orElse(received));
    }

    private static RequestOptions options(JsonObject json) {
        json.allowOnly(OPTION_FIELDS);
        try {
            return new RequestOptions(
                    json.optionalParsed("modelVersion", ModelVersionId::new),
                    json.optionalParsed("channel", Channel::parse),
                    json.optionalNumber("temperature"),
                    json.optionalNumber("saturation"),
                    json.optionalParsed("format", OutputFormat::parse),
                    // Clamped so that no number that int cannot hold becomes an allowed one.
                    json.optionalInteger("quality").map(q -> (int) Math.max(-1, Math.min(q, 101))),
                    json.optionalInteger("maxPixels"));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("'options': " + e.getMessage(), e);
        }
    }

    private static void refuseOtherJson(String text) {
        // A key may begin like JSON: only what is JSON to its end was meant as JSON.
        if (text.startsWith("[") || text.startsWith("\"")) {
            if (JsonObject.isJson(text)) {
                throw new MalformedJsonException(
                        "the value is JSON but no object: write { ... }, or a bare key without quotes");
            }
        }
    }

    private static ObjectAddress addressInText(String text) {
        Matcher uri = URI.matcher(text);
        if (!uri.matches()) {
            return address(Buckets.UPLOADS, text, "the text");
        }
        String rest = uri.group(2);
        int slash = rest.indexOf('/');
        if (!uri.group(1).equalsIgnoreCase("s3") || slash < 0) {
            throw new MalformedJsonException(
                    "the text '" + text + "' is no address: write s3://bucket/key or a key in " + Buckets.UPLOADS);
        }
        return address(rest.substring(0, slash), rest.substring(slash + 1), "the text");
    }

    /** The address, for whatever stores can hold under it. */
    static ObjectAddress address(String bucket, String key, String place) {
        if (bucket.isBlank() || key.isBlank()) {
            throw new MalformedJsonException("'" + place + "': bucket or key is blank: name both");
        }
        if (!PlainText.isPlain(bucket) || !PlainText.isPlain(key)) {
            throw new MalformedJsonException(
                    "'" + place + "': bucket or key holds control characters: one object a request, on one line");
        }
        if (bucket.indexOf('/') >= 0) {
            throw new MalformedJsonException(
                    "'" + place + "': the bucket '" + bucket + "' holds a slash: name the bucket alone");
        }
        int bytes = key.getBytes(UTF_8).length;
        if (bytes > MAX_KEY_BYTES) {
            throw new MalformedJsonException(
                    "'" + place + "': the key has " + bytes + " bytes, stores hold at most " + MAX_KEY_BYTES);
        }
        return new ObjectAddress(bucket, key);
    }

    private record Event(RequestId id, Optional<Instant> time) {}
}
