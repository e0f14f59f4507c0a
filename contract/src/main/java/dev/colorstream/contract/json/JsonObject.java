package dev.colorstream.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was read, and the path where it stood.
 *
 * <p>A field that is {@code null} counts as absent. Every getter throws {@link MalformedJsonException} for a wrong type or
 * value, and the required ones for an absent field.
 */
public final class JsonObject {
    private static final int MAX_DEPTH = 32;
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode node;
    private final String path;

    private JsonObject(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** A new object to write into. */
    public static ObjectNode create() {
        return JSON.createObjectNode();
    }

    /** A copy to write into. */
    public ObjectNode copy() {
        return node.deepCopy();
    }

    /** The object as UTF-8 bytes. */
    public static byte[] write(ObjectNode object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values cannot fail to be written", e);
        }
    }

    /** The object as UTF-8 bytes, in lines, for people. */
    public static byte[] writePretty(ObjectNode object) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of plain values cannot fail to be written", e);
        }
    }

    /**
     * The one JSON object in the bytes.
     *
     * @throws MalformedJsonException when they are not UTF-8, not JSON, hold a field twice, go deeper than 32 levels, go on
     *     behind the object, or hold something else than an object
     */
    public static JsonObject parse(byte[] utf8) {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("the value is not UTF-8: write it as UTF-8 text", e);
        }
    }

    /** The one JSON object in the text; see {@link #parse(byte[])}. */
    public static JsonObject parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new MalformedJsonException(
                    "the value is not well-formed JSON" + place + ": " + e.getOriginalMessage(), e);
        }
        if (root instanceof ObjectNode object) {
            return new JsonObject(object, "");
        }
        throw new MalformedJsonException("the value is JSON but no object: write { ... }");
    }

    /** Whether the text is one JSON value of any kind. */
    public static boolean isJson(String text) {
        try {
            JSON.readTree(text);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** The name of the field as messages write it, from the root on. */
    public String pathOf(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /** Refuses every field that is not named here. */
    public void allowOnly(Set<String> fields) {
        node.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw new MalformedJsonException("unknown field '" + pathOf(field)
                        + "': remove it or mend its name, known are " + String.join(", ", new TreeSet<>(fields)));
            }
        });
    }

    public String text(String field) {
        return required(field, optionalText(field));
    }

    public Optional<String> optionalText(String field) {
        return optional(field, "a text", n -> n.isTextual() ? n.textValue() : null);
    }

    public JsonObject object(String field) {
        return required(field, optionalObject(field));
    }

    public Optional<JsonObject> optionalObject(String field) {
        return optional(field, "an object", n -> n instanceof ObjectNode o ? new JsonObject(o, pathOf(field)) : null);
    }

    /** The objects of an array of objects, in its order. */
    public List<JsonObject> objects(String field) {
        JsonNode array = required(field, optional(field, "an array", n -> n.isArray() ? n : null));
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : array) {
            String place = pathOf(field) + "[" + objects.size() + "]";
            if (!(element instanceof ObjectNode object)) {
                throw new MalformedJsonException("'" + place + "' is " + kind(element) + ": write an object");
            }
            objects.add(new JsonObject(object, place));
        }
        return objects;
    }

    public long integer(String field) {
        return required(field, optionalInteger(field));
    }

    public Optional<Long> optionalInteger(String field) {
        return optional(
                field, "a whole number", n -> n.isIntegralNumber() && n.canConvertToLong() ? n.longValue() : null);
    }

    public boolean flag(String field) {
        return required(
                field, optional(field, "true or false", n -> n.isBoolean() ? Boolean.valueOf(n.booleanValue()) : null));
    }

    public double number(String field) {
        return required(field, optionalNumber(field));
    }

    public Optional<Double> optionalNumber(String field) {
        return optional(
                field,
                "a finite number",
                n -> n.isNumber() && Double.isFinite(n.doubleValue()) ? n.doubleValue() : null);
    }

    public Instant time(String field) {
        return required(field, optionalTime(field));
    }

    /** A moment of the years 1970 to 9999 in UTC, told in ISO 8601 with any offset. */
    public Optional<Instant> optionalTime(String field) {
        return optional(
                field,
                "a time of the years 1970 to 9999 like 2026-01-31T12:00:00Z",
                n -> n.isTextual() ? timeOrNull(n.textValue()) : null);
    }

    /** The time that the text says in ISO 8601; empty where it says none of the years 1970 to 9999 in UTC. */
    public static Optional<Instant> parseTime(String text) {
        return Optional.ofNullable(timeOrNull(text));
    }

    /** The texts of an object whose fields are all texts, in its order. */
    public Map<String, String> texts() {
        return fields(this::text);
    }

    /** The numbers of an object whose fields are all numbers, in its order. */
    public Map<String, Double> numbers() {
        return fields(this::number);
    }

    /** What {@code value} makes of the field's text; its IllegalArgumentException becomes a complaint about the field. */
    public <T> T parsed(String field, Function<String, T> value) {
        return required(field, optionalParsed(field, value));
    }

    /** As {@link #parsed}, empty where the field is absent. */
    public <T> Optional<T> optionalParsed(String field, Function<String, T> value) {
        return optionalText(field).map(text -> named(pathOf(field), text, value));
    }

    /** What {@code value} makes of each text of an array, in its order; no array means none. */
    public <T> List<T> optionalParsedTexts(String field, Function<String, T> value) {
        List<T> values = new ArrayList<>();
        optional(field, "an array", n -> n.isArray() ? n : null).ifPresent(array -> {
            for (JsonNode element : array) {
                String place = pathOf(field) + "[" + values.size() + "]";
                if (!element.isTextual()) {
                    throw new MalformedJsonException("'" + place + "' is " + kind(element) + ": write a text");
                }
                values.add(named(place, element.textValue(), value));
            }
        });
        return values;
    }

    private static @Nullable Instant timeOrNull(String text) {
        try {
            // The offset may carry a time over the bounds of years: times are written, and read again, in UTC.
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(Instant.EPOCH) || time.isAfter(LAST_TIME) ? null : time;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static <T> T named(String place, String text, Function<String, T> value) {
        try {
            return value.apply(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("'" + place + "': " + e.getMessage(), e);
        }
    }

    private <T> Map<String, T> fields(Function<String, T> value) {
        Map<String, T> fields = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(field -> fields.put(field, value.apply(field)));
        return fields;
    }

    private <T> Optional<T> optional(String field, String wanted, Function<JsonNode, @Nullable T> value) {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode found = node.get(field);
        T converted = value.apply(found);
        if (converted == null) {
            throw new MalformedJsonException("'" + pathOf(field) + "' is " + kind(found) + ": write " + wanted);
        }
        return Optional.of(converted);
    }

    private <T> T required(String field, Optional<T> value) {
        return value.orElseThrow(
                () -> new MalformedJsonException("'" + pathOf(field) + "' is missing: the contract asks for it"));
    }

    private static String kind(JsonNode node) {
        String json = node.toString();
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> json.length() <= 60 ? json : json.substring(0, 60) + "...";
        };
    }
}
