package dev.colorstream.dashboard.study;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.dashboard.study.Participant.Answer;
import dev.colorstream.dashboard.study.Study.Pair;
import java.util.List;
import java.util.function.Function;

/** How studies and their participants lie in the store. */
final class StudyJson {
    private static final String IMAGES = "images";

    private StudyJson() {}

    static byte[] write(Study study) {
        ObjectNode json = JsonObject.create()
                .put("id", study.id())
                .put("source", study.source())
                .put("version", study.version().value())
                .put("madeAt", study.madeAt().toString());
        ArrayNode pairs = json.putArray("pairs");
        study.pairs().forEach(pair -> pairs.addObject().put("real", pair.real()).put("colorized", pair.colorized()));
        ArrayNode others = json.putArray("others");
        study.others().forEach(others::add);
        return JsonObject.writePretty(json);
    }

    static Study study(byte[] bytes) {
        JsonObject json = JsonObject.parse(bytes);
        return new Study(
                json.text("id"),
                json.text("source"),
                json.parsed("version", ModelVersionId::new),
                json.time("madeAt"),
                json.objects("pairs").stream()
                        .map(pair -> new Pair(pair.text("real"), pair.text("colorized")))
                        .toList(),
                json.optionalParsedTexts("others", Function.identity()));
    }

    static byte[] write(Participant participant) {
        ObjectNode json = JsonObject.create()
                .put("id", participant.id())
                .put("mode", participant.mode().wireName())
                .put("colorVision", participant.vision().wireName());
        ArrayNode trials = json.putArray("trials");
        for (List<String> images : participant.trials()) {
            ArrayNode shown = trials.addObject().putArray(IMAGES);
            images.forEach(shown::add);
        }
        ArrayNode answers = json.putArray("answers");
        participant
                .answers()
                .forEach(answer ->
                        answers.addObject().put("choice", answer.choice()).put("milliseconds", answer.milliseconds()));
        return JsonObject.write(json);
    }

    static Participant participant(byte[] bytes) {
        JsonObject json = JsonObject.parse(bytes);
        return new Participant(
                json.text("id"),
                Mode.ofWireName(json.text("mode")).orElseThrow(),
                ColorVision.ofWireName(json.text("colorVision")).orElseThrow(),
                json.objects("trials").stream()
                        .map(trial -> trial.<String>optionalParsedTexts(IMAGES, Function.identity()))
                        .toList(),
                json.objects("answers").stream()
                        .map(answer -> new Answer((int) answer.integer("choice"), answer.integer("milliseconds")))
                        .toList());
    }
}
