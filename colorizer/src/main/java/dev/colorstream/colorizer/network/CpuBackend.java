package dev.colorstream.colorizer.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A build of ND4J's native library with oneDNN, chosen by what the CPU can do.
 *
 * <p>The choice is made once, before the first ND4J class loads, since the library cannot be changed after that. ND4J's
 * own default build lacks oneDNN and is about ten times slower, so it is never taken.
 */
public enum CpuBackend {
    /** For CPUs with AVX-512 F, BW, CD, DQ and VL. */
    AVX512("-onednn-avx512", "avx512f avx512bw avx512cd avx512dq avx512vl"),
    /** For CPUs with AVX2 and FMA. */
    AVX2("-onednn-avx2", "avx2 fma");

    private static final Logger LOG = LoggerFactory.getLogger(CpuBackend.class);
    private static final String EXTENSION_PROPERTY = "org.bytedeco.javacpp.platform.extension";
    private static final String HELPERS_OFF_PROPERTY = "org.eclipse.deeplearning4j.helpers.disable";

    private static @Nullable CpuBackend loaded;

    private final String extension;
    private final String neededFlags;

    CpuBackend(String extension, String neededFlags) {
        this.extension = extension;
        this.neededFlags = neededFlags;
    }

    /**
     * The backend in use, loaded at the first call.
     *
     * @throws UnsupportedCpuException where neither build can run; the message says what is missing
     */
    public static synchronized CpuBackend load() {
        if (loaded == null) {
            loaded = loadBest();
        }
        return loaded;
    }

    /** The best backend for a CPU with these {@code /proc/cpuinfo} flags. */
    static CpuBackend forFlags(Set<String> flags) {
        return Arrays.stream(values())
                .filter(backend -> flags.containsAll(Set.of(backend.neededFlags.split(" "))))
                .findFirst()
                .orElseThrow(() -> new UnsupportedCpuException(
                        "this CPU has no AVX2 with FMA; Colorstream's network needs a CPU from about 2013 (Intel Haswell,"
                                + " AMD Excavator) or newer"));
    }

    private static Set<String> flagsOfThisCpu() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch");
        if (!system.contains("linux") || !architecture.equals("amd64")) {
            throw new UnsupportedCpuException("the network runs on Linux x86-64, not on " + system + " " + architecture
                    + "; use a Linux machine or container");
        }
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Arrays.stream(
                                    line.substring(line.indexOf(':') + 1).trim().split(" "))
                            .collect(Collectors.toUnmodifiableSet()))
                    .orElse(Set.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/cpuinfo to choose the native library", e);
        }
    }

    private static CpuBackend loadBest() {
        CpuBackend backend = forFlags(flagsOfThisCpu());
        System.setProperty(EXTENSION_PROPERTY, backend.extension);
        System.setProperty(HELPERS_OFF_PROPERTY, "false");
        try {
            if (!Nd4j.getEnvironment().helpersAllowed()) {
                throw new UnsupportedCpuException(
                        "ND4J was loaded with its oneDNN helpers off; unset ND4J_ALLOW_HELPERS");
            }
        } catch (LinkageError e) {
            throw new UnsupportedCpuException("ND4J's native library cannot be loaded: " + e, e);
        }
        LOG.info(
                "CPU backend: oneDNN for {}, {} threads",
                backend,
                Nd4j.getEnvironment().maxMasterThreads());
        return backend;
    }
}
