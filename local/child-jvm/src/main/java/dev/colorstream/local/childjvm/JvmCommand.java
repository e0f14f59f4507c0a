package dev.colorstream.local.childjvm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    private static final int FIRST_JAVA_THAT_WARNS_OF_NATIVE_ACCESS = 24;

    /** Copies the collections. */
    public JvmCommand {
        jvmFlags = List.copyOf(jvmFlags);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
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
}
