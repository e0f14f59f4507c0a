package dev.colorstream.local.launcher;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What of this machine, or of the container around it, belongs to us.
 *
 * @param processors that may run at once, by quota
 * @param memoryBytes that all processes together may take, by limit
 * @param avx512 whether the CPU computes on 512 bits at once
 */
public record Machine(int processors, long memoryBytes, boolean avx512) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** The machine that this JVM runs on. */
    public static Machine here() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize(), hasAvx512());
    }

    private static boolean hasAvx512() {
        if (!Files.isReadable(CPU_INFO)) {
            return false;
        }
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.anyMatch(line -> line.startsWith("flags") && line.contains(" avx512f "));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + CPU_INFO, e);
        }
    }
}
