package dev.colorstream.dashboard.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.job.JobStateJson;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestReader;
import dev.colorstream.contract.request.RequestReading.Requests;
import dev.colorstream.contract.request.RequestWriter;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ResultJson;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** The JSON in which stores and inner topics keep the state; parts that the contract knows are written as it writes them. */
final class StateJson {
    static final Serde<PhotoEvent> PHOTO_EVENT = serde(StateJson::write, StateJson::photoEvent);
    static final Serde<PhotoState> PHOTO = serde(StateJson::write, StateJson::photo);
    static final Serde<JobEvent> JOB_EVENT = serde(StateJson::write, StateJson::jobEvent);
    static final Serde<JobView> JOB = serde(StateJson::write, StateJson::job);
    static final Serde<WorkerView> WORKER = serde(StateJson::write, StateJson::worker);
    static final Serde<ColorizeResult> RESULT = serde(ResultJson::toJson, ResultJson::read);
    static final Serde<Figures> FIGURES = serde(Figures::toBytes, Figures::ofBytes);

    private static final String ASKED = "asked";
    private static final String LISTED = "listed";
    private static final String ENDED = "ended";
    private static final String WITHDRAWN = "withdrawn";
    private static final String JOB_ID = "jobId";
    private static final String NAME = "name";
    private static final RequestReader REQUESTS = new RequestReader();
    private static final RequestWriter REQUEST_WRITER = new RequestWriter("/colorstream/dashboard");

    private StateJson() {}

    @SuppressWarnings("NullAway") // Kafka's tombstones are null, in and out.
    private static <T> Serde<T> serde(Function<T, byte[]> write, Function<byte[], T> read) {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : write.apply(value),
                (topic, bytes) -> bytes == null ? null : read.apply(bytes));
    }

    private static byte[] write(PhotoEvent event) {
        ObjectNode json = JsonObject.create();
        if (event instanceof PhotoEvent.Asked asked) {
            json.set(ASKED, request(asked.request()));
        } else if (event instanceof PhotoEvent.Listed listed) {
            json.putObject(LISTED)
                    .put("requestId", listed.id().value())
                    .put(JOB_ID, listed.job().value())
                    .put(NAME, listed.name());
        } else if (event instanceof PhotoEvent.Ended ended) {
            json.set(ENDED, parsed(ResultJson.toJson(ended.result())));
        } else if (event instanceof PhotoEvent.Withdrawn withdrawn) {
            json.put(WITHDRAWN, withdrawn.id().value());
        }
        return JsonObject.write(json);
    }

    private static PhotoEvent photoEvent(byte[] bytes) {
        JsonObject json = JsonObject.parse(bytes);
        if (json.has(ASKED)) {
            return new PhotoEvent.Asked(request(json.object(ASKED)));
        }
        if (json.has(LISTED)) {
            JsonObject listed = json.object(LISTED);
            return new PhotoEvent.Listed(
                    listed.parsed("requestId", RequestId::new), listed.parsed(JOB_ID, JobId::new), listed.text(NAME));
        }
        return json.has(WITHDRAWN)
                ? new PhotoEvent.Withdrawn(json.parsed(WITHDRAWN, RequestId::new))
                : new PhotoEvent.Ended(result(json.object(ENDED)));
    }

    private static byte[] write(PhotoState photo) {
        ObjectNode json = JsonObject.create();
        json.put("id", photo.id().value());
        photo.job().ifPresent(job -> json.put(JOB_ID, job.value()));
        photo.name().ifPresent(name -> json.put(NAME, name));
        photo.request().ifPresent(asked -> json.set(ASKED, request(asked)));
        photo.result().ifPresent(ended -> json.set(ENDED, parsed(ResultJson.toJson(ended))));
        json.put("changedAt", photo.changedAt().toEpochMilli());
        return JsonObject.write(json);
    }

    private static PhotoState photo(byte[] bytes) {
        JsonObject json = JsonObject.parse(bytes);
        return new PhotoState(
                json.parsed("id", RequestId::new),
                json.optionalParsed(JOB_ID, JobId::new),
                json.optionalText(NAME),
                json.optionalObject(ASKED).map(StateJson::request),
                json.optionalObject(ENDED).map(StateJson::result),
                Instant.ofEpochMilli(json.integer("changedAt")));
    }

    private static byte[] write(JobEvent event) {
        ObjectNode json = JsonObject.create();
        if (event instanceof JobEvent.Counted counted) {
            json.set("counted", tally(counted.difference()));
            json.put("at", counted.at().toEpochMilli());
        } else if (event instanceof JobEvent.Told told) {
            json.set("told", jobState(told.state()));
        }
        return JsonObject.write(json);
    }

    private static JobEvent jobEvent(byte[] bytes) {
        JsonObject json = JsonObject.parse(bytes);
        if (json.has("counted")) {
            return new JobEvent.Counted(tally(json.object("counted")), Instant.ofEpochMilli(json.integer("at")));
        }
        return json.has("told") ? new JobEvent.Told(jobState(json.object("told"))) : new JobEvent.Forgotten();
    }

    private static byte[] write(JobView job) {
        ObjectNode json = JsonObject.create();
        json.put("id", job.id());
        job.state().ifPresent(state -> json.set("told", jobState(state)));
        json.set("tally", tally(job.tally()));
        json.put("firstAt", job.firstAt().toEpochMilli());
        json.put("lastAt", job.lastAt().toEpochMilli());
        json.put("deleted", job.deleted());
        return JsonObject.write(json);
    }

    private static JobView job(byte[] bytes) {
        JsonObject json = JsonObject.parse(bytes);
        return new JobView(
                json.text("id"),
                json.optionalObject("told").map(StateJson::jobState),
                tally(json.object("tally")),
                Instant.ofEpochMilli(json.integer("firstAt")),
                Instant.ofEpochMilli(json.integer("lastAt")),
                // Stores of earlier versions do not tell.
                json.has("deleted") && json.flag("deleted"));
    }

    private static byte[] write(WorkerView worker) {
        ObjectNode json = JsonObject.create();
        json.put("worker", worker.worker());
        json.put("lastSeen", worker.lastSeen().toEpochMilli());
        worker.version().ifPresent(version -> json.put("version", version.value()));
        ObjectNode minutes = json.putObject("perMinute");
        worker.perMinute().forEach((minute, count) -> minutes.put(minute.toString(), count));
        return JsonObject.write(json);
    }

    private static WorkerView worker(byte[] bytes) {
        JsonObject json = JsonObject.parse(bytes);
        Map<Long, Long> minutes = new HashMap<>();
        JsonObject stored = json.object("perMinute");
        stored.numbers().keySet().forEach(minute -> minutes.put(Long.valueOf(minute), stored.integer(minute)));
        return new WorkerView(
                json.text("worker"),
                Instant.ofEpochMilli(json.integer("lastSeen")),
                json.optionalParsed("version", ModelVersionId::new),
                minutes);
    }

    private static ObjectNode tally(Tally tally) {
        ObjectNode json = JsonObject.create().put("waiting", tally.waiting()).put("colored", tally.colored());
        ObjectNode failed = json.putObject("failed");
        tally.failed().forEach((reason, count) -> failed.put(reason.wireName(), count));
        return json;
    }

    private static Tally tally(JsonObject json) {
        JsonObject stored = json.object("failed");
        Map<FailureReason, Long> failed = new EnumMap<>(FailureReason.class);
        stored.numbers()
                .keySet()
                .forEach(name -> failed.merge(
                        FailureReason.ofWireName(name).orElse(FailureReason.OTHER), stored.integer(name), Long::sum));
        return new Tally(json.integer("waiting"), json.integer("colored"), failed);
    }

    private static ObjectNode jobState(JobState state) {
        return parsed(JobStateJson.write("unsent", state).value());
    }

    private static JobState jobState(JsonObject json) {
        return JobStateJson.read(JsonObject.write(json.copy()));
    }

    private static ObjectNode request(ColorizeRequest request) {
        return parsed(REQUEST_WRITER.write("unsent", request).value());
    }

    private static ColorizeRequest request(JsonObject json) {
        ConsumerRecord<byte @Nullable [], byte[]> message =
                new ConsumerRecord<>("unsent", 0, 0, null, JsonObject.write(json.copy()));
        if (REQUESTS.read(message) instanceof Requests read) {
            return read.requests().get(0);
        }
        throw new MalformedJsonException("a stored request cannot be read");
    }

    private static ColorizeResult result(JsonObject json) {
        return ResultJson.read(JsonObject.write(json.copy()));
    }

    private static ObjectNode parsed(byte[] json) {
        return JsonObject.parse(json).copy();
    }
}
