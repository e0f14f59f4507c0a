package dev.colorstream.dashboard.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.dashboard.study.ColorVision;
import dev.colorstream.dashboard.study.Mode;
import dev.colorstream.dashboard.study.Participant;
import dev.colorstream.dashboard.study.Participant.Answer;
import dev.colorstream.dashboard.study.Shares;
import dev.colorstream.dashboard.study.Shares.Share;
import dev.colorstream.dashboard.study.Studies;
import dev.colorstream.dashboard.study.Study;
import dev.colorstream.dashboard.study.WilsonInterval;
import dev.colorstream.dashboard.upload.TemporaryFile;
import dev.colorstream.dashboard.upload.Uploads;
import dev.colorstream.storage.objectstore.ObjectContent;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The API of plausibility studies. What a participant is sent tells nothing of what an image shows. */
final class StudyRoutes {
    private static final int MAX_BODY = 64 << 10;

    private final Studies studies;
    private final Uploads uploads;
    private final long mostBytes;

    /** @param mostBytes of a photo */
    StudyRoutes(Studies studies, Uploads uploads, long mostBytes) {
        this.studies = studies;
        this.uploads = uploads;
        this.mostBytes = mostBytes;
    }

    void add(JavalinConfig config) {
        config.routes.get("/api/studies", this::list);
        config.routes.post("/api/studies", this::make);
        config.routes.post("/api/collections/{name}", this::keep);
        config.routes.get("/api/studies/{id}", request -> withStudy(request, StudyRoutes::tell));
        config.routes.post("/api/studies/{id}/participants", request -> withStudy(request, this::join));
        config.routes.post("/api/studies/{id}/answers", request -> withStudy(request, this::answer));
        config.routes.get("/api/studies/{id}/images/{image}", request -> withStudy(request, this::image));
        config.routes.get("/api/studies/{id}/results", request -> withStudy(request, this::results));
        config.routes.get("/api/studies/{id}/answers.csv", request -> withStudy(request, this::csv));
    }

    private void withStudy(Context request, BiConsumer<Context, Study> work) {
        studies.study(request.pathParam("id"))
                .ifPresentOrElse(
                        study -> work.accept(request, study), () -> Answers.problem(request, 404, "no such study"));
    }

    private void list(Context request) {
        ObjectNode json = JsonObject.create();
        ArrayNode list = json.putArray("studies");
        studies.all().stream()
                .sorted(Comparator.comparing(Study::madeAt).reversed())
                .forEach(study -> list.add(withResults(study)));
        ArrayNode making = json.putArray("making");
        studies.inMaking()
                .forEach((id, state) -> making.addObject()
                        .put("id", id)
                        .put("failed", state.failed())
                        .put("told", state.told()));
        Answers.json(request, json);
    }

    private void make(Context request) throws IOException {
        JsonObject wish = JsonObject.parse(request.bodyInputStream().readNBytes(MAX_BODY));
        String id = studies.make(
                wish.text("bucket"), wish.text("prefix"), wish.optionalParsed("version", ModelVersionId::new));
        Answers.json(request, JsonObject.create().put("id", id));
    }

    private void keep(Context request) throws IOException {
        JobId collection = new JobId(request.pathParam("name"));
        String name = Optional.ofNullable(request.queryParam("name")).orElse("photo");
        try (TemporaryFile file = TemporaryFile.create();
                InputStream body = request.bodyInputStream()) {
            if (file.fill(body, mostBytes)) {
                Answers.json(
                        request,
                        JsonObject.create()
                                .put(
                                        "address",
                                        uploads.keep(collection, name, ObjectContent.of(file.path()))
                                                .toString()));
            } else {
                Answers.problem(request, 413, "'" + name + "' has more than " + (mostBytes >> 20) + " MiB");
            }
        }
    }

    private static void tell(Context request, Study study) {
        Answers.json(request, json(study));
    }

    private void join(Context request, Study study) {
        Mode mode = Mode.ofWireName(parameter(request, "mode"))
                .orElseThrow(() -> new IllegalArgumentException("'mode' must be plausible or pair"));
        ColorVision vision = ColorVision.ofWireName(parameter(request, "colorVision"))
                .orElseThrow(() -> new IllegalArgumentException("'colorVision' must be normal, deficient or unsaid"));
        Participant participant = studies.join(study, mode, vision);
        ObjectNode json = JsonObject.create().put("participant", participant.id());
        ArrayNode trials = json.putArray("trials");
        participant.trials().forEach(images -> {
            ArrayNode shown = trials.addObject().putArray("images");
            images.forEach(shown::add);
        });
        Answers.json(request, json);
    }

    private void answer(Context request, Study study) {
        Answer answer = new Answer(
                Integer.parseInt(parameter(request, "choice")), Long.parseLong(parameter(request, "milliseconds")));
        studies.answer(study, parameter(request, "participant"), Integer.parseInt(parameter(request, "trial")), answer)
                .ifPresentOrElse(
                        now -> Answers.json(
                                request,
                                JsonObject.create()
                                        .put("answered", now.answers().size())
                                        .put("done", now.isDone())),
                        () -> Answers.problem(request, 409, "that is not the trial whose turn it is"));
    }

    private void image(Context request, Study study) {
        studies.image(study, request.pathParam("image"))
                .ifPresentOrElse(
                        jpeg -> {
                            request.header("Cache-Control", "private, max-age=3600");
                            request.contentType("image/jpeg");
                            request.result(jpeg);
                        },
                        () -> Answers.problem(request, 404, "no such image"));
    }

    private void results(Context request, Study study) {
        Answers.json(request, withResults(study));
    }

    private void csv(Context request, Study study) {
        StringBuilder lines = new StringBuilder("participant,mode,colorVision,trial,shown,choice,tookForReal,ms\n");
        for (Participant participant : studies.participants(study)) {
            for (int i = 0; i < participant.answers().size(); i++) {
                Answer answer = participant.answers().get(i);
                lines.append("%s,%s,%s,%d,%s,%d,%s,%d%n"
                        .formatted(
                                participant.id(),
                                participant.mode().wireName(),
                                participant.vision().wireName(),
                                i + 1,
                                study.shown(participant.trials().get(i)),
                                answer.choice(),
                                study.tookForReal(participant, i),
                                answer.milliseconds()));
            }
        }
        request.header("Content-Disposition", "attachment; filename=\"" + study.id() + ".csv\"");
        request.contentType("text/csv; charset=utf-8");
        request.result(lines.toString());
    }

    private ObjectNode withResults(Study study) {
        ObjectNode json = json(study);
        ArrayNode modes = json.putArray("modes");
        List<Participant> all = studies.participants(study);
        for (Mode mode : Mode.values()) {
            List<Participant> asked =
                    all.stream().filter(one -> one.mode() == mode).toList();
            ObjectNode told = modes.addObject().put("mode", mode.wireName());
            put(told, Shares.of(study, asked));
            ArrayNode split = told.putArray("byColorVision");
            for (ColorVision vision : ColorVision.values()) {
                List<Participant> seeing =
                        asked.stream().filter(one -> one.vision() == vision).toList();
                put(split.addObject().put("colorVision", vision.wireName()), Shares.of(study, seeing));
            }
        }
        return json;
    }

    private static ObjectNode json(Study study) {
        return JsonObject.create()
                .put("id", study.id())
                .put("source", study.source())
                .put("version", study.version().value())
                .put("madeAt", study.madeAt().toString());
    }

    private static void put(ObjectNode json, Shares shares) {
        json.put("participants", shares.participants());
        put(json.putObject("colorized"), shares.colorized());
        put(json.putObject("real"), shares.real());
    }

    private static void put(ObjectNode json, Share share) {
        WilsonInterval interval = share.interval();
        json.put("hits", share.hits())
                .put("trials", share.trials())
                .put("low", interval.low())
                .put("high", interval.high());
    }

    private static String parameter(Context request, String name) {
        return Optional.ofNullable(request.queryParam(name))
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
    }
}
