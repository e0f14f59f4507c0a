package dev.colorstream.dashboard.state;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of the topics, as tests need them. */
public final class Told {
    public static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    public static final JobId JOB = new JobId("holidays");

    private Told() {}

    public static ColorizeRequest request(String id) {
        return new ColorizeRequest(
                new RequestId(id),
                Optional.of(JOB),
                new ObjectAddress("uploads", "jobs/" + JOB + "/" + id + ".jpg"),
                RequestOptions.NONE,
                NOON);
    }

    public static Colored colored(String id) {
        return colored(id, "v1", 100);
    }

    public static Colored colored(String id, String version, long colorizeMs) {
        return new Colored(
                new RequestId(id),
                Optional.of(JOB),
                request(id).source(),
                new ColorObject(
                        new ObjectAddress("colorized", JOB + "/" + id + "/" + id + ".jpg"),
                        "image/jpeg",
                        640,
                        480,
                        "0".repeat(64)),
                new ModelVersionId(version),
                "worker-1",
                1,
                Map.of(Stage.FETCH, 10L, Stage.COLORIZE, colorizeMs),
                NOON);
    }

    public static Failed failed(String id, FailureReason reason) {
        return new Failed(
                new RequestId(id),
                Optional.of(JOB),
                Optional.of(request(id).source()),
                reason,
                "what is wrong with " + id,
                Stage.DECODE,
                "worker-1",
                1,
                Map.of(Stage.FETCH, 10L),
                NOON);
    }

    public static JobState job(JobState.Phase phase, long photos) {
        return new JobState(JOB, phase, photos, 0, "", NOON, Map.of());
    }

    public static JobPage page(String... ids) {
        return new JobPage(
                JOB,
                0,
                true,
                List.of(ids).stream()
                        .map(id -> new JobPage.JobPhoto(new RequestId(id), "album/" + id + ".jpg"))
                        .toList(),
                NOON);
    }
}
