package dev.colorstream.qa.deployment;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A schema of the fields that this project uses of a foreign format, for formats that no library knows strictly. */
enum Schema {
    /** Of docker-compose.yml. */
    COMPOSE("compose"),
    /** Of KEDA's and Strimzi's resources. */
    CUSTOM_RESOURCES("custom-resources"),
    /** Of the rules by which a bucket deletes what is old. */
    LIFECYCLE("lifecycle");

    private final String name;

    Schema(String name) {
        this.name = name;
    }

    /** What does not fit, a line each. */
    List<String> problems(JsonNode document) {
        try (InputStream schema = Schema.class.getResourceAsStream(name + ".schema.json")) {
            String rules = new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(rules, InputFormat.JSON)
                    .validate(document)
                    .stream()
                    .map(Error::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
