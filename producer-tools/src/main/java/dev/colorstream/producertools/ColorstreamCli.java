package dev.colorstream.producertools;

import dev.colorstream.connection.ConnectionFailedException;
import dev.colorstream.connection.ConnectionNames;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.request.OutputFormat;
import dev.colorstream.producertools.upload.RequestNotSentException;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command {@code colorstream}. */
@Command(
        name = "colorstream",
        description = "Brings gray photos to Colorstream and color photos back.",
        subcommands = {
            UploadCommand.class,
            AwaitCommand.class,
            JobsCommand.class,
            DeadLettersCommand.class,
            WatchCommand.class,
            TopicsCommand.class,
            CompletionCommand.class
        },
        scope = CommandLine.ScopeType.INHERIT,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all was done; of awaited photos, every one was colored",
            "1:a connection, a file or the work itself failed",
            "2:some photos have no colors",
            "3:some photos had no result when the time was over",
            "4:the job was cancelled",
            "64:the command line is wrong"
        })
public final class ColorstreamCli {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // The parser acts on it.
    private boolean help;

    private ColorstreamCli() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        int exitCode = commandLine().execute(arguments);
        System.out.flush();
        System.exit(exitCode);
    }

    /** All commands in the surroundings of this process; the exit code is one of {@link ExitCode}. */
    public static CommandLine commandLine() {
        return commandLine(
                new Console(System.getenv(), System.in, System.out, System.err, isTerminal(), Clock.systemUTC()));
    }

    /** Runs the command in these surroundings; the exit code is one of {@link ExitCode}. */
    static int run(Console console, String... arguments) {
        return commandLine(console).execute(arguments);
    }

    private static CommandLine commandLine(Console console) {
        IFactory commands = new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                try {
                    return type.getDeclaredConstructor(Console.class).newInstance(console);
                } catch (NoSuchMethodException e) {
                    return CommandLine.defaultFactory().create(type);
                }
            }
        };
        Charset charset = StandardCharsets.UTF_8;
        return new CommandLine(new ColorstreamCli(), commands)
                .registerConverter(JobId.class, converter(JobId::new))
                .registerConverter(ModelVersionId.class, converter(ModelVersionId::new))
                .registerConverter(Channel.class, converter(Channel::parse))
                .registerConverter(OutputFormat.class, converter(OutputFormat::parse))
                .registerConverter(RequestId.class, converter(RequestId::new))
                .registerConverter(FailureReason.class, converter(ColorstreamCli::reason))
                .registerConverter(Instant.class, converter(ColorstreamCli::time))
                .registerConverter(Duration.class, converter(ColorstreamCli::duration))
                .setOut(new PrintWriter(console.out(), true, charset))
                .setErr(new PrintWriter(console.err(), true, charset))
                .setParameterExceptionHandler((e, ignored) -> {
                    console.err().println("colorstream: " + e.getMessage());
                    console.err()
                            .println("Try '"
                                    + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, ignored, parsed) -> {
                    if (e instanceof ConnectionFailedException
                            || e instanceof StoreUnavailableException
                            || e instanceof RequestNotSentException
                            || e instanceof UncheckedIOException) {
                        console.err().println("colorstream: " + complaint(e));
                    } else {
                        // Nobody foresaw this one: its place in the code is what helps.
                        e.printStackTrace(console.err());
                    }
                    return ExitCode.ERROR;
                });
    }

    /** What to tell people of a failure that was foreseen. */
    static String complaint(Exception e) {
        String mend = e instanceof StoreUnavailableException
                ? ": start it, or mend " + ConnectionNames.S3_FLAG + " (" + ConnectionNames.S3_VARIABLE
                        + ") and its keys"
                : "";
        return e.getMessage() + mend;
    }

    /** Since Java 22 a console may be there without a terminal, and has a method that tells. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
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

    private static FailureReason reason(String text) {
        return FailureReason.ofWireName(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no reason: write one of "
                        + Arrays.stream(FailureReason.values())
                                .map(FailureReason::wireName)
                                .collect(Collectors.joining(", "))));
    }

    private static Instant time(String text) {
        return JsonObject.parseTime(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + text + "' is no time: write it like 2026-01-31T12:00:00Z"));
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time: write a number and ms, s, m, h or d, like 90s");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
