package dev.colorstream.dashboard.study;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.dashboard.state.LiveState;
import dev.colorstream.dashboard.state.StateNotReadyException;
import dev.colorstream.dashboard.study.Participant.Answer;
import dev.colorstream.dashboard.upload.KafkaUnavailableException;
import dev.colorstream.dashboard.upload.Uploads;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The studies of an installation. All of a study lies in the store, so that a restart loses nothing but a study that is being
 * made. Safe from several threads.
 */
public final class Studies implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Studies.class);
    private static final int ID_BYTES = 8;

    private final StudyRoom room;
    private final StudyMaker maker;
    private final RandomGenerator random;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "studies"));
    private final Map<String, Making> making = new ConcurrentSkipListMap<>();

    /**
     * How far a study is that cannot be taken yet.
     *
     * @param failed whether it never can
     * @param told what is being done, or why it failed
     */
    public record Making(boolean failed, String told) {}

    /**
     * Studies by these, which stay the caller's.
     *
     * @param random must be hard to guess: names of images come from it
     */
    public Studies(ObjectStore store, Uploads uploads, LiveState state, Clock clock, RandomGenerator random) {
        this.random = random;
        room = new StudyRoom(store);
        maker = new StudyMaker(store, uploads, state, room, clock, random);
    }

    /**
     * Begins to make a study of the photos below the prefix.
     *
     * @return its id
     */
    public String make(String bucket, String prefix, Optional<ModelVersionId> version) {
        String id = "study-" + randomName();
        making.put(id, new Making(false, "waiting"));
        thread.execute(() -> make(id, bucket, prefix, version));
        return id;
    }

    private void make(String id, String bucket, String prefix, Optional<ModelVersionId> version) {
        try {
            maker.make(id, bucket, prefix, version, told -> making.put(id, new Making(false, told)));
            making.remove(id);
        } catch (StudyFailedException e) {
            making.put(id, new Making(true, String.valueOf(e.getMessage())));
        } catch (StoreUnavailableException | KafkaUnavailableException | StateNotReadyException e) {
            LOG.warn("The study {} was not made", id, e);
            making.put(id, new Making(true, "store or Kafka did not answer: make the study again"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The studies that cannot be taken yet, by id. */
    public Map<String, Making> inMaking() {
        return Map.copyOf(making);
    }

    /** All studies that can be taken. */
    public List<Study> all() {
        return room.studies();
    }

    public Optional<Study> study(String id) {
        return room.study(id);
    }

    /** An image of the study, a JPEG. */
    public Optional<byte[]> image(Study study, String name) {
        return room.image(study, name);
    }

    /** Lets somebody take part. */
    public Participant join(Study study, Mode mode, ColorVision vision) {
        Participant participant = new Participant(randomName(), mode, vision, study.trials(mode, random), List.of());
        room.put(study, participant);
        return participant;
    }

    /**
     * Takes an answer.
     *
     * @param trial its number, from 0 on
     * @return what the participant has answered by now; empty where there is no such participant or it is not the trial's turn
     */
    public synchronized Optional<Participant> answer(Study study, String participant, int trial, Answer answer) {
        Optional<Participant> before = room.participant(study, participant);
        Optional<Participant> after = before.flatMap(known -> known.answering(trial, answer));
        if (after.isPresent() && !after.equals(before)) {
            room.put(study, after.orElseThrow());
        }
        return after;
    }

    /** All who took part. */
    public List<Participant> participants(Study study) {
        return room.participants(study);
    }

    private String randomName() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** A study that is being made is not made. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
