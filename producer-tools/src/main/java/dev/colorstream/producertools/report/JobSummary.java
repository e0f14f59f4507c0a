package dev.colorstream.producertools.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.producertools.results.AwaitReport;
import dev.colorstream.producertools.results.JobCount;
import dev.colorstream.producertools.results.Verdict;
import dev.colorstream.producertools.results.Verdict.Colored;
import dev.colorstream.producertools.results.Verdict.Failed;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a job ended, as text for people or JSON for programs. */
public record JobSummary(AwaitReport report) {
    private static final List<String> HEADINGS = List.of("photo", "size", "model version", "ms");

    /** Prints a row for each photo: name, width x height, model version, milliseconds that workers spent on it. */
    public void printTable(PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        report.ledger().forEach((photo, verdict) -> rows.add(row(photo, verdict)));
        int[] widths = new int[HEADINGS.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        rows.forEach(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        });
    }

    /** Prints a line for each photo that has no colors, with the reason, then how many there are of each. */
    public void print(PrintStream out) {
        printFailures(out);
        report.ledger().forEach((photo, verdict) -> {
            if (verdict == null) {
                out.println("no result yet: " + photo.name());
            } else if (report.undelivered().containsKey(photo.request())) {
                out.println("not downloaded: " + photo.name() + ": "
                        + report.undelivered().get(photo.request()));
            }
        });
        if (report.refused() > 0) {
            out.println(report.refused() + " photos were refused when the job was uploaded");
        }
        JobCount count = report.ledger().count();
        out.println("job " + report.job() + " " + end() + ": " + count);
    }

    /** Prints a line for each photo that failed, with the reason. */
    public void printFailures(PrintStream out) {
        report.ledger().forEach((photo, verdict) -> {
            if (verdict instanceof Failed failed) {
                out.println("failed: " + photo.name() + ": " + failed.reason().wireName() + ": " + failed.detail());
            }
        });
    }

    /** The summary as JSON; of photos only those that were not colored or not brought. */
    public ObjectNode json() {
        ObjectNode json = JsonObject.create();
        json.put("event", "end");
        json.put("job", report.job().value());
        json.put("end", end());
        putCount(json, report.ledger().count());
        json.put("refused", report.refused());
        ArrayNode photos = json.putArray("photos");
        report.ledger().forEach((photo, verdict) -> {
            String why = report.undelivered().get(photo.request());
            if (verdict instanceof Failed failed) {
                photos.addObject()
                        .put("name", photo.name())
                        .put("requestId", photo.request().value())
                        .put("outcome", "failed")
                        .put("reason", failed.reason().wireName())
                        .put("detail", failed.detail());
            } else if (verdict == null || why != null) {
                photos.addObject()
                        .put("name", photo.name())
                        .put("requestId", photo.request().value())
                        .put("outcome", verdict == null ? "pending" : "not-downloaded")
                        .put("detail", why);
            }
        });
        return json;
    }

    /** Puts the numbers that always add up. */
    public static void putCount(ObjectNode json, JobCount count) {
        json.put("submitted", count.submitted());
        json.put("colored", count.colored());
        json.put("failed", count.failed());
        json.put("pending", count.pending());
    }

    private String end() {
        return report.end().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> row(JobPhoto photo, @Nullable Verdict verdict) {
        if (verdict instanceof Colored colored) {
            return List.of(
                    photo.name(),
                    colored.object().width() + "x" + colored.object().height(),
                    colored.modelVersion().value(),
                    Long.toString(colored.milliseconds()));
        }
        String instead = verdict instanceof Failed failed ? failed.reason().wireName() : "no result yet";
        return List.of(photo.name(), "-", instead, "-");
    }
}
