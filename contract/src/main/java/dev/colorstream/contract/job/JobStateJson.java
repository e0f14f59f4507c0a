package dev.colorstream.contract.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.job.JobState.Phase;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/** States as JSON records, keyed by job id. Readers pass over fields that they do not know. */
public final class JobStateJson {
    private JobStateJson() {}

    /** The record that tells it. */
    public static ProducerRecord<byte[], byte[]> write(String topic, JobState state) {
        ObjectNode json = JsonObject.create();
        json.put("jobId", state.job().value());
        json.put("state", state.phase().wireName());
        json.put("photos", state.photos());
        json.put("refused", state.refused());
        json.put("options", state.options());
        json.put("openedAt", state.openedAt().toString());
        ObjectNode from = json.putObject("resultsFrom");
        new TreeMap<>(state.resultsFrom()).forEach((partition, offset) -> from.put(partition.toString(), offset));
        return new ProducerRecord<>(topic, key(state.job()), JsonObject.write(json));
    }

    /** The record that says that the job was deleted. */
    @SuppressWarnings("NullAway") // A record without a value deletes.
    public static ProducerRecord<byte[], byte[]> delete(String topic, JobId job) {
        return new ProducerRecord<>(topic, key(job), null);
    }

    private static byte[] key(JobId job) {
        return job.value().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The state that the JSON tells.
     *
     * @throws MalformedJsonException when it tells none
     */
    public static JobState read(byte[] value) {
        JsonObject json = JsonObject.parse(value);
        String phase = json.text("state");
        try {
            return new JobState(
                    json.parsed("jobId", JobId::new),
                    Phase.ofWireName(phase)
                            .orElseThrow(() -> new MalformedJsonException(
                                    "'state' is " + phase + ": known are open, sealed and cancelled")),
                    json.integer("photos"),
                    json.integer("refused"),
                    json.text("options"),
                    json.time("openedAt"),
                    offsets(json.object("resultsFrom")));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("'photos': " + e.getMessage(), e);
        }
    }

    private static Map<Integer, Long> offsets(JsonObject json) {
        Map<Integer, Long> offsets = new HashMap<>();
        json.numbers().keySet().forEach(partition -> {
            try {
                offsets.put(Integer.valueOf(partition), json.integer(partition));
            } catch (NumberFormatException e) {
                throw new MalformedJsonException(
                        "'" + json.pathOf(partition) + "' is no partition: write its number", e);
            }
        });
        return offsets;
    }
}
