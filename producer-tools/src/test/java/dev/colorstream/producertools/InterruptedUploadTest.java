package dev.colorstream.producertools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.producertools.Installation.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** An upload that is killed again and again ends with every photo asked for, and few of them twice. */
class InterruptedUploadTest {
    private static final int PHOTOS = 1_300;
    private static final int KILLS = 3;
    private static final long SEED = 6;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String JOB = "killed-1";

    private final Installation installation = Installation.shared();

    @TempDir
    Path directory;

    @Test
    void shouldEndAsIfItHadNeverBeenKilled(TestReporter reporter) throws Exception {
        for (int i = 0; i < PHOTOS; i++) {
            Files.writeString(directory.resolve(i + ".jpg"), "photo " + i);
        }
        // Far enough from the end that an upload is never done before it is killed.
        int[] points = new Random(SEED).ints(KILLS, 1, PHOTOS * 2 / 3).sorted().toArray();

        for (int requests : points) {
            killOnceThereAre(requests);
        }
        Run last = installation.run("upload", directory.toString(), "--job", JOB);

        assertThat(last.exitCode()).isZero();
        List<ColorizeRequest> requests = installation.requests(JOB);
        Set<RequestId> ids = new HashSet<>();
        requests.forEach(request -> ids.add(request.id()));
        assertThat(ids).hasSize(PHOTOS);
        int sentAgain = requests.size() - PHOTOS;
        reporter.publishEntry("requests sent again after " + KILLS + " kills", Integer.toString(sentAgain));
        assertThat(sentAgain).as("requests that were sent again").isLessThanOrEqualTo(KILLS * JobPage.MAX_PHOTOS);
        requests.forEach(request -> installation.publish(installation.failed(request, FailureReason.POISON)));
        assertThat(installation.run("await", JOB).out())
                .contains("1300 submitted = 0 colored + 1300 failed + 0 pending");
    }

    private void killOnceThereAre(int requests) throws IOException {
        int before = installation.requests(JOB).size();
        Process upload = installation.start(directory.resolve("log"), "upload", directory.toString(), "--job", JOB);
        try {
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() ->
                            !upload.isAlive() || installation.requests(JOB).size() >= Math.max(requests, before + 1));
            assertThat(upload.isAlive())
                    .as("the upload goes on when it is killed")
                    .isTrue();
        } finally {
            upload.destroyForcibly();
            upload.onExit().join();
        }
    }
}
