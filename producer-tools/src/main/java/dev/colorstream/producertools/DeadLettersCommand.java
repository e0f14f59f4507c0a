package dev.colorstream.producertools;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.producertools.deadletters.DeadLetterBox.Replay;
import dev.colorstream.producertools.deadletters.Letter;
import dev.colorstream.producertools.deadletters.LetterFilter;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What happens to requests that failed. */
@Command(name = "dead-letters", description = "Lists, shows and replays requests that failed.")
final class DeadLettersCommand {
    private final Console console;

    @Spec
    private CommandSpec spec;

    DeadLettersCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.create();
    }

    @Command(name = "list", description = "Lists failed requests, each once: time, request, reason, photo.")
    int list(@Mixin Selection selection, @Mixin ConnectionOptions connections) {
        Collection<Letter> letters = console.client(connections).deadLetters().list(selection.filter());
        letters.forEach(letter -> console.out().println(line(letter)));
        console.err().println(letters.size() + " dead letters");
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Shows all that is known of one failed request.")
    int show(
            @Parameters(paramLabel = "REQUEST", description = "Its id, as list shows it.") RequestId request,
            @Mixin ConnectionOptions connections) {
        LetterFilter one = new LetterFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of(request));
        Collection<Letter> letters = console.client(connections).deadLetters().list(one);
        for (Letter letter : letters) {
            console.out().println(line(letter));
            console.out().println("detail:   " + letter.told().detail());
            console.out().println("job:      " + letter.job().map(JobId::value).orElse("none"));
            console.out().println("stage:    " + letter.told().stage().wireName());
            console.out().println("attempts: " + letter.told().attempts());
            console.out()
                    .println("record:   " + letter.told().topic() + ", partition "
                            + letter.told().partition() + ", offset "
                            + letter.told().offset());
        }
        if (letters.isEmpty()) {
            console.err()
                    .println("colorstream: no dead letter of request " + request
                            + ": 'colorstream dead-letters list' lists them");
            return ExitCode.ERROR;
        }
        return ExitCode.OK;
    }

    @Command(
            name = "replay",
            description = {
                "Asks for failed photos again, under the same request; the newest result holds.",
                "What has its colors by now is left alone. Options that are given replace the request's."
            })
    int replay(@Mixin Selection selection, @Mixin PhotoWishes wishes, @Mixin ConnectionOptions connections) {
        RequestOptions changes;
        try {
            changes = wishes.options();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        Replay replay = console.client(connections).deadLetters().replay(selection.filter(), changes);
        console.out()
                .println(replay.replayed() + " requests replayed, " + replay.coloredSince()
                        + " have their colors by now");
        return ExitCode.OK;
    }

    private static String line(Letter letter) {
        return letter.diedAt() + "  " + letter.told().requestId() + "  "
                + letter.told().reason().wireName() + "  "
                + letter.source().map(Object::toString).orElse("unreadable");
    }

    /** The flags that say which dead letters are meant. */
    static final class Selection {
        @Option(names = "--job", paramLabel = "JOB", description = "Only requests of this job.")
        private @Nullable JobId job;

        @Option(names = "--reason", paramLabel = "REASON", description = "Only those that failed for it.")
        private @Nullable FailureReason reason;

        @Option(names = "--since", paramLabel = "TIME", description = "Only those from then on, 2026-01-31T12:00:00Z.")
        private @Nullable Instant since;

        @Option(names = "--until", paramLabel = "TIME", description = "Only those before then.")
        private @Nullable Instant until;

        @Option(names = "--request", paramLabel = "ID", description = "Only these requests; may be repeated.")
        private Set<RequestId> requests = new HashSet<>();

        LetterFilter filter() {
            return new LetterFilter(
                    Optional.ofNullable(job),
                    Optional.ofNullable(reason),
                    Optional.ofNullable(since),
                    Optional.ofNullable(until),
                    requests);
        }
    }
}
