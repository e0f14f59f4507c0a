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
    private final Pace pace = new Pace();
    private Instant lastReading = Instant.MIN;
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
        if (Duration.between(lastReading, now).compareTo(form.pause) < 0) {
            return;
        }
        lastReading = now;
        double rate = pace.take(now, count.done());
        if (!count.equals(last)) {
            last = count;
            print(count, rate, listComplete);
        }
    }

    @Override
    public void close() {
        if (form == Form.LIVE_LINE && last != null) {
            stream.println();
        }
    }

    private void print(JobCount count, double rate, boolean listComplete) {
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
