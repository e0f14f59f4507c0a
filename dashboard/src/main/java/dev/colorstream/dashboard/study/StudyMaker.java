package dev.colorstream.dashboard.study;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.OutputFormat;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.dashboard.state.LiveState;
import dev.colorstream.dashboard.state.PhotoState;
import dev.colorstream.dashboard.study.Study.Pair;
import dev.colorstream.dashboard.upload.Uploads;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.ListedObject;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Makes studies: chooses photos, has workers color some of them, and stores all in the same form. */
final class StudyMaker {
    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_LISTED = 100_000;
    private static final int NAME_BYTES = 16;
    private static final Duration COLORING_LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final ObjectStore store;
    private final Uploads uploads;
    private final LiveState state;
    private final StudyRoom room;
    private final Clock clock;
    private final RandomGenerator random;

    StudyMaker(
            ObjectStore store, Uploads uploads, LiveState state, StudyRoom room, Clock clock, RandomGenerator random) {
        this.store = store;
        this.uploads = uploads;
        this.state = state;
        this.room = room;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes the study.
     *
     * @param version that shall color; else whichever serves
     * @param told what is being done
     * @throws StudyFailedException where it cannot be made
     */
    void make(String id, String bucket, String prefix, Optional<ModelVersionId> version, Consumer<String> told)
            throws InterruptedException {
        room.ensure();
        told.accept("choosing photos");
        List<Specimen> photos = chosen(bucket, prefix);
        List<String> others = new ArrayList<>();
        for (Specimen real : photos.subList(Study.HALF, photos.size())) {
            others.add(stored(id, real));
        }
        List<RequestId> requests = new ArrayList<>();
        for (Specimen original : photos.subList(0, Study.HALF)) {
            requests.add(ask(id, requests.size(), original, version));
        }
        List<Pair> pairs = new ArrayList<>();
        Set<ModelVersionId> versions = new TreeSet<>((one, other) -> one.value().compareTo(other.value()));
        for (int i = 0; i < requests.size(); i++) {
            told.accept("coloring: " + i + " of " + requests.size());
            Colored result = awaited(requests.get(i));
            versions.add(result.modelVersion());
            Specimen colorized = read(result.object().address())
                    .flatMap(Specimen::of)
                    .orElseThrow(() -> new StudyFailedException(
                            "the color photo " + result.object().address() + " cannot be read: make the study again"));
            pairs.add(new Pair(stored(id, photos.get(i)), stored(id, colorized)));
        }
        if (versions.size() > 1) {
            throw new StudyFailedException(
                    "its photos were colored by " + versions + ": name one of them as the study's version");
        }
        room.put(new Study(
                id, "s3://" + bucket + "/" + prefix, versions.iterator().next(), clock.instant(), pairs, others));
    }

    private List<Specimen> chosen(String bucket, String prefix) {
        List<ObjectAddress> candidates = new ArrayList<>(store.list(bucket, prefix)
                .limit(MOST_LISTED)
                .map(ListedObject::address)
                .toList());
        Collections.shuffle(candidates, new Random(random.nextLong()));
        List<Specimen> chosen = new ArrayList<>();
        for (ObjectAddress candidate : candidates) {
            read(candidate).flatMap(Specimen::ofColorPhoto).ifPresent(chosen::add);
            if (chosen.size() == 2 * Study.HALF) {
                return chosen;
            }
        }
        throw new StudyFailedException("s3://" + bucket + "/" + prefix + " has " + candidates.size() + " objects, and "
                + chosen.size() + " of them are upright color photos that can be shown: " + 2 * Study.HALF
                + " are needed");
    }

    private Optional<byte[]> read(ObjectAddress address) {
        return store.fetch(address, MOST_BYTES) instanceof Found found ? Optional.of(found.bytes()) : Optional.empty();
    }

    private String stored(String study, Specimen image) {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        String name = HexFormat.of().formatHex(bytes);
        room.putImage(study, name, image.jpeg());
        return name;
    }

    private RequestId ask(String study, int number, Specimen photo, Optional<ModelVersionId> version) {
        ObjectAddress source = new ObjectAddress(Buckets.UPLOADS, "jobs/" + study + "/" + number + ".png");
        store.put(source, photo.png(), "image/png", Map.of());
        RequestOptions options = new RequestOptions(
                version,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(OutputFormat.PNG),
                Optional.empty(),
                Optional.empty());
        RequestId id = RequestId.hashOf("study", study, Integer.toString(number));
        uploads.ask(new ColorizeRequest(id, Optional.empty(), source, options, clock.instant()));
        return id;
    }

    private Colored awaited(RequestId request) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < COLORING_LIMIT.toNanos()) {
            Optional<ColorizeResult> result = state.photo(request).flatMap(PhotoState::result);
            if (result.orElse(null) instanceof Colored colored) {
                return colored;
            }
            if (result.orElse(null) instanceof Failed failed) {
                throw new StudyFailedException("a photo was not colored: " + failed.detail());
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        throw new StudyFailedException(
                "a photo was not colored within " + COLORING_LIMIT.toMinutes() + " minutes: are workers there?");
    }
}
