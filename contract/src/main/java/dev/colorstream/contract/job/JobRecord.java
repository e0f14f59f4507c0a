package dev.colorstream.contract.job;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record of the topic of jobs: how a job stands, or a part of the list of its photos. */
public sealed interface JobRecord permits JobPage, JobState, JobRecord.Forgotten {
    /** The job of which it tells. */
    JobId job();

    /** The job was deleted: what was told of it before holds no longer. */
    record Forgotten(JobId job) implements JobRecord {}

    /** What the record tells; empty for one that is not ours, and for a deleted page, which says nothing by itself. */
    static Optional<JobRecord> read(ConsumerRecord<byte @Nullable [], byte @Nullable []> message) {
        byte[] key = message.key();
        byte[] value = message.value();
        if (key == null) {
            return Optional.empty();
        }
        String name = new String(key, StandardCharsets.UTF_8);
        boolean isPage = name.indexOf(JobPageJson.PAGE_MARK) >= 0;
        try {
            if (value == null) {
                return isPage ? Optional.empty() : Optional.of(new Forgotten(new JobId(name)));
            }
            return Optional.of(isPage ? JobPageJson.read(value) : JobStateJson.read(value));
        } catch (MalformedJsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
