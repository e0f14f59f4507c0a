package dev.colorstream.qa.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What lies in the images: run by the build that makes them, {@code mvn -Pimages package}. */
@EnabledIfSystemProperty(named = "colorstream.images", matches = "true", disabledReason = "mvn -Pimages makes images")
final class ImageTest {
    private static final Path ROOT = Path.of(System.getProperty("colorstream.root"));
    private static final int WRITABLE_BY_OTHERS = 0b010_010;

    @ParameterizedTest
    @ValueSource(strings = {"worker", "trainer", "producer-tools", "dashboard"})
    void shouldStartItsServiceAsNobody(String module) {
        // given
        ImageTar image = ImageTar.ofModule(ROOT, module);

        // when
        JsonNode container = image.configuration().path("config");

        // then
        assertThat(new Programs(ROOT).builtImages())
                .contains(image.manifest().path("RepoTags").path(0).asString());
        assertThat(container.path("User").asString()).isEqualTo("10001:10001");
        assertThat(words(container.path("Entrypoint"))).containsExactly("/bin/sh", "/app/start", module);
        assertThat(container.path("WorkingDir").asString()).isEqualTo("/tmp");
        assertThat(container.path("Labels").propertyNames())
                .contains(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.description",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.licenses",
                        "org.opencontainers.image.base.name");
        assertThat(image.text("/app/start")).isEqualTo(Programs.read(ROOT.resolve("etc/image/start")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "trainer", "producer-tools", "dashboard"})
    void shouldBeTheSameWheneverAndWhereverItIsBuilt(String module) {
        ImageTar image = ImageTar.ofModule(ROOT, module);

        assertThat(Instant.parse(image.configuration().path("created").asString()))
                .isEqualTo(Instant.parse("2026-11-22T00:00:00Z"));
        assertThat(image.files().values()).allSatisfy(file -> {
            assertThat(file.time()).isEqualTo(Instant.ofEpochSecond(1));
            assertThat(file.mode() & WRITABLE_BY_OTHERS).isZero();
        });
        assertThat(image.text("/app/sbom/bom.json")).doesNotContain("serialNumber", ROOT.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "trainer", "producer-tools", "dashboard"})
    void shouldNameAllItsLibrariesInItsBillOfMaterials(String module) {
        // given
        ImageTar image = ImageTar.ofModule(ROOT, module);
        Set<String> named = Stream.of(StrictYaml.MAPPER
                        .readTree(image.text("/app/sbom/bom.json"))
                        .path("components"))
                .flatMap(components -> components.valueStream())
                .map(component -> component.path("name").asString() + "-"
                        + component.path("version").asString())
                .collect(Collectors.toSet());

        // when
        List<String> jars = image.files().keySet().stream()
                .filter(path -> path.startsWith("/app/libs/"))
                .map(path -> path.substring("/app/libs/".length()).replaceFirst("\\.jar$", ""))
                .toList();

        // then
        assertThat(jars).hasSizeGreaterThan(10);
        assertThat(jars).allSatisfy(jar -> assertThat(named).anyMatch(jar::startsWith));
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "trainer"})
    void shouldHoldTheNetworksLibrariesOnceAndUnpacked(String module) {
        ImageTar image = ImageTar.ofModule(ROOT, module);
        String nd4j = "/app/natives/org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn-";

        assertThat(image.files())
                .containsKeys(
                        nd4j + "avx2/libnd4jcpu.so",
                        nd4j + "avx512/libnd4jcpu.so",
                        "/app/natives/org/bytedeco/openblas/linux-x86_64/libopenblas.so.0",
                        "/app/natives/org/bytedeco/javacpp/linux-x86_64/libjnijavacpp.so",
                        "/app/natives/ai/onnxruntime/native/linux-x64/libonnxruntime.so");
        assertThat(image.files().keySet()).noneMatch(path -> path.matches("/app/libs/.*-linux-x86_64.*"));
        assertThat(image.text("/app/jib-classpath-file")).startsWith("/app/natives:");
        assertThat(layersOf(image, "/app/natives/"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(layersOf(image, "/app/classpath/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "trainer"})
    void shouldHoldTheShippedModelVersions(String module) throws IOException {
        ImageTar image = ImageTar.ofModule(ROOT, module);

        try (Stream<Path> versions = Files.list(ROOT.resolve("models"))) {
            assertThat(versions)
                    .isNotEmpty()
                    .allSatisfy(version -> assertThat(image.files())
                            .containsKey("/app/models/" + version.getFileName() + "/manifest.json"));
        }
    }

    private static Set<Integer> layersOf(ImageTar image, String folder) {
        return image.files().entrySet().stream()
                .filter(file -> file.getKey().startsWith(folder))
                .map(file -> file.getValue().layer())
                .collect(Collectors.toSet());
    }

    private static List<String> words(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
