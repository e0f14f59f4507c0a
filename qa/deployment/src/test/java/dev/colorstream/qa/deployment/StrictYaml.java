package dev.colorstream.qa.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** YAML that is taken only where every key is known, given once, and of its field's type. */
final class StrictYaml {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new NoOtherFields())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // The server refuses a number where it wants a string: env values above all.
            .withCoercionConfig(LogicalType.Textual, config -> {
                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
            .build();

    private static final String MERGE = "<<";

    private StrictYaml() {}

    /** The model's own catch-all for fields that it does not know is switched off, so that they are errors. */
    @SuppressWarnings("serial") // Jackson's base class is Serializable; nobody serializes this.
    private static final class NoOtherFields extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasAnySetter(MapperConfig<?> config, Annotated member) {
            return false;
        }
    }

    /**
     * The documents of a file as maps and lists.
     *
     * @throws WrongFileException where it is no YAML, or a key is given twice
     */
    static List<Object> documents(Path file) {
        try {
            List<Object> documents = new ArrayList<>();
            Load load =
                    new Load(LoadSettings.builder().setLabel(file.toString()).build());
            for (Object document : load.loadAllFromString(Files.readString(file))) {
                documents.add(merged(document));
            }
            return documents;
        } catch (IOException | YamlEngineException e) {
            throw new WrongFileException(file, e);
        }
    }

    /**
     * A document as an object of this type.
     *
     * @throws WrongFileException naming the field that is unknown or of another type
     */
    static <T> T bind(Path file, Object document, Class<T> type) {
        try {
            return MAPPER.convertValue(document, type);
        } catch (JacksonException e) {
            throw new WrongFileException(file, e);
        }
    }

    /** With YAML's merge keys carried out, which the parser leaves as they are. */
    private static @Nullable Object merged(@Nullable Object node) {
        if (node instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(element -> all.add(merged(element)));
            return all;
        }
        if (!(node instanceof Map<?, ?> map)) {
            return node;
        }
        Map<Object, @Nullable Object> all = new LinkedHashMap<>();
        if (merged(map.get(MERGE)) instanceof Map<?, ?> merge) {
            all.putAll(merge);
        }
        map.forEach((key, value) -> {
            if (!MERGE.equals(key)) {
                all.put(key, merged(value));
            }
        });
        return all;
    }

    /** A file does not hold what it should. */
    static final class WrongFileException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongFileException(Path file, Exception cause) {
            super(file + ": " + cause.getMessage(), cause);
        }

        WrongFileException(Path file, String problem) {
            super(file + ": " + problem);
        }
    }
}
