package dev.colorstream.producertools.jobs;

import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.connection.StoreConnection;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.job.JobPageJson;
import dev.colorstream.contract.job.JobRecord.Forgotten;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.job.JobState.Phase;
import dev.colorstream.contract.job.JobStateJson;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.storage.objectstore.ListedObject;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** All jobs that are known: lists, cancels and deletes them. */
public final class JobRegister {
    private final KafkaConnection kafka;
    private final StoreConnection store;

    public JobRegister(KafkaConnection kafka, StoreConnection store) {
        this.kafka = kafka;
        this.store = store;
    }

    /** How every job stands, the oldest first. */
    public List<JobState> list() {
        return kafka.use(() -> {
            Map<JobId, JobState> states = new LinkedHashMap<>();
            try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
                JobsTopic.fromBeginning(consumer).readOn(told -> {
                    if (told instanceof JobState state) {
                        states.put(state.job(), state);
                    } else if (told instanceof Forgotten) {
                        states.remove(told.job());
                    }
                });
            }
            List<JobState> sorted = new ArrayList<>(states.values());
            sorted.sort(Comparator.comparing(JobState::openedAt));
            return sorted;
        });
    }

    /** How the job stands; empty where it is not known. */
    public Optional<JobState> find(JobId job) {
        return book(job).state();
    }

    /** Ends the waiting for a job; what was asked for is still colored. Empty where it is not known. */
    public Optional<JobState> cancel(JobId job) {
        JobBook book = book(job);
        Optional<JobState> cancelled =
                book.state().map(state -> state.with(Phase.CANCELLED, book.size(), state.refused()));
        cancelled.ifPresent(state -> send(List.of(JobStateJson.write(Topics.JOBS, state))));
        return cancelled;
    }

    /** Deletes the job's gray and color photos, then what is known of it. Its open requests will fail. */
    public Deletion delete(JobId job) {
        JobBook book = book(job);
        if (book.isIn(Phase.OPEN)) {
            return new Deletion.StillOpen();
        }
        long objects;
        try (ObjectStore open = store.open()) {
            objects = delete(open, Buckets.UPLOADS, "jobs/" + job.value() + "/")
                    + delete(open, Buckets.COLORIZED, job.value() + "/");
        }
        if (book.state().isEmpty() && objects == 0) {
            return new Deletion.Unknown();
        }
        List<ProducerRecord<byte[], byte[]>> tombstones = new ArrayList<>();
        for (int page = 0; page < book.nextPage(); page++) {
            tombstones.add(JobPageJson.delete(Topics.JOBS, job, page));
        }
        // Last, so that a deletion that is cut off can be repeated.
        tombstones.add(JobStateJson.delete(Topics.JOBS, job));
        send(tombstones);
        return new Deletion.Deleted(objects);
    }

    private JobBook book(JobId job) {
        return kafka.use(() -> {
            try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
                return JobsTopic.fromBeginning(consumer).read(job);
            }
        });
    }

    private void send(List<ProducerRecord<byte[], byte[]>> messages) {
        try (Producer<byte[], byte[]> producer = kafka.producer()) {
            kafka.sendAll(producer, messages);
        }
    }

    private static long delete(ObjectStore store, String bucket, String prefix) {
        long deleted = 0;
        try (Stream<ListedObject> listed = store.list(bucket, prefix)) {
            for (Iterator<ListedObject> objects = listed.iterator(); objects.hasNext(); deleted++) {
                store.delete(objects.next().address());
            }
        }
        return deleted;
    }

    /** What came of a deletion. */
    public sealed interface Deletion {
        /** The job is gone, with so many objects. */
        record Deleted(long objects) implements Deletion {}

        /** The job's upload goes on, or was cut off: cancel it first. */
        record StillOpen() implements Deletion {}

        /** There is no such job. */
        record Unknown() implements Deletion {}
    }
}
