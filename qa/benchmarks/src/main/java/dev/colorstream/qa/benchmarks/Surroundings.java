package dev.colorstream.qa.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** What a figure depends on beside the code. */
final class Surroundings {
    private static final Path CPU = Path.of("/proc/cpuinfo");

    private Surroundings() {}

    /** Day, processor, cores and Java, in a few words. */
    static String here() throws IOException {
        return LocalDate.now(ZoneOffset.UTC) + ": " + Runtime.getRuntime().availableProcessors() + " cores of "
                + processor() + ", " + System.getProperty("os.name") + ", Java " + System.getProperty("java.version");
    }

    private static String processor() throws IOException {
        if (!Files.exists(CPU)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
