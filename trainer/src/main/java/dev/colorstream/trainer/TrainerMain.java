package dev.colorstream.trainer;

import dev.colorstream.trainer.evaluation.EvaluateCommand;
import dev.colorstream.trainer.interpretability.TrainClassifierCommand;
import dev.colorstream.trainer.publication.ExportOnnxCommand;
import dev.colorstream.trainer.publication.ImportWeightsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The trainer's command line. */
@Command(
        name = "trainer",
        description = "Trains and evaluates colorization networks.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            TrainClassifierCommand.class,
            ExportOnnxCommand.class,
            ImportWeightsCommand.class
        })
public final class TrainerMain {
    private TrainerMain() {}

    /** Runs a command; exits with 0 where it succeeded, 1 where it failed and 2 where the command line is wrong. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** All commands; a failure is one line of error output. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new TrainerMain());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("trainer: " + failure.getMessage());
            return 1;
        });
        return commandLine;
    }
}
