package dev.colorstream.trainer.evaluation;

import java.util.List;
import java.util.Locale;

/** Reports on the same photos as one Markdown document, with what each figure means. */
final class EvaluationTable {
    private EvaluationTable() {}

    /**
     * @param photos what they are called
     * @param reports at least one, all on these photos
     */
    static String of(String photos, List<EvaluationReport> reports) {
        EvaluationReport first = reports.get(0);
        StringBuilder rows = new StringBuilder();
        for (EvaluationReport report : reports) {
            for (EvaluationReport.Row row : report.network()) {
                rows.append(line(
                        "`" + report.model() + "` " + row.name().replace("network", "") + " at " + report.inputSize()
                                + " px",
                        row));
            }
        }
        first.baselines().forEach(row -> rows.append(line(row.name(), row)));
        return String.format(
                Locale.ROOT, """
                # Evaluation

                %d photos of %s (%d left out: black and white, or unreadable), seed %d.

                | | AuC | rebalanced AuC (lambda 0.5) | rebalanced AuC (lambda 0) | colorfulness | / real | PSNR | delta-E 2000 \
                | bins used | bin distance | recognized |
                |---|---|---|---|---|---|---|---|---|---|---|
                %s
                * **AuC**: area under the curve of ab errors, the share of pixels whose error is at most t for t from 0 to 150, in
                  percent. Rebalanced: pixels weighted by how rare their true color is in the training photos.
                * **Colorfulness** of Hasler and Suesstrunk, and how it compares with that of the real photos.
                * **PSNR** in dB and **delta-E 2000**, of the photo as painted: a gray photo errs least where colors are uncertain.
                * **Bins used**: share of the 313 ab bins. **Bin distance**: Jensen-Shannon distance of their histogram to the real
                  photos' one.
                * **Recognized**: share of the photos that a scene classifier, trained on real color photos, takes for what they show.
                * **Gray** paints no color, **Random** those of another photo; **Real** is the photo itself. A figure means nothing alone:
                  read it beside these.
                """, first.photos(), photos, first.leftOut().size(), first.seed(), rows);
    }

    private static String line(String name, EvaluationReport.Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.1f | %.2f | %.2f | %.2f | %.1f %% | %.3f | %s |%n",
                name.replaceAll(" +", " "),
                row.auc(),
                row.rebalancedAuc(),
                row.fullyRebalancedAuc(),
                row.colorfulness(),
                row.colorfulnessRatio(),
                row.psnr(),
                row.deltaE2000(),
                100 * row.binsUsed(),
                row.binDistance(),
                row.recognized() == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * row.recognized()));
    }
}
