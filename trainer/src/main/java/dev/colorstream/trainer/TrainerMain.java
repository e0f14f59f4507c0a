package dev.colorstream.trainer;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.trainer.evaluation.EvaluateCommand;
import dev.colorstream.trainer.interpretability.TrainClassifierCommand;
import dev.colorstream.trainer.publication.ExportOnnxCommand;
import dev.colorstream.trainer.publication.ImportWeightsCommand;
import dev.colorstream.trainer.release.ListCommand;
import dev.colorstream.trainer.release.PromoteCommand;
import dev.colorstream.trainer.release.PruneCommand;
import dev.colorstream.trainer.release.PublishCommand;
import dev.colorstream.trainer.release.RollbackCommand;
import dev.colorstream.trainer.release.ShowCommand;
import dev.colorstream.trainer.retraining.ServeCommand;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The trainer's command line. */
@Command(
        name = "trainer",
        description = "Trains and evaluates colorization networks, and says which of them are served.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            TrainClassifierCommand.class,
            ExportOnnxCommand.class,
            ImportWeightsCommand.class,
            ServeCommand.class,
            PublishCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            ListCommand.class,
            ShowCommand.class,
            PruneCommand.class
        })
public final class TrainerMain {
    private TrainerMain() {}

    /** Runs a command; exits with 0 where it succeeded, 1 where it failed and 2 where the command line is wrong. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** All commands; a failure is one line of error output. */
    public static CommandLine commandLine() {
        return commandLine(System.getenv());
    }

    /** All commands in that environment. */
    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine commandLine = new CommandLine(new TrainerMain(), commandsIn(environment))
                .registerConverter(ModelVersionId.class, converter(ModelVersionId::new))
                .registerConverter(Channel.class, converter(Channel::parse))
                .registerConverter(Duration.class, converter(TrainerMain::duration));
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("trainer: " + reason(failure));
            return 1;
        });
        return commandLine;
    }

    /** The message of a failure; the file system's own is often a mere path. */
    private static String reason(Exception failure) {
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read or written: mend its permissions";
        }
        if (failure instanceof FileSystemException other && other.getReason() == null) {
            return other.getFile() + ": " + other.getClass().getSimpleName();
        }
        return String.valueOf(failure.getMessage());
    }

    /** Gives the environment to the commands that ask for it. */
    private static IFactory commandsIn(Map<String, String> environment) {
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                try {
                    return type.getDeclaredConstructor(Map.class).newInstance(environment);
                } catch (NoSuchMethodException e) {
                    return CommandLine.defaultFactory().create(type);
                }
            }
        };
    }

    private static Duration duration(String text) {
        if (!text.matches("[0-9]{1,6}[smhdSMHD]")) {
            throw new IllegalArgumentException("'" + text + "' is no time: write a number and s, m, h or d, like 24h");
        }
        return Duration.parse((text.matches(".*[dD]") ? "P" : "PT") + text.toUpperCase(Locale.ROOT));
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
