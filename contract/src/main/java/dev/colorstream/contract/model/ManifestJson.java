package dev.colorstream.contract.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.model.ModelManifest.Environment;
import dev.colorstream.contract.model.ModelManifest.Training;
import java.util.Map;
import java.util.TreeMap;

/** Manifests as JSON files. Readers pass over fields that they do not know. */
public final class ManifestJson {
    private ManifestJson() {}

    /** The manifest as UTF-8 JSON, in lines; the same manifest gives the same bytes. */
    public static byte[] write(ModelManifest manifest) {
        ObjectNode json = JsonObject.create();
        json.put("format", ModelManifest.FORMAT);
        json.put("version", manifest.version().value());
        json.put("architecture", manifest.architecture());
        json.put("inputSize", manifest.inputSize());
        json.put("prediction", manifest.prediction().wireName());
        json.put("bins", manifest.bins());
        putAll(json.putObject("files"), manifest.files());
        Training training = manifest.training();
        ObjectNode trained = json.putObject("training");
        trained.put("dataFingerprint", training.dataFingerprint());
        putAll(trained.putObject("hyperparameters"), training.hyperparameters());
        trained.put("seed", training.seed());
        training.parent().ifPresent(parent -> trained.put("parent", parent.value()));
        trained.put("gitCommit", training.gitCommit());
        json.putObject("environment")
                .put("java", manifest.environment().java())
                .put("os", manifest.environment().os())
                .put("cpu", manifest.environment().cpu());
        ObjectNode metrics = json.putObject("metrics");
        new TreeMap<>(manifest.metrics()).forEach(metrics::put);
        json.put("createdAt", manifest.createdAt().toString());
        return JsonObject.writePretty(json);
    }

    /**
     * The manifest that the JSON tells.
     *
     * @throws MalformedManifestException when it tells none
     * @throws NewerManifestException when its form is newer than this reader
     */
    public static ModelManifest read(byte[] value) {
        try {
            return read(JsonObject.parse(value));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw new MalformedManifestException("the manifest cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The manifest with one more file; what else it tells stays, fields that this reader does not know among it.
     *
     * @throws MalformedManifestException when the bytes or the name and hash tell none
     * @throws NewerManifestException when its form is newer than this reader
     */
    public static byte[] withFile(byte[] manifest, String name, String sha256) {
        Map<String, String> files = new TreeMap<>(read(manifest).files());
        files.put(name, sha256);
        ObjectNode json = JsonObject.parse(manifest).copy();
        putAll(json.putObject("files"), files);
        byte[] changed = JsonObject.writePretty(json);
        read(changed);
        return changed;
    }

    private static ModelManifest read(JsonObject json) {
        long format = json.integer("format");
        if (format > ModelManifest.FORMAT) {
            throw new NewerManifestException("the manifest has format " + format + ", this version reads up to "
                    + ModelManifest.FORMAT + ": update Colorstream");
        }
        JsonObject training = json.object("training");
        JsonObject environment = json.object("environment");
        return new ModelManifest(
                json.parsed("version", ModelVersionId::new),
                json.text("architecture"),
                Math.toIntExact(bounded(json.integer("inputSize"))),
                json.parsed("prediction", PredictionKind::parse),
                Math.toIntExact(bounded(json.integer("bins"))),
                json.object("files").texts(),
                new Training(
                        training.text("dataFingerprint"),
                        training.object("hyperparameters").texts(),
                        training.integer("seed"),
                        training.optionalParsed("parent", ModelVersionId::new),
                        training.text("gitCommit")),
                new Environment(environment.text("java"), environment.text("os"), environment.text("cpu")),
                json.object("metrics").numbers(),
                json.time("createdAt"));
    }

    private static long bounded(long value) {
        return Math.max(-1, Math.min(value, Integer.MAX_VALUE));
    }

    private static void putAll(ObjectNode json, Map<String, String> texts) {
        new TreeMap<>(texts).forEach(json::put);
    }
}
