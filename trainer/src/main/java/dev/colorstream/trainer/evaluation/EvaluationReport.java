package dev.colorstream.trainer.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a network scored, beside what no network needs to know, on the same photos.
 *
 * @param model whose it is
 * @param inputSize S
 * @param photos how many were scored
 * @param leftOut photos that were not, and why, by name
 * @param seed of the order, of Random's choices and of the contact sheet
 * @param network one row for each temperature, or one where temperature has no meaning
 * @param baselines Gray (no color), Random (the colors of another photo), Real (the photo itself)
 */
public record EvaluationReport(
        String model,
        int inputSize,
        int photos,
        Map<String, String> leftOut,
        long seed,
        List<Row> network,
        List<Row> baselines) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public EvaluationReport {
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
        network = List.copyOf(network);
        baselines = List.copyOf(baselines);
    }

    /**
     * The scores of one way of coloring.
     *
     * @param name of the way
     * @param auc area under the curve of ab errors up to 150, in percent
     * @param rebalancedAuc the same, pixels weighted by the rebalancing weights of lambda 0.5
     * @param fullyRebalancedAuc the same with lambda 0
     * @param colorfulness mean over the photos
     * @param colorfulnessRatio that of the real photos' mean
     * @param psnr in dB, mean over the photos, at most 60 for one
     * @param deltaE2000 mean over the pixels
     * @param binsUsed share of the 313 bins, in [0,1]
     * @param binDistance Jensen-Shannon distance of the bins' histogram to the real one, in [0,1]
     * @param recognized share of the photos that a scene classifier takes for what they show, in [0,1]; null without one
     */
    public record Row(
            String name,
            double auc,
            double rebalancedAuc,
            double fullyRebalancedAuc,
            double colorfulness,
            double colorfulnessRatio,
            double psnr,
            double deltaE2000,
            double binsUsed,
            double binDistance,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double recognized) {}

    /** The network's scores at the first temperature by name, as a manifest holds them. */
    public Map<String, Double> metrics() {
        Row row = network.get(0);
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("auc", row.auc());
        metrics.put("rebalancedAuc", row.rebalancedAuc());
        metrics.put("fullyRebalancedAuc", row.fullyRebalancedAuc());
        metrics.put("colorfulness", row.colorfulness());
        metrics.put("colorfulnessRatio", row.colorfulnessRatio());
        metrics.put("psnr", row.psnr());
        metrics.put("deltaE2000", row.deltaE2000());
        metrics.put("binsUsed", row.binsUsed());
        metrics.put("binDistance", row.binDistance());
        metrics.put("photos", (double) photos);
        if (row.recognized() != null) {
            metrics.put("recognized", row.recognized());
        }
        return metrics;
    }

    /** What painting nothing scores on these photos. */
    public Row gray() {
        return baselines.get(0);
    }

    /** The report as a table for people. */
    public String table() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s at %d x %d on %d photos (%d left out)%n",
                model,
                inputSize,
                inputSize,
                photos,
                leftOut.size()));
        text.append(
                "                   AuC  AuC l=.5   AuC l=0  colorfulness    PSNR  dE2000 bins used bin dist. recognized\n");
        network.forEach(row -> text.append(line(row)));
        baselines.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "%-14s %7.2f %9.2f %9.2f %5.1f (x%4.2f) %7.2f %7.2f %8.1f%% %9.3f %10s%n",
                row.name(),
                row.auc(),
                row.rebalancedAuc(),
                row.fullyRebalancedAuc(),
                row.colorfulness(),
                row.colorfulnessRatio(),
                row.psnr(),
                row.deltaE2000(),
                100 * row.binsUsed(),
                row.binDistance(),
                row.recognized() == null ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * row.recognized()));
    }

    /** Writes {@code evaluation.json}. */
    public void write(Path file) throws IOException {
        write(file, List.of(this));
    }

    /** Writes the report, or a list of them where there is more than one. */
    static void write(Path file, List<EvaluationReport> reports) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), reports.size() == 1 ? reports.get(0) : reports);
    }
}
