package dev.colorstream.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code colorstream} where all is built already and it looks for itself, in a copy of the repository that has
 * what was built and no sources.
 */
final class ScriptIT {
    private static final List<String> MODULES = List.of(
            "colorizer",
            "contract",
            "storage",
            "connection",
            "local/child-jvm",
            "local/embedded-kafka",
            "local/embedded-s3",
            "local/launcher",
            "worker",
            "trainer",
            "producer-tools",
            "dashboard");

    @TempDir
    private Path root;

    @BeforeEach
    void copyWhatIsBuilt() throws IOException {
        Files.copy(Repository.ROOT.resolve("colorstream"), root.resolve("colorstream"));
        for (String module : MODULES) {
            Path folder = Files.createDirectories(root.resolve(module));
            Files.createSymbolicLink(
                    folder.resolve("target"), Repository.ROOT.resolve(module).resolve("target"));
        }
    }

    @AfterEach
    void removeLinks() throws IOException {
        for (String module : MODULES) {
            Files.delete(root.resolve(module).resolve("target"));
        }
    }

    @Test
    void shouldTakeNamesInUtf8WhateverTheLocale() throws Exception {
        String name = "$(printf 'Gr\\303\\266\\303\\237e.jpg')";
        ProcessBuilder command = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec \"$0\" upload \"" + name + "\"",
                        root.resolve("colorstream").toString())
                .redirectErrorStream(true);
        command.environment().put("LC_ALL", "C");

        Process process = command.start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Größe.jpg does not exist");
    }

    @Test
    void shouldRunTheCommandThatWasAskedFor() throws Exception {
        Map<String, String> usages = Map.of(
                "local", "colorstream local",
                "upload", "colorstream upload",
                "jobs", "colorstream jobs",
                "train", "trainer train",
                "evaluate", "trainer evaluate",
                "trainer", "trainer",
                "worker", "worker",
                "dashboard", "dashboard");

        for (Map.Entry<String, String> usage : usages.entrySet()) {
            Process process = new ProcessBuilder(root.resolve("colorstream").toString(), usage.getKey(), "--help")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(output).startsWith("Usage: " + usage.getValue() + " [");
            assertThat(process.waitFor()).isZero();
        }
    }
}
