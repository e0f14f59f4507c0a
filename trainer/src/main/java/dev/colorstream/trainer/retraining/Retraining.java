package dev.colorstream.trainer.retraining;

import dev.colorstream.colorizer.network.Head;
import dev.colorstream.colorizer.network.NetworkFileException;
import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.storage.modelregistry.FolderOutcome;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.LookupOutcome.Found;
import dev.colorstream.storage.modelregistry.LookupOutcome.Unusable;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.PublishOutcome;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.evaluation.Evaluation;
import dev.colorstream.trainer.evaluation.EvaluationReport;
import dev.colorstream.trainer.evaluation.SideBySide;
import dev.colorstream.trainer.evaluation.TooFewColorsException;
import dev.colorstream.trainer.gate.Gate;
import dev.colorstream.trainer.gate.Gate.Scored;
import dev.colorstream.trainer.gate.GateDecision;
import dev.colorstream.trainer.gate.GateDecision.Held;
import dev.colorstream.trainer.gate.GateDecision.Passed;
import dev.colorstream.trainer.publication.Balance;
import dev.colorstream.trainer.publication.VersionMaker;
import dev.colorstream.trainer.publication.VersionMaker.Photos;
import dev.colorstream.trainer.release.AnnounceOutcome;
import dev.colorstream.trainer.release.AnnounceOutcome.Fenced;
import dev.colorstream.trainer.release.Announcer;
import dev.colorstream.trainer.release.Channels;
import dev.colorstream.trainer.training.LossNotFiniteException;
import dev.colorstream.trainer.training.TrainingRun;
import dev.colorstream.trainer.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Round after round of training, each a chain of steps. A step may die at any point: it changes nothing that it may not
 * change again, and only then writes down that it is done. Not safe from several threads, nor for two in one folder.
 *
 * <p>Every method throws {@link dev.colorstream.storage.objectstore.StoreUnavailableException} or
 * {@link dev.colorstream.connection.ConnectionFailedException} where S3 or Kafka does not answer; the step is taken
 * again then.
 */
final class Retraining {
    private static final String ROUNDS = "rounds";
    private static final Channel CHANNEL = Channel.STABLE;
    private static final int FEWEST_TO_MEASURE = 2;

    private final Plan plan;
    private final ModelRegistry registry;
    private final KafkaConnection kafka;
    private final Path folder;
    private final Path progressFile;
    private final PhotoCollection photos;
    private final Clock clock;
    private final Consumer<String> say;
    private final Supplier<TrainingRun.Listener> listener;
    private Progress progress;

    /**
     * Goes on with what the folder holds, or begins there.
     *
     * @param store stays the caller's
     * @param say hears what happens, line by line
     * @param listener hears of a round's training
     */
    Retraining(
            Plan plan,
            ObjectStore store,
            KafkaConnection kafka,
            Path folder,
            Clock clock,
            Consumer<String> say,
            Supplier<TrainingRun.Listener> listener)
            throws IOException {
        this.plan = plan;
        this.registry = new ModelRegistry(store, Buckets.MODELS);
        this.kafka = kafka;
        this.folder = folder;
        this.clock = clock;
        this.say = say;
        this.listener = listener;
        progressFile = folder.resolve("progress.json");
        photos =
                new PhotoCollection(store, plan.bucket(), plan.prefix(), plan.heldOutShare(), folder.resolve("photos"));
        if (Files.exists(progressFile)) {
            progress = Progress.read(progressFile);
        } else {
            progress = Progress.none(clock.instant());
            progress.write(progressFile);
        }
    }

    /** What comes next. */
    Stage stage() {
        return progress.stage();
    }

    /** Takes the next step. Waiting is one, too, and returns at once: it ends where a round is due. */
    void step() throws IOException, InterruptedException {
        switch (progress.stage()) {
            case WAITING -> begin();
            case TRAINING -> train();
            case JUDGING -> judge();
            case PUBLISHING -> publish();
            case ANNOUNCING -> announce();
        }
    }

    private void begin() throws IOException {
        photos.collect(say);
        if (!isDue() || !areEnough()) {
            return;
        }
        deleteRounds();
        Optional<ModelVersionId> parent = plan.fromScratch() ? Optional.empty() : parent();
        move(progress.begun(photos.size(), parent.map(ModelVersionId::value).orElse(null)));
        say("begins with " + photos.size() + " photos, from "
                + parent.map(ModelVersionId::value).orElse("random weights"));
    }

    private boolean isDue() {
        int fresh = photos.size() - progress.photos();
        boolean isTime =
                !clock.instant().isBefore(Instant.parse(progress.since()).plus(plan.every()));
        return fresh > 0
                && (isTime
                        || plan.minNewPhotos().filter(least -> fresh >= least).isPresent());
    }

    private boolean areEnough() {
        int validation = photos.validation(plan.settings().validationShare());
        return photos.size() - photos.heldOutPhotos() - validation
                        >= plan.settings().batchSize()
                && validation >= FEWEST_TO_MEASURE
                && photos.heldOutPhotos() >= FEWEST_TO_MEASURE;
    }

    /** The served version, where its network is of the kind that is trained. */
    private Optional<ModelVersionId> parent() {
        Optional<ModelAnnouncement> served = Channels.read(kafka).current(CHANNEL);
        if (served.isEmpty()) {
            return Optional.empty();
        }
        LookupOutcome<ModelManifest> known =
                registry.manifest(served.orElseThrow().version());
        if (known instanceof Unusable<ModelManifest> why) {
            say.accept("not trained from the served version: " + why.reason());
            return Optional.empty();
        }
        ModelManifest manifest = ((Found<ModelManifest>) known).value();
        Head head = plan.settings().variant().head();
        return manifest.architecture().equals(plan.settings().architecture())
                        && manifest.prediction().wireName().equals(head.wireName())
                ? Optional.of(manifest.version())
                : Optional.empty();
    }

    private void train() throws IOException, InterruptedException {
        Optional<ModelVersionId> parent = Optional.ofNullable(progress.parent()).map(ModelVersionId::new);
        Optional<LookupOutcome<ModelVersionFolder>> fetched =
                parent.map(version -> registry.fetch(version, versions()));
        if (fetched.isPresent() && fetched.orElseThrow() instanceof Unusable<ModelVersionFolder> why) {
            giveUp(why.reason());
            return;
        }
        Optional<ModelVersionFolder> start = fetched.map(found -> ((Found<ModelVersionFolder>) found).value());
        try (PhotoSource source = PhotoSource.open(photos.training());
                PreparedPhotos prepared =
                        PreparedPhotos.prepare(source, plan.settings().validationShare());
                PhotoSource heldOut = PhotoSource.open(photos.heldOut())) {
            VersionMaker.Uses uses = uses(prepared, source, heldOut);
            VersionMaker.requireMeasurable(uses);
            TrainingRun.Outcome outcome = run(prepared, start);
            VersionMaker maker = new VersionMaker(models(), plan.serving(), clock);
            ModelVersionId version = maker.id(outcome.settings(), parent, prepared.fingerprint());
            if (!(ModelVersionFolder.open(models().resolve(version.value())) instanceof Opened)) {
                maker.make(outcome, parent, prepared, "s3://" + plan.bucket() + "/" + plan.prefix(), uses);
            }
            say("made " + version);
            move(progress.trained(version.value()));
        } catch (LossNotFiniteException | TooFewColorsException e) {
            giveUp(e.getMessage());
        }
    }

    private TrainingRun.Outcome run(PreparedPhotos prepared, Optional<ModelVersionFolder> start)
            throws IOException, InterruptedException {
        Path run = round().resolve("run");
        TrainingSettings settings = start.isEmpty() ? plan.settings() : plan.furtherSettings();
        TrainingRun training = TrainingRun.isIn(run)
                ? TrainingRun.resume(prepared, run, plan.serving(), plan.checkpointEvery(), clock, listener.get())
                : TrainingRun.begin(
                        prepared, run, settings, plan.serving(), plan.checkpointEvery(), clock, listener.get());
        return start.map(version -> training.startingFrom(version.manifest().version(), Balance.startOf(version)))
                .orElse(training)
                .run();
    }

    private static VersionMaker.Uses uses(PreparedPhotos prepared, PhotoSource source, PhotoSource heldOut) {
        List<PhotoName> validated = prepared.validation().stream()
                .map(entry -> new PhotoName(entry.name()))
                .toList();
        Photos judged = new Photos("the photos held out for the gate", heldOut, heldOut.photos());
        return new VersionMaker.Uses(new Photos("the validation photos", source, validated), judged, judged);
    }

    private void judge() throws IOException {
        Optional<ModelAnnouncement> served = Channels.read(kafka).current(CHANNEL);
        GateDecision decision = decide(served.map(ModelAnnouncement::version));
        say.accept("gate: " + decision.reason());
        move(progress.judged(
                decision instanceof Passed,
                decision.reason(),
                served.map(told -> told.announcedAt().toString()).orElse(null)));
    }

    private GateDecision decide(Optional<ModelVersionId> served) throws IOException {
        List<Path> versions = new ArrayList<>(List.of(models().resolve(version().value())));
        if (served.isPresent()) {
            LookupOutcome<ModelVersionFolder> fetched = registry.fetch(served.orElseThrow(), versions());
            if (fetched instanceof Unusable<ModelVersionFolder> why) {
                return incomparable(why.reason());
            }
            versions.add(((Found<ModelVersionFolder>) fetched).value().folder());
        }
        try (PhotoSource heldOut = PhotoSource.open(photos.heldOut())) {
            Evaluation.Outcome measured = SideBySide.evaluate(versions, heldOut);
            return new Gate(plan.limits())
                    .judge(
                            scored(measured, 0),
                            served.map(version -> scored(measured, 1)),
                            measured.reports().get(0).gray().auc());
        } catch (IllegalArgumentException | NetworkFileException e) {
            // The served network is of a kind that only another trainer knows.
            return incomparable(e.getMessage());
        }
    }

    private Held incomparable(@Nullable String why) {
        return new Held(version() + " is held, it cannot be compared with what is served: " + why);
    }

    private static Scored scored(Evaluation.Outcome measured, int place) {
        EvaluationReport report = measured.reports().get(place);
        EvaluationReport.Row row = report.network().get(0);
        return new Scored(
                report.model(),
                row.auc(),
                row.colorfulnessRatio(),
                measured.rebalanced().get(place));
    }

    private void publish() throws IOException {
        FolderOutcome made = ModelVersionFolder.open(models().resolve(version().value()));
        if (made instanceof FolderOutcome.Refused refused) {
            giveUp(refused.reason());
            return;
        }
        PublishOutcome outcome = registry.publish(((Opened) made).version());
        if (outcome instanceof PublishOutcome.Refused refused) {
            say("is over: " + refused.reason());
            end();
            return;
        }
        say("published " + version());
        if (progress.passed()) {
            move(progress.published());
        } else {
            end();
        }
    }

    private void announce() throws IOException {
        try (Announcer announcer = Announcer.open(kafka)) {
            Optional<ModelAnnouncement> current = announcer.channels().current(CHANNEL);
            boolean isServed =
                    current.filter(told -> told.version().equals(version())).isPresent();
            Optional<String> now = current.map(told -> told.announcedAt().toString());
            if (!isServed && !Objects.equals(now.orElse(null), progress.judgedAgainst())) {
                say(version() + " is not announced: the channel has changed since the gate judged it; promote it if it "
                        + "is better than what is served now");
                end();
                return;
            }
            AnnounceOutcome outcome = announcer.announce(next(current));
            if (outcome instanceof Fenced fenced) {
                say(fenced.reason() + "; looks again");
                return;
            }
            say("announced " + version() + " on channel " + CHANNEL.wireName());
            end();
        }
    }

    private ModelAnnouncement next(Optional<ModelAnnouncement> current) {
        String note = Objects.requireNonNullElse(progress.reason(), "");
        return current.map(told -> told.followedBy(version(), 1, clock.instant(), note))
                .orElseGet(() -> ModelAnnouncement.first(CHANNEL, version(), 1, clock.instant(), note));
    }

    private void giveUp(@Nullable String why) throws IOException {
        say("is given up: " + why);
        end();
    }

    private void end() throws IOException {
        move(progress.ended(clock.instant()));
        deleteRounds();
    }

    private void move(Progress next) throws IOException {
        next.write(progressFile);
        progress = next;
    }

    private ModelVersionId version() {
        return new ModelVersionId(Objects.requireNonNull(progress.version(), "no version before it is made"));
    }

    private Path round() {
        return folder.resolve(ROUNDS).resolve(Integer.toString(progress.round()));
    }

    private Path models() {
        return round().resolve("made");
    }

    private Path versions() {
        return round().resolve("fetched");
    }

    private void say(String what) {
        say.accept("round " + progress.round() + " " + what);
    }

    /** What past rounds left, also those that died. */
    private void deleteRounds() throws IOException {
        Path rounds = folder.resolve(ROUNDS);
        if (!Files.exists(rounds)) {
            return;
        }
        try (Stream<Path> files = Files.walk(rounds)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
