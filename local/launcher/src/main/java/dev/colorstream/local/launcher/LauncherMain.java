package dev.colorstream.local.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The launcher's main class, started by the script {@code colorstream} in the repository's root. */
@Command(
        name = "colorstream",
        subcommands = {LocalCommand.class, LauncherMain.PrintCommand.class},
        description = "Colors gray photos.")
public final class LauncherMain {
    private LauncherMain() {}

    /** Runs one command and exits with its status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LauncherMain()).setExecutionExceptionHandler((failure, commandLine, parsed) -> {
            commandLine.getErr().println("colorstream: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    /** Prints the command that starts a service, for the script to execute in its own stead. */
    @Command(name = "command", hidden = true)
    static final class PrintCommand implements Callable<Integer> {
        @Option(names = "--root", required = true)
        private Path root = Path.of("");

        @Parameters
        private String module = "";

        @Override
        public Integer call() {
            System.out.println(
                    ShellWords.line(Service.ofModule(module).command(root, Machine.here(), List.of(), Map.of())));
            return CommandLine.ExitCode.OK;
        }
    }
}
