package dev.colorstream.trainer.retraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a retraining has come; what it was about to do when it died it does again.
 *
 * @param round its number, from 1 on; 0 before the first
 * @param stage what comes next
 * @param photos how many photos there were when the last round began
 * @param since when the last round ended, in ISO 8601; before the first when all began
 * @param parent the version that the round trains from; null for random weights
 * @param version the version that the round made; null before it is made
 * @param passed whether the gate let it pass
 * @param reason what the gate said; null before it did
 * @param judgedAgainst when the announcement was made that the gate saw, in ISO 8601; null where nothing was served
 */
record Progress(
        int round,
        Stage stage,
        int photos,
        String since,
        @Nullable String parent,
        @Nullable String version,
        boolean passed,
        @Nullable String reason,
        @Nullable String judgedAgainst) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Progress none(Instant now) {
        return new Progress(0, Stage.WAITING, 0, now.toString(), null, null, false, null, null);
    }

    Progress begun(int photosNow, @Nullable String from) {
        return new Progress(round + 1, Stage.TRAINING, photosNow, since, from, null, false, null, null);
    }

    Progress trained(String made) {
        return new Progress(round, Stage.JUDGING, photos, since, parent, made, false, null, null);
    }

    Progress judged(boolean hasPassed, String why, @Nullable String against) {
        return new Progress(round, Stage.PUBLISHING, photos, since, parent, version, hasPassed, why, against);
    }

    Progress published() {
        return new Progress(round, Stage.ANNOUNCING, photos, since, parent, version, passed, reason, judgedAgainst);
    }

    Progress ended(Instant now) {
        return new Progress(round, Stage.WAITING, photos, now.toString(), null, null, false, null, null);
    }

    static Progress read(Path file) throws IOException {
        try {
            return JSON.readValue(file.toFile(), Progress.class);
        } catch (IOException e) {
            throw new IOException(
                    file + " does not tell how far the training is (" + e.getMessage()
                            + "): delete it to begin a new round",
                    e);
        }
    }

    /** Writes it whole or not at all. */
    void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        JSON.writeValue(unfinished.toFile(), this);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
