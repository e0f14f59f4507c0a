package dev.colorstream.local.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The launcher's main class, started by the script {@code colorstream} in the repository's root. */
@Command(name = "colorstream", subcommands = LocalCommand.class, description = "Colors gray photos.")
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
}
