package dev.colorstream.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/** The OpenAPI document, which answers must fit: as told, and with no field more. */
final class ApiDescription {
    private static final String API = "/api/";
    private static final String JSON = "application/json";
    private static final String FIELDS = "properties";

    private final JsonNode document;

    ApiDescription() {
        try (InputStream json = Dashboard.class.getResourceAsStream("openapi.json")) {
            document = new ObjectMapper().readTree(Objects.requireNonNull(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document.findParents(FIELDS).forEach(schema -> {
            if (schema instanceof ObjectNode object && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
        });
    }

    /** Makes sure that it describes the answer; answers of the page itself are no part of it. */
    void check(String method, HttpResponse<byte[]> answer) {
        String path = answer.uri().getPath();
        if (!path.startsWith(API)) {
            return;
        }
        JsonNode content = responses(method, path, answer.statusCode()).path("content");
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode told = content.has(type) ? content.path(type) : content.path(type.replaceAll("/.*", "/*"));
        assertThat(told.isMissingNode())
                .as("%s %s: is '%s' among %s", method, path, type, content)
                .isFalse();
        if (type.equals(JSON) && told.path("schema") instanceof ObjectNode schema) {
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(complete(schema), InputFormat.JSON)
                            .validate(body, InputFormat.JSON))
                    .as("%s %s: %s", method, path, body)
                    .isEmpty();
        }
    }

    /** The schema together with those that it refers to. */
    private String complete(ObjectNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return whole.toString();
    }

    private JsonNode responses(String method, String path, int status) {
        JsonNode responses = document.path("paths").properties().stream()
                .filter(described -> fits(described.getKey(), path))
                .findFirst()
                .map(described -> described
                        .getValue()
                        .path(method.toLowerCase(Locale.ROOT))
                        .path("responses"))
                .orElseThrow(() -> new AssertionError(path + " is not described"));
        String code = Integer.toString(status);
        return responses.has(code) ? responses.path(code) : responses.path("default");
    }

    private static boolean fits(String template, String path) {
        String[] wanted = template.split("/", -1);
        String[] given = path.split("/", -1);
        return wanted.length == given.length
                && IntStream.range(0, wanted.length)
                        .allMatch(i -> wanted[i].startsWith("{") || wanted[i].equals(given[i]));
    }
}
