package dev.colorstream.dashboard.study;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Studies in the store: {@code <id>/images/<name>.jpg}, {@code <id>/participants/<participant>.json}, and {@code
 * <id>/study.json}, which comes last and makes the study.
 */
final class StudyRoom {
    private static final Logger LOG = LoggerFactory.getLogger(StudyRoom.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final long MOST_BYTES = 4L << 20;
    private static final String MANIFEST = "/study.json";
    private static final String JSON = "application/json";

    private final ObjectStore store;

    StudyRoom(ObjectStore store) {
        this.store = store;
    }

    /** Whether it can be the name of anything here. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    List<Study> studies() {
        List<Study> studies = new ArrayList<>();
        store.list(Buckets.STUDIES, "")
                .map(object -> object.address().key())
                .filter(key -> key.endsWith(MANIFEST))
                .forEach(key -> study(key.substring(0, key.length() - MANIFEST.length()))
                        .ifPresent(studies::add));
        return studies;
    }

    Optional<Study> study(String id) {
        return isName(id)
                ? read(id + MANIFEST).flatMap(bytes -> parsed(id, () -> StudyJson.study(bytes)))
                : Optional.empty();
    }

    Optional<byte[]> image(Study study, String name) {
        return isName(name) && study.has(name) ? read(imageKey(study.id(), name)) : Optional.empty();
    }

    Optional<Participant> participant(Study study, String id) {
        return isName(id)
                ? read(participantKey(study.id(), id)).flatMap(bytes -> parsed(id, () -> StudyJson.participant(bytes)))
                : Optional.empty();
    }

    List<Participant> participants(Study study) {
        String folder = study.id() + "/participants/";
        List<Participant> participants = new ArrayList<>();
        store.list(Buckets.STUDIES, folder)
                .map(object -> object.address().key())
                .forEach(
                        key -> participant(study, key.substring(folder.length()).replaceFirst("\\.json$", ""))
                                .ifPresent(participants::add));
        return participants;
    }

    void putImage(String study, String name, byte[] jpeg) {
        put(imageKey(study, name), jpeg, "image/jpeg");
    }

    void put(Study study) {
        put(study.id() + MANIFEST, StudyJson.write(study), JSON);
    }

    void put(Study study, Participant participant) {
        put(participantKey(study.id(), participant.id()), StudyJson.write(participant), JSON);
    }

    void ensure() {
        store.ensureBucket(Buckets.STUDIES);
    }

    private void put(String key, byte[] bytes, String type) {
        store.put(new ObjectAddress(Buckets.STUDIES, key), bytes, type, Map.of());
    }

    private Optional<byte[]> read(String key) {
        return store.fetch(new ObjectAddress(Buckets.STUDIES, key), MOST_BYTES) instanceof Found found
                ? Optional.of(found.bytes())
                : Optional.empty();
    }

    private static <T> Optional<T> parsed(String name, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (MalformedJsonException | IllegalArgumentException e) {
            LOG.warn("{} in the bucket {} cannot be read: {}", name, Buckets.STUDIES, e.getMessage());
            return Optional.empty();
        }
    }

    private static String imageKey(String study, String name) {
        return study + "/images/" + name + ".jpg";
    }

    private static String participantKey(String study, String id) {
        return study + "/participants/" + id + ".json";
    }
}
