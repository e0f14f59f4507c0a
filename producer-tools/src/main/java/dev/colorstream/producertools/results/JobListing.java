package dev.colorstream.producertools.results;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.job.JobPageJson;
import dev.colorstream.contract.json.MalformedJsonException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the topic of jobs says belongs to a job. */
public sealed interface JobListing {
    /** All photos of the newest upload of the job. */
    record Sealed(List<JobPhoto> photos) implements JobListing {}

    /** The upload began and has not ended in the time that was given. */
    record StillOpen() implements JobListing {}

    /** No upload of that job ever began. */
    record Unknown() implements JobListing {}

    /** Reads the topic from its beginning, and on until the job's list is sealed or the deadline has come. */
    static JobListing read(Consumer<byte[], byte[]> consumer, String topic, JobId job, Instant deadline, Clock clock) {
        List<TopicPartition> partitions = TopicPartitions.of(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Pages pages = new Pages();
        while (true) {
            for (ConsumerRecord<byte[], byte @Nullable []> message : consumer.poll(Duration.ofMillis(200))) {
                byte[] value = message.value();
                if (value != null) {
                    pages.add(job, value);
                }
            }
            boolean caughtUp = ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue());
            if (caughtUp && pages.isEmpty()) {
                return new Unknown();
            }
            if (caughtUp && pages.areSealed()) {
                return new Sealed(pages.photos());
            }
            if (!clock.instant().isBefore(deadline)) {
                return new StillOpen();
            }
        }
    }

    /** The pages of the newest upload that was met so far. */
    final class Pages {
        private final Map<Integer, JobPage> byNumber = new HashMap<>();
        private Instant upload = Instant.MIN;
        private int last = -1;

        private Pages() {}

        private void add(JobId job, byte[] value) {
            JobPage page;
            try {
                page = JobPageJson.read(value);
            } catch (MalformedJsonException e) {
                return;
            }
            if (!page.job().equals(job) || page.uploadStartedAt().isBefore(upload)) {
                return;
            }
            if (page.uploadStartedAt().isAfter(upload)) {
                upload = page.uploadStartedAt();
                byNumber.clear();
                last = -1;
            }
            byNumber.put(page.number(), page);
            if (page.last()) {
                last = page.number();
            }
        }

        private boolean isEmpty() {
            return byNumber.isEmpty();
        }

        private boolean areSealed() {
            return last >= 0 && byNumber.size() == last + 1;
        }

        private List<JobPhoto> photos() {
            List<JobPhoto> photos = new ArrayList<>();
            for (int number = 0; number <= last; number++) {
                JobPage page = byNumber.get(number);
                if (page != null) {
                    photos.addAll(page.photos());
                }
            }
            return photos;
        }
    }
}
