package dev.colorstream.producertools.progress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.producertools.report.JobSummary;
import dev.colorstream.producertools.results.AwaitListener;
import dev.colorstream.producertools.results.JobCount;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells how far an awaited job is: a line that is written over on a terminal, else a line every few seconds, or JSON. */
public final class JobProgress implements AwaitListener, AutoCloseable {
    private final Form form;
    private final PrintStream stream;
    private final Clock clock;
    private @Nullable Instant begin;
    private Instant lastLine = Instant.MIN;
    private @Nullable JobCount first;
    private @Nullable JobCount last;
    private int width;

    public JobProgress(Form form, PrintStream stream, Clock clock) {
        this.form = form;
        this.stream = stream;
        this.clock = clock;
    }

    /** How progress is told. */
    public enum Form {
        /** One line that is written over. */
        LIVE_LINE(Duration.ofMillis(200)),
        /** Plain lines, for logs and pipes. */
        LINES(Duration.ofSeconds(5)),
        /** A JSON object a line. */
        JSON(Duration.ofSeconds(5));

        private final Duration pause;

        Form(Duration pause) {
            this.pause = pause;
        }
    }

    @Override
    public void progress(JobCount count, boolean listComplete) {
        Instant now = clock.instant();
        if (begin == null || first == null) {
            begin = now;
            first = count;
        }
        boolean due = Duration.between(lastLine, now).compareTo(form.pause) >= 0;
        if (due && !count.equals(last)) {
            lastLine = now;
            last = count;
            print(count, first, Duration.between(begin, now), listComplete);
        }
    }

    @Override
    public void close() {
        if (form == Form.LIVE_LINE && last != null) {
            stream.println();
        }
    }

    private void print(JobCount count, JobCount atFirst, Duration spent, boolean listComplete) {
        double seconds = spent.toMillis() / 1000.0;
        double rate = seconds > 0 ? Math.max(0, count.done() - atFirst.done()) / seconds : 0;
        if (form == Form.JSON) {
            ObjectNode json = JsonObject.create();
            json.put("event", "progress");
            JobSummary.putCount(json, count);
            json.put("listComplete", listComplete);
            json.put("photosPerSecond", Math.round(rate * 10) / 10.0);
            stream.println(new String(JsonObject.write(json), StandardCharsets.UTF_8));
            return;
        }
        String line = count
                + String.format(Locale.ROOT, ", %.1f photos/s", rate)
                + (listComplete ? timeLeft(count.pending(), rate) : ", the upload goes on");
        if (form == Form.LIVE_LINE) {
            stream.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            stream.flush();
            width = line.length();
        } else {
            stream.println(line);
        }
    }

    private static String timeLeft(long pending, double rate) {
        if (rate <= 0 || pending == 0) {
            return "";
        }
        Duration left = Duration.ofSeconds(Math.round(pending / rate));
        return ", " + (left.toHours() > 0 ? left.toHours() + " h " : "")
                + (left.toMinutes() > 0 ? left.toMinutesPart() + " min " : "") + left.toSecondsPart() + " s left";
    }
}
