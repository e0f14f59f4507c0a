package dev.colorstream.producertools.report;

import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.producertools.results.JobOutcome;
import dev.colorstream.producertools.upload.UploadReport.Refused;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a job ended, as text for people.
 *
 * @param outcome of its requests
 * @param refused what never became a request
 * @param undelivered colored photos that could not be brought to the folder, and why
 */
public record JobSummary(JobOutcome outcome, List<Refused> refused, Map<RequestId, String> undelivered) {
    private static final List<String> HEADINGS = List.of("photo", "size", "model version", "ms");

    public JobSummary {
        refused = List.copyOf(refused);
        undelivered = Map.copyOf(undelivered);
    }

    /** Whether every photo was colored and brought where it should be. */
    public boolean allColored() {
        return refused.isEmpty()
                && undelivered.isEmpty()
                && colored() == outcome.photos().size();
    }

    /** Prints a row for each photo: name, width x height, model version, milliseconds that the worker had it. */
    public void printTable(PrintStream out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        outcome.photos().forEach(photo -> rows.add(row(photo)));
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
        refused.forEach(r -> out.println("not uploaded: " + r.name() + ": " + r.reason()));
        int waiting = 0;
        for (JobPhoto photo : outcome.photos()) {
            Optional<ColorizeResult> result = outcome.result(photo.request());
            if (result.isEmpty()) {
                waiting++;
                out.println("no result yet: " + photo.name());
            } else if (result.orElseThrow() instanceof Failed failed) {
                out.println("failed: " + photo.name() + ": " + failed.reason().wireName() + ": " + failed.detail());
            } else if (undelivered.containsKey(photo.request())) {
                out.println("not downloaded: " + photo.name() + ": " + undelivered.get(photo.request()));
            }
        }
        int photos = outcome.photos().size() + refused.size();
        long colored = colored();
        out.println(colored + " of " + photos + " photos colored"
                + (waiting > 0 ? ", " + waiting + " without a result" : "")
                + (photos > colored + waiting ? ", " + (photos - colored - waiting) + " failed" : ""));
    }

    private long colored() {
        return outcome.photos().stream()
                .filter(photo -> outcome.result(photo.request()).orElse(null) instanceof Colored)
                .count();
    }

    private List<String> row(JobPhoto photo) {
        ColorizeResult result = outcome.result(photo.request()).orElse(null);
        if (result instanceof Colored colored) {
            long milliseconds = colored.milliseconds().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            return List.of(
                    photo.name(),
                    colored.object().width() + "x" + colored.object().height(),
                    colored.modelVersion().value(),
                    Long.toString(milliseconds));
        }
        String instead = result instanceof Failed failed ? failed.reason().wireName() : "no result yet";
        return List.of(photo.name(), "-", instead, "-");
    }
}
