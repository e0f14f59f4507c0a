package dev.colorstream.producertools.progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells people how far a task is: a bar on a terminal, else a line every few seconds. Safe from several threads. */
public sealed interface Progress extends AutoCloseable {
    /** What {@link #start} takes for a task of unknown length. */
    long UNKNOWN = -1;

    /** One more is done. */
    void step();

    @Override
    void close();

    /** Tells nobody. */
    static Progress silent() {
        return new Silent();
    }

    /**
     * A task of that many steps.
     *
     * @param terminal whether the stream ends on a terminal
     */
    static Progress start(String task, long steps, PrintStream stream, boolean terminal, Clock clock) {
        return terminal ? new Bar(task, steps, stream) : new Lines(task, steps, stream, clock);
    }

    /** Says nothing. */
    final class Silent implements Progress {
        private Silent() {}

        @Override
        public void step() {}

        @Override
        public void close() {}
    }

    /** A bar that is drawn over and over. */
    final class Bar implements Progress {
        private final ProgressBar bar;

        private Bar(String task, long steps, PrintStream stream) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(steps)
                    .setUnit(" photos", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(stream))
                    .build();
        }

        @Override
        public void step() {
            bar.step();
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Plain lines, for logs and pipes. */
    final class Lines implements Progress {
        private static final Duration PAUSE = Duration.ofSeconds(5);

        private final String task;
        private final long steps;
        private final PrintStream stream;
        private final Clock clock;
        private long done;
        private Instant lastLine;

        private Lines(String task, long steps, PrintStream stream, Clock clock) {
            this.task = task;
            this.steps = steps;
            this.stream = stream;
            this.clock = clock;
            this.lastLine = clock.instant();
        }

        @Override
        public synchronized void step() {
            done++;
            Instant now = clock.instant();
            if (Duration.between(lastLine, now).compareTo(PAUSE) >= 0) {
                lastLine = now;
                print();
            }
        }

        @Override
        public synchronized void close() {
            print();
        }

        private void print() {
            stream.println(task + ": " + done + (steps == UNKNOWN ? "" : " of " + steps) + " photos");
        }
    }
}
