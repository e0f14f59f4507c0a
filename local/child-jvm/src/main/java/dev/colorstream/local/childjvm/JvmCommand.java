package dev.colorstream.local.childjvm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A main class to run in a JVM of its own, of the same Java version as this one.
 *
 * @param name what people call the process
 * @param mainClass the class to start
 * @param classPath where its classes are
 * @param jvmFlags flags of the JVM, such as {@code -Xmx256m}
 * @param arguments words for the main class
 * @param environment variables set in addition to those of this process; secrets go here, because everybody on
 *     the machine can read the command line
 */
public record JvmCommand(
        String name,
        String mainClass,
        ClassPath classPath,
        List<String> jvmFlags,
        List<String> arguments,
        Map<String, String> environment) {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final int FIRST_JAVA_THAT_WARNS_OF_NATIVE_ACCESS = 24;

    /** Copies the collections. */
    public JvmCommand {
        jvmFlags = List.copyOf(jvmFlags);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** This command for a program that knows nothing of parents: it ends when its standard input closes. */
    public JvmCommand endingWithStandardInput() {
        return guarded(GuardedMain.STANDARD_INPUT);
    }

    /** This command for a program that knows nothing of parents: it ends when this process ends. */
    JvmCommand endingWithThisProcess() {
        return guarded(Long.toString(ProcessHandle.current().pid()));
    }

    private JvmCommand guarded(String parent) {
        var words = new ArrayList<>(List.of(parent, mainClass));
        words.addAll(arguments);
        return new JvmCommand(
                name,
                GuardedMain.class.getName(),
                classPath.plus(ClassPath.holding(GuardedMain.class)),
                jvmFlags,
                words,
                environment);
    }

    /** The command line, word by word, beginning with the path of the {@code java} program. */
    public List<String> words() {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= FIRST_JAVA_THAT_WARNS_OF_NATIVE_ACCESS) {
            words.add("--enable-native-access=ALL-UNNAMED");
            words.add("--sun-misc-unsafe-memory-access=allow");
        }
        words.addAll(jvmFlags);
        words.add("-cp");
        words.add(classPath.toString());
        words.add(mainClass);
        words.addAll(arguments);
        return List.copyOf(words);
    }

    /**
     * A process to be started, deaf to the Ctrl-C and the hang-up that a terminal sends to the whole group: the parent
     * decides in which order its children end. Ignored signals stay ignored across exec.
     */
    ProcessBuilder processBuilder() {
        List<String> words = words();
        if (Files.isExecutable(SHELL)) {
            words = Stream.concat(
                            Stream.of(SHELL.toString(), "-c", "trap '' INT HUP; exec \"$@\"", "sh"), words.stream())
                    .toList();
        }
        var builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        return builder;
    }
}
