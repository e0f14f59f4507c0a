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
 * A build of ND4J's native library with oneDNN, chosen by what the CPU can do. A build of ours for NVIDIA cards (Maven
 * profile {@code cuda}) takes ND4J's CUDA library instead, or refuses: an operator who pays for a card must not get the
 * CPU silently.
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

    private static boolean loaded;
    private static @Nullable Boolean onCard;

    private final String extension;
    private final String neededFlags;

    CpuBackend(String extension, String neededFlags) {
        this.extension = extension;
        this.neededFlags = neededFlags;
    }

    /**
     * Loads the backend at the first call.
     *
     * @throws UnsupportedCpuException where no build can run; the message says what is missing
     */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        if (CudaCards.isCudaBuild()) {
            CudaCards.here().requireUsable();
            loadNd4j("CUDA");
        } else {
            CpuBackend backend = forFlags(flagsOfThisCpu());
            System.setProperty(EXTENSION_PROPERTY, backend.extension);
            loadNd4j("oneDNN for " + backend);
        }
        loaded = true;
    }

    /** Whether {@link #load} takes an NVIDIA card, which one pass at a time keeps at work. */
    public static synchronized boolean isOnCard() {
        if (onCard == null) {
            onCard = CudaCards.isCudaBuild() && CudaCards.here().areUsable();
        }
        return onCard;
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

    private static void loadNd4j(String name) {
        System.setProperty(HELPERS_OFF_PROPERTY, "false");
        try {
            if (!Nd4j.getEnvironment().helpersAllowed()) {
                throw new UnsupportedCpuException("ND4J was loaded with its helpers off; unset ND4J_ALLOW_HELPERS");
            }
            if (CudaCards.isCudaBuild() && Nd4j.getEnvironment().isCPU()) {
                throw new UnsupportedCpuException(
                        "ND4J took the CPU instead of the NVIDIA card; unset BACKEND_PRIORITY_CPU and"
                                + " BACKEND_PRIORITY_GPU, and check the driver, which CUDA 11.6 needs at 510 or newer");
            }
        } catch (LinkageError e) {
            throw new UnsupportedCpuException("ND4J's native library cannot be loaded: " + e, e);
        }
        LOG.info("Backend: {}, {} threads", name, Nd4j.getEnvironment().maxMasterThreads());
    }
}
