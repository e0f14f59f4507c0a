package dev.colorstream.qa.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The repository under test. */
final class Repository {
    static final Path ROOT = Path.of(Objects.requireNonNull(
            System.getProperty("colorstream.root"), "run these tests with Maven, which sets colorstream.root"));
    static final Path SAMPLES = ROOT.resolve("samples");

    private static final List<String> MODULES = List.of(
            "colorizer",
            "contract",
            "storage",
            "connection",
            "worker",
            "trainer",
            "producer-tools",
            "dashboard",
            "local/child-jvm",
            "local/embedded-kafka",
            "local/embedded-s3",
            "local/launcher");

    private Repository() {}

    /** The folders with the compiled classes of every module of the product. */
    static List<Path> classFolders() {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve("target/classes"))
                .toList();
    }

    /** The folder of the shipped model version that comes last. */
    static Path shippedModel() {
        try (var versions = Files.list(ROOT.resolve("models"))) {
            return versions.filter(version -> Files.exists(version.resolve("manifest.json")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sample photos, in the order of their names. */
    static List<Path> samples() {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
