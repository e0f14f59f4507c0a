package dev.colorstream.dashboard.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.job.JobState;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelStatus;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.dashboard.state.FigurePoint;
import dev.colorstream.dashboard.state.Figures;
import dev.colorstream.dashboard.state.JobView;
import dev.colorstream.dashboard.state.LiveState;
import dev.colorstream.dashboard.state.PhotoPage;
import dev.colorstream.dashboard.state.PhotoState;
import dev.colorstream.dashboard.state.PhotoStatus;
import dev.colorstream.dashboard.state.Tally;
import dev.colorstream.dashboard.state.WorkerView;
import dev.colorstream.storage.modelregistry.RegisteredVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The state as the API tells it; {@code openapi.json} describes every field. */
final class ApiJson {
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private ApiJson() {}

    static ObjectNode jobs(List<JobView> jobs) {
        ObjectNode json = JsonObject.create();
        ArrayNode list = json.putArray("jobs");
        jobs.forEach(job -> list.add(job(job)));
        return json;
    }

    static ObjectNode job(JobView job) {
        Tally tally = job.tally();
        ObjectNode json = JsonObject.create()
                .put("id", job.id())
                .put(
                        "phase",
                        job.state()
                                .map(JobState::phase)
                                .map(JobState.Phase::wireName)
                                .orElse("unlisted"))
                .put("expected", job.expected())
                .put("waiting", Math.max(0, job.expected() - tally.colored() - tally.failures()))
                .put("colored", tally.colored())
                .put("failed", tally.failures())
                .put("done", job.isDone())
                .put("firstAt", job.firstAt().toString())
                .put("lastAt", job.lastAt().toString());
        ObjectNode failures = json.putObject("failures");
        tally.failed().forEach((reason, count) -> failures.put(reason.wireName(), count));
        return json;
    }

    static ObjectNode photos(PhotoPage page) {
        ObjectNode json = JsonObject.create();
        ArrayNode list = json.putArray("photos");
        page.photos().forEach(photo -> list.add(photo(photo)));
        page.next().ifPresent(next -> json.put("next", next));
        return json;
    }

    static ObjectNode photo(PhotoState photo) {
        ObjectNode json = JsonObject.create()
                .put("id", photo.id().value())
                .put("job", photo.scope())
                .put("title", photo.title())
                .put("status", photo.status().wireName())
                .put("changedAt", photo.changedAt().toString())
                .put(
                        "replayable",
                        photo.status() == PhotoStatus.FAILED && photo.request().isPresent());
        photo.request().map(ColorizeRequest::submittedAt).ifPresent(at -> json.put("submittedAt", at.toString()));
        photo.result().ifPresent(result -> result(json, result));
        return json;
    }

    private static void result(ObjectNode json, ColorizeResult result) {
        json.put("worker", result.worker()).put("attempt", result.attempt());
        ObjectNode spent = json.putObject("milliseconds");
        for (Stage stage : Stage.values()) {
            Long ms = result.milliseconds().get(stage);
            if (ms != null) {
                spent.put(stage.wireName(), ms);
            }
        }
        if (result instanceof Colored colored) {
            json.put("modelVersion", colored.modelVersion().value())
                    .put("width", colored.object().width())
                    .put("height", colored.object().height());
        } else if (result instanceof Failed failed) {
            json.put("reason", failed.reason().wireName())
                    .put("detail", failed.detail())
                    .put("stage", failed.stage().wireName());
        }
    }

    static ObjectNode versions(RegisteredVersions registered) {
        ObjectNode json = JsonObject.create();
        ArrayNode list = json.putArray("versions");
        registered.whole().forEach(manifest -> list.add(manifest.version().value()));
        return json;
    }

    static ObjectNode receipt(List<JobPhoto> photos, Map<String, String> refused) {
        ObjectNode json = JsonObject.create();
        ArrayNode taken = json.putArray("photos");
        photos.forEach(photo ->
                taken.addObject().put("request", photo.request().value()).put("name", photo.name()));
        ArrayNode others = json.putArray("refused");
        refused.forEach((name, reason) -> others.addObject().put("name", name).put("reason", reason));
        return json;
    }

    static ObjectNode models(LiveState state, Instant now) {
        ObjectNode json = JsonObject.create();
        ArrayNode channels = json.putArray("channels");
        Set<String> versions = new TreeSet<>();
        for (ModelAnnouncement announced : state.announcements()) {
            versions.add(announced.version().value());
            channels.addObject()
                    .put("channel", announced.channel().wireName())
                    .put("version", announced.version().value())
                    .put("share", announced.share())
                    .put("announcedAt", announced.announcedAt().toString())
                    .put("note", announced.note());
        }
        Map<String, Figures> minute = state.minute();
        Map<String, Figures> quarter = state.figures(QUARTER);
        Map<String, List<FigurePoint>> history = state.history(Duration.ofHours(2));
        List<WorkerView> workers = state.workers();
        versions.addAll(history.keySet());
        workers.forEach(worker -> worker.version().ifPresent(version -> versions.add(version.value())));
        ArrayNode list = json.putArray("versions");
        for (String version : versions) {
            ObjectNode one = list.addObject().put("version", version);
            one.set("minute", figures(minute.getOrDefault(version, new Figures())));
            one.set("quarter", figures(quarter.getOrDefault(version, new Figures())));
            ArrayNode points = one.putArray("history");
            history.getOrDefault(version, List.of()).forEach(point -> points.add(point(point)));
        }
        ArrayNode statuses = json.putArray("statuses");
        state.statuses().forEach(status -> statuses.add(status(status)));
        ArrayNode seen = json.putArray("workers");
        workers.forEach(worker -> seen.add(worker(worker, now)));
        return json;
    }

    private static ObjectNode figures(Figures figures) {
        ObjectNode json = JsonObject.create()
                .put("colored", figures.colored())
                .put("failed", figures.failed())
                .put("failureShare", figures.failureShare());
        json.set("total", quantiles(figures.total()));
        ObjectNode stages = json.putObject("stages");
        for (Stage stage : Stage.values()) {
            figures.stage(stage).ifPresent(times -> stages.set(stage.wireName(), quantiles(times)));
        }
        return json;
    }

    private static ObjectNode quantiles(Figures.Quantiles quantiles) {
        return JsonObject.create()
                .put("p50", quantiles.p50())
                .put("p95", quantiles.p95())
                .put("p99", quantiles.p99());
    }

    private static ObjectNode point(FigurePoint point) {
        ObjectNode json = quantiles(point.figures().total());
        return json.put("from", point.from().toString())
                .put("colored", point.figures().colored())
                .put("failed", point.figures().failed());
    }

    private static ObjectNode status(ModelStatus status) {
        ObjectNode json = JsonObject.create()
                .put("worker", status.worker())
                .put("version", status.version().value())
                .put("since", status.since().toString());
        if (status instanceof ModelStatus.Refused refused) {
            return json.put("status", "refused").put("detail", refused.detail());
        }
        return json.put("status", status instanceof ModelStatus.Serving ? "serving" : "retired");
    }

    private static ObjectNode worker(WorkerView worker, Instant now) {
        ObjectNode json = JsonObject.create()
                .put("worker", worker.worker())
                .put("lastSeen", worker.lastSeen().toString())
                .put("perSecondMinute", worker.rate(now, 1))
                .put("perSecondQuarter", worker.rate(now, 15));
        worker.version().ifPresent(version -> json.put("version", version.value()));
        return json;
    }
}
