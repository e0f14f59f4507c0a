package dev.colorstream.worker.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of this process, native memory included, which no figure of the JVM tells. */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int KIBI = 1024;

    private ProcessMemory() {}

    /** Registers the meter {@code process.resident.memory}; it is no number where the system does not tell. */
    public static void register(MeterRegistry registry) {
        Gauge.builder("process.resident.memory", ProcessMemory::bytes)
                .description("resident memory of the process")
                .baseUnit("bytes")
                .register(registry);
    }

    private static double bytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    String[] words = line.substring(RESIDENT.length()).strip().split(" ", -1);
                    return Double.parseDouble(words[0]) * KIBI;
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }
}
