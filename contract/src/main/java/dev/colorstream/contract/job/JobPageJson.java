package dev.colorstream.contract.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Pages as JSON records, keyed by job id and page number. Readers pass over fields that they do not know. */
public final class JobPageJson {
    /** Stands in the keys of pages between job and number; no job id holds it. */
    static final char PAGE_MARK = '#';

    private JobPageJson() {}

    /** The record that tells it. */
    public static ProducerRecord<byte[], byte[]> write(String topic, JobPage page) {
        ObjectNode json = JsonObject.create();
        json.put("jobId", page.job().value());
        json.put("page", page.number());
        json.put("last", page.last());
        ArrayNode photos = json.putArray("photos");
        page.photos()
                .forEach(photo -> photos.addObject()
                        .put("requestId", photo.request().value())
                        .put("name", photo.name()));
        json.put("uploadStartedAt", page.uploadStartedAt().toString());
        return new ProducerRecord<>(topic, key(page.job(), page.number()), JsonObject.write(json));
    }

    /** The record that deletes a page. */
    @SuppressWarnings("NullAway") // A record without a value deletes.
    public static ProducerRecord<byte[], byte[]> delete(String topic, JobId job, int number) {
        return new ProducerRecord<>(topic, key(job, number), null);
    }

    private static byte[] key(JobId job, int number) {
        return (job.value() + PAGE_MARK + number).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The page that the JSON tells.
     *
     * @throws MalformedJsonException when it tells none
     */
    public static JobPage read(byte[] value) {
        JsonObject json = JsonObject.parse(value);
        long number = json.integer("page");
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new MalformedJsonException("'page' is " + number + ": write a whole number from 0 on");
        }
        try {
            return new JobPage(
                    json.parsed("jobId", JobId::new),
                    (int) number,
                    json.flag("last"),
                    json.objects("photos").stream()
                            .map(photo -> new JobPhoto(photo.parsed("requestId", RequestId::new), photo.text("name")))
                            .toList(),
                    json.time("uploadStartedAt"));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("'photos': " + e.getMessage(), e);
        }
    }
}
