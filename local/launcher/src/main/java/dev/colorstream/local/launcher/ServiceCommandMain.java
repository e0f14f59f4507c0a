package dev.colorstream.local.launcher;

import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Prints the command that starts a service on this machine or in this container, for a shell to execute in its own stead.
 * Images hold this program beside each service, so it may load no class of any library.
 */
public final class ServiceCommandMain {
    private static final String USAGE = "Usage: [--root DIR] SERVICE";
    private static final int WRONG_USAGE = 64;

    private ServiceCommandMain() {}

    /**
     * Prints one line.
     *
     * @param arguments the service's module; {@code --root} and the repository's root before it, where the service is
     *     not on this program's own class path
     */
    public static void main(String[] arguments) {
        try {
            System.out.println(line(List.of(arguments), Machine.here()));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println("colorstream: " + e.getMessage());
            System.exit(WRONG_USAGE);
        }
    }

    static String line(List<String> arguments, Machine machine) {
        JvmCommand command;
        if (arguments.size() == 1) {
            command = Service.ofModule(arguments.get(0)).command(ClassPath.ofThisJvm(), machine, List.of(), Map.of());
        } else if (arguments.size() == 3 && arguments.get(0).equals("--root")) {
            Path root = Path.of(arguments.get(1));
            command = Service.ofModule(arguments.get(2)).command(root, machine, List.of(), Map.of());
        } else {
            throw new IllegalArgumentException(USAGE);
        }
        return ShellWords.line(command);
    }
}
