package dev.colorstream.producertools;

import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.producertools.connection.ConnectionOptions;
import dev.colorstream.producertools.progress.Progress;
import dev.colorstream.producertools.report.JobSummary;
import dev.colorstream.producertools.results.Downloads;
import dev.colorstream.producertools.results.JobOutcome;
import dev.colorstream.producertools.results.JobWatch;
import dev.colorstream.producertools.results.ResultsTail;
import dev.colorstream.producertools.upload.UploadReport.Refused;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The end of a job: waits for it, brings its photos, prints how it went. */
final class JobEnd {
    private final Console console;
    private final AwaitOptions options;
    private final ConnectionOptions connections;

    JobEnd(Console console, AwaitOptions options, ConnectionOptions connections) {
        this.console = console;
        this.options = options;
        this.connections = connections;
    }

    /**
     * Waits for the photos' results and acts on them.
     *
     * @param refused what never became a request
     * @return the exit code
     */
    int await(ResultsTail tail, List<JobPhoto> photos, List<Refused> refused, Instant deadline) {
        JobOutcome outcome = new JobOutcome(photos);
        Map<RequestId, String> undelivered = Map.of();
        if (options.out().isPresent()) {
            Path folder = options.out().orElseThrow();
            try (ObjectStore store = connections.openStore(console.environment());
                    Downloads downloads = new Downloads(store, folder, photos)) {
                watch(tail, outcome, deadline, downloads::begin);
                undelivered = downloads.finish();
            }
        } else {
            watch(tail, outcome, deadline, (photo, colored) -> {});
        }
        JobSummary summary = new JobSummary(outcome, refused, undelivered);
        if (options.table()) {
            summary.printTable(console.out());
        }
        summary.print(console.out());
        options.out().ifPresent(folder -> console.out().println("color photos are in " + folder));
        if (!outcome.isComplete()) {
            return ExitCode.TIMED_OUT;
        }
        return summary.allColored() ? ExitCode.OK : ExitCode.SOME_FAILED;
    }

    private void watch(ResultsTail tail, JobOutcome outcome, Instant deadline, BiConsumer<JobPhoto, Colored> deliver) {
        Set<RequestId> answered = new HashSet<>();
        int photos = outcome.photos().size();
        try (Progress progress =
                Progress.start("answered", photos, console.err(), console.terminal(), console.clock())) {
            new JobWatch(tail, outcome, console.clock()).await(deadline, (photo, result) -> {
                if (answered.add(photo.request())) {
                    progress.step();
                }
                if (result instanceof Colored colored) {
                    deliver.accept(photo, colored);
                }
            });
        }
    }
}
