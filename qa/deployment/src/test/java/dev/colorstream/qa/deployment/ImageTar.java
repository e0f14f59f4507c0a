package dev.colorstream.qa.deployment;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;

/**
 * An image as {@code docker load} reads it.
 *
 * @param manifest names and layers
 * @param configuration what a container of it is
 * @param files of ours, below /app, by their paths
 */
record ImageTar(JsonNode manifest, JsonNode configuration, Map<String, Entry> files) {
    private static final String APP = "/app/";
    private static final int LARGEST_TEXT = 4 << 20;

    /**
     * A file in a layer.
     *
     * @param layer where its layer stands among all
     * @param text its content, where it is a small one
     */
    record Entry(int layer, long size, int mode, Instant time, Optional<String> text) {}

    /** Opens the image that the build of a module made. */
    static ImageTar ofModule(Path root, String module) {
        Path file = root.resolve(module).resolve("target/jib-image.tar");
        JsonNode manifest = json(file, "manifest.json").path(0);
        JsonNode configuration = json(file, manifest.path("Config").asString());
        Map<String, Entry> files = new TreeMap<>();
        int layer = 0;
        for (JsonNode name : manifest.path("Layers")) {
            int number = layer++;
            read(file, name.asString(), bytes -> readLayer(number, bytes, files));
        }
        return new ImageTar(manifest, configuration, files);
    }

    /** What stands in a small file. */
    String text(String path) {
        return Objects.requireNonNull(files.get(path), path).text().orElseThrow();
    }

    private interface Reader {
        void read(InputStream bytes) throws IOException;
    }

    private static JsonNode json(Path file, String name) {
        JsonNode[] read = new JsonNode[1];
        read(
                file,
                name,
                bytes ->
                        read[0] = StrictYaml.MAPPER.readTree(new String(bytes.readAllBytes(), StandardCharsets.UTF_8)));
        return read[0];
    }

    private static void read(Path file, String name, Reader reader) {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    reader.read(tar);
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(file + " holds no " + name);
    }

    private static void readLayer(int number, InputStream compressed, Map<String, Entry> files) throws IOException {
        TarArchiveInputStream layer = new TarArchiveInputStream(new GZIPInputStream(compressed));
        for (TarArchiveEntry entry = layer.getNextEntry(); entry != null; entry = layer.getNextEntry()) {
            String path = "/" + entry.getName().replaceFirst("^\\.?/", "");
            if (entry.isFile() && path.startsWith(APP)) {
                files.put(
                        path,
                        new Entry(
                                number,
                                entry.getSize(),
                                entry.getMode(),
                                entry.getLastModifiedTime().toInstant(),
                                text(entry, layer)));
            }
        }
    }

    private static Optional<String> text(TarArchiveEntry entry, InputStream bytes) throws IOException {
        boolean small = entry.getSize() <= LARGEST_TEXT && !entry.getName().endsWith(".jar");
        return small ? Optional.of(new String(bytes.readAllBytes(), StandardCharsets.UTF_8)) : Optional.empty();
    }
}
