package dev.colorstream.producertools;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what teaches a shell the commands and their options. */
@Command(
        name = "completion",
        description =
                "Prints a script that completes these commands in Bash and Zsh:" + " source <(colorstream completion)")
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        console.out().println(AutoComplete.bash("colorstream", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
