package dev.colorstream.dashboard.upload;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.PlainText;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.job.JobPageJson;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.job.JobState.Phase;
import dev.colorstream.contract.job.JobStateJson;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.result.ResultRecord;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.storage.objectstore.ObjectContent;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Brings photos into the system as {@code colorstream upload} does. Safe from several threads. */
public final class Uploads {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String GRAY_TYPE = "application/octet-stream";
    private static final int MAX_NAME = 120;

    /** In code points: a page of such names stays far below the megabyte that brokers take. */
    private static final int MAX_PATH = 240;

    private final ObjectStore store;
    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final RandomGenerator random;
    private final RequestWriter requests = new RequestWriter("/colorstream/dashboard");

    /**
     * Uploads by these.
     *
     * @param random tells jobs of the same second apart
     */
    public Uploads(ObjectStore store, Producer<byte[], byte[]> producer, Clock clock, RandomGenerator random) {
        this.store = store;
        this.producer = producer;
        this.clock = clock;
        this.random = random;
    }

    /** Which requests a photo waits behind. */
    public enum Lane {
        /** None but those of other single photos. */
        EXPRESS(Topics.EXPRESS_REQUESTS),
        /** All that came before it. */
        BULK(Topics.REQUESTS);

        private final String topic;

        Lane(String topic) {
            this.topic = topic;
        }
    }

    /** Opens a job for photos that come together. */
    public JobId open() {
        JobId job =
                new JobId("page-" + STAMP.format(clock.instant()) + "-" + "%06x".formatted(random.nextInt(1 << 24)));
        send(JobStateJson.write(Topics.JOBS, state(job, Phase.OPEN, 0)));
        return job;
    }

    /** Stores a photo and asks for its color; the same path in the same job is the same photo. */
    public JobPhoto add(JobId job, String path, ObjectContent content, Lane lane) {
        return add(job, plainPath(path), content, lane, RequestOptions.NONE);
    }

    /** The same by one version of the network: a photo of the job for each version, which is listed in a folder of that name. */
    public JobPhoto add(JobId job, String path, ObjectContent content, Lane lane, ModelVersionId version) {
        return add(job, version + "/" + plainPath(path), content, lane, RequestOptions.pinned(version));
    }

    private JobPhoto add(JobId job, String path, ObjectContent content, Lane lane, RequestOptions options) {
        RequestId id = RequestId.hashOf("page", job.value(), path);
        ObjectAddress source = new ObjectAddress(Buckets.UPLOADS, "jobs/" + job + "/" + id + "/" + plainName(path));
        store.put(source, content, GRAY_TYPE, Map.of());
        send(requests.write(lane.topic, new ColorizeRequest(id, Optional.of(job), source, options, clock.instant())));
        return new JobPhoto(id, end(path, MAX_PATH));
    }

    /** Stores a photo without asking for anything; those of a collection lie together. Its address. */
    public ObjectAddress keep(JobId collection, String name, ObjectContent content) {
        ObjectAddress address = new ObjectAddress(Buckets.UPLOADS, "collections/" + collection + "/" + plainName(name));
        store.put(address, content, GRAY_TYPE, Map.of());
        return address;
    }

    /** Says that the job has these photos, each counted once, and no others will come; how many they are. */
    public int seal(JobId job, List<JobPhoto> listed) {
        Map<RequestId, JobPhoto> byRequest = new LinkedHashMap<>();
        listed.forEach(photo -> byRequest.put(photo.request(), photo));
        List<JobPhoto> photos = List.copyOf(byRequest.values());
        Instant now = clock.instant();
        List<List<JobPhoto>> pages = new ArrayList<>();
        for (int from = 0; from < photos.size(); from += JobPage.MAX_PHOTOS) {
            pages.add(photos.subList(from, Math.min(photos.size(), from + JobPage.MAX_PHOTOS)));
        }
        for (int number = 0; number < pages.size(); number++) {
            boolean last = number == pages.size() - 1;
            send(JobPageJson.write(Topics.JOBS, new JobPage(job, number, last, pages.get(number), now)));
        }
        send(JobStateJson.write(Topics.JOBS, state(job, Phase.SEALED, photos.size())));
        return photos.size();
    }

    /** Asks for the photo again, under the same id. Its result is withdrawn first: else that might take the next one along. */
    public void replay(ColorizeRequest request) {
        send(ResultRecord.withdrawal(Topics.RESULTS, request.id()));
        ask(request);
    }

    /** Asks for a photo that is in the store. */
    public void ask(ColorizeRequest request) {
        send(requests.write(Topics.EXPRESS_REQUESTS, request));
    }

    private JobState state(JobId job, Phase phase, int photos) {
        return new JobState(
                job, phase, photos, 0, Hashes.shortHash(RequestOptions.NONE.toString()), clock.instant(), Map.of());
    }

    /** The path without what leads elsewhere; {@code photo} where nothing is left. */
    private static String plainPath(String path) {
        String plain = Arrays.stream(PlainText.clean(path.replace('\\', '/'), Integer.MAX_VALUE)
                        .split("/"))
                .map(String::strip)
                .filter(part -> !part.codePoints().allMatch(c -> c == '.'))
                .collect(Collectors.joining("/"));
        return plain.isEmpty() ? "photo" : plain;
    }

    /** The last part of a path, without what would make a path of it. */
    private static String plainName(String path) {
        String plain = plainPath(path);
        return end(plain.substring(plain.lastIndexOf('/') + 1), MAX_NAME);
    }

    /** The end tells the kind of file. */
    private static String end(String text, int codePoints) {
        int length = text.codePointCount(0, text.length());
        return length <= codePoints ? text : text.substring(text.offsetByCodePoints(0, length - codePoints));
    }

    private void send(ProducerRecord<byte[], byte[]> message) {
        try {
            producer.send(message).get();
        } catch (ExecutionException e) {
            throw new KafkaUnavailableException("Kafka did not take a record for " + message.topic(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("ended while Kafka was waited for", e);
        }
    }
}
