package dev.colorstream.local.launcher;

import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program of Colorstream that runs in a JVM of its own: where it is built, and what its JVM needs. */
public enum Service {
    WORKER("worker", "dev.colorstream.worker.WorkerMain", Load.SERVING),
    TRAINER("trainer", "dev.colorstream.trainer.TrainerMain", Load.TRAINING),
    PRODUCER_TOOLS("producer-tools", "dev.colorstream.producertools.ColorstreamCli", Load.LIGHT),
    DASHBOARD("dashboard", "dev.colorstream.dashboard.DashboardMain", Load.STATE);

    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final String ONNX_RUNTIME_LIBRARIES = "ai/onnxruntime/native/linux-x64";
    private static final int MOST_LANES = 16;
    private static final int YOUNG_SHARE = 8;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private final String module;
    private final String mainClass;
    private final Load load;

    Service(String module, String mainClass, Load load) {
        this.module = module;
        this.mainClass = mainClass;
        this.load = load;
    }

    private enum Load {
        /** Talks and waits. */
        LIGHT,
        /** Keeps much in stores whose native memory it bounds itself. */
        STATE,
        /** Runs the network in native code, whose memory lies outside the heap, while other threads work, too. */
        SERVING,
        /** Runs the network and little else. */
        TRAINING;

        boolean runsTheNetwork() {
            return this == SERVING || this == TRAINING;
        }

        /**
         * The threads of one pass of the network. They wait for each other at the end of every layer: a training has but
         * one pass at a time to share out; a worker rather runs many passes at once.
         */
        int passThreads(Machine machine) {
            return this == SERVING ? (machine.processors() + MOST_LANES - 1) / MOST_LANES : machine.processors();
        }
    }

    /**
     * The service whose module has this name.
     *
     * @throws IllegalArgumentException naming the services there are
     */
    public static Service ofModule(String module) {
        for (Service service : values()) {
            if (service.module.equals(module)) {
                return service;
            }
        }
        throw new IllegalArgumentException(
                "No service " + module + "; there are worker, trainer, producer-tools and dashboard");
    }

    /**
     * The command that starts the service as it was built.
     *
     * @param root the repository's root, where it was built
     * @param environment what the service shall find in its environment besides what its JVM needs
     */
    public JvmCommand command(Path root, Machine machine, List<String> arguments, Map<String, String> environment) {
        Path target = root.resolve(module).resolve("target");
        ClassPath built = new ClassPath(List.of(target.resolve(module + "-" + VERSION + ".jar")))
                .plus(ClassPath.inFile(target.resolve("runtime.classpath")));
        return command(built, machine, arguments, environment);
    }

    /**
     * The command that starts the service on a machine.
     *
     * @param classPath where the service and all that it needs lie
     * @param environment what the service shall find in its environment besides what its JVM needs
     */
    public JvmCommand command(
            ClassPath classPath, Machine machine, List<String> arguments, Map<String, String> environment) {
        var all = new LinkedHashMap<>(environment);
        if (load.runsTheNetwork()) {
            all.put("OMP_NUM_THREADS", Integer.toString(load.passThreads(machine)));
            // What glibc reads: an arena for each thread keeps what others freed, and a worker would grow with each
            // swap of versions. Weights are blocks of their own, which go back to the system when a version is closed.
            all.put("MALLOC_ARENA_MAX", "2");
            all.put("MALLOC_MMAP_THRESHOLD_", Long.toString(4 * MIB));
            all.put("MALLOC_TRIM_THRESHOLD_", Long.toString(8 * MIB));
            if (machine.avx512()) {
                // OpenBLAS takes newer CPUs than itself for old ones.
                all.put("OPENBLAS_CORETYPE", "SKYLAKEX");
            }
        }
        var flags = new ArrayList<>(flags(machine));
        flags.addAll(libraryFlags(classPath));
        return new JvmCommand(module, mainClass, classPath, flags, arguments, all);
    }

    /** JavaCPP finds libraries that lie in a folder of the class path by itself, ONNX Runtime must be told. */
    private static List<String> libraryFlags(ClassPath classPath) {
        return classPath.entries().stream()
                .map(entry -> entry.resolve(ONNX_RUNTIME_LIBRARIES))
                .filter(Files::isDirectory)
                .map(folder -> "-Donnxruntime.native.path=" + folder)
                .toList();
    }

    private List<String> flags(Machine machine) {
        var flags = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Djava.awt.headless=true"));
        if (load == Load.LIGHT) {
            // Photos on their way live for less than a second: this much for what is young keeps them out of the old
            // generation, which would fill with them up to the heap's limit. The old one holds the largest photo that
            // may be uploaded, 128 MiB, and what the store's client takes for it.
            flags.add("-Xmx" + clamp(machine.memoryBytes() / 2, 256 * MIB, 512 * MIB) / MIB + "m");
            flags.addAll(List.of("-Xmn128m", "-XX:SurvivorRatio=2"));
            return flags;
        }
        if (load == Load.STATE) {
            // Photos pass through the heap, a few at a time.
            flags.add("-Xmx" + clamp(machine.memoryBytes() / 8, 512 * MIB, GIB) / MIB + "m");
            return flags;
        }
        // Off-heap garbage is freed by the heap's collector, which runs often only if the heap is small.
        long heap = clamp(machine.memoryBytes() / 8, 512 * MIB, 2 * GIB);
        long process = clamp(machine.memoryBytes() * 3 / 4, 2 * GIB, 16 * GIB);
        flags.addAll(List.of(
                "-Xmx" + heap / MIB + "m",
                // Room for the photos in work: what does not fit goes to the old generation, which is emptied when
                // full.
                "-Xmn" + heap / YOUNG_SHARE / MIB + "m",
                "-XX:SurvivorRatio=2",
                "-Dorg.bytedeco.javacpp.maxbytes=" + (process - heap),
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=" + process,
                "-Dorg.eclipse.deeplearning4j.helpers.disable=false"));
        return flags;
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(value, most));
    }
}
