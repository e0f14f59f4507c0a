package dev.colorstream.trainer.training;

import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.abbins.AbPrior;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a run: a progress bar with images/s and loss on a terminal, and a line for each validated epoch. */
public final class ConsoleProgress implements TrainingRun.Listener, AutoCloseable {
    private static final double SMOOTHING = 0.98;

    private final Consumer<String> out;
    private final Clock clock;
    private final boolean terminal;
    private @Nullable ProgressBar bar;
    private Instant start;
    private long photos;
    private double smoothedLoss = Double.NaN;

    /** @param terminal whether a bar can be drawn */
    public ConsoleProgress(Consumer<String> out, Clock clock, boolean terminal) {
        this.out = out;
        this.clock = clock;
        this.terminal = terminal;
        this.start = clock.instant();
    }

    @Override
    public void started(int step, int totalSteps, AbPrior prior) {
        int mode = prior.mode();
        out.accept(String.format(
                Locale.ROOT,
                "Prior: most frequent bin (%d, %d) with %.1f %% of the pixels; step %d of %d",
                AbBins.a(mode),
                AbBins.b(mode),
                100 * prior.probabilities()[mode],
                step,
                totalSteps));
        start = clock.instant();
        if (terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName("training")
                    .setInitialMax(totalSteps)
                    .startsFrom(step, Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
        }
    }

    @Override
    public void stepped(int step, int photosOfStep, double loss) {
        photos += photosOfStep;
        smoothedLoss = Double.isNaN(smoothedLoss) ? loss : SMOOTHING * smoothedLoss + (1 - SMOOTHING) * loss;
        if (bar != null) {
            bar.stepTo(step);
            bar.setExtraMessage(String.format(Locale.ROOT, "%.0f images/s, loss %.3f", rate(), smoothedLoss));
        }
    }

    @Override
    public void validated(int step, double epoch, double trainingLoss, double validationLoss, boolean best) {
        if (step == 0) {
            out.accept(String.format(Locale.ROOT, "begins with validation %.4f", validationLoss));
            return;
        }
        out.accept(String.format(
                Locale.ROOT,
                "epoch %.0f, step %d: loss %.4f, validation %.4f%s, %.1f images/s",
                epoch,
                step,
                trainingLoss,
                validationLoss,
                best ? " (best)" : "",
                rate()));
    }

    private double rate() {
        return photos / Math.max(0.001, Duration.between(start, clock.instant()).toMillis() / 1000.0);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
