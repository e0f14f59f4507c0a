package dev.colorstream.dashboard.study;

import dev.colorstream.contract.ModelVersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A study that can be taken. Names of images tell nothing of what they show.
 *
 * @param source where its photos were taken from
 * @param version that colored its photos
 * @param pairs photos with what the network made of them; of these, {@link Mode#PLAUSIBLE} shows the colorized ones
 * @param others real photos, which are in no pair
 */
public record Study(
        String id, String source, ModelVersionId version, Instant madeAt, List<Pair> pairs, List<String> others) {
    /** How many photos are colored, and how many others are shown beside them. */
    public static final int HALF = 10;

    public Study {
        pairs = List.copyOf(pairs);
        others = List.copyOf(others);
    }

    /** Two images of one photo. */
    public record Pair(String real, String colorized) {}

    /** Whether the image is one of the study's. */
    public boolean has(String image) {
        return others.contains(image) || pairOf(image).isPresent();
    }

    boolean isColorized(String image) {
        return pairs.stream().anyMatch(pair -> pair.colorized().equals(image));
    }

    private Optional<Pair> pairOf(String image) {
        return pairs.stream()
                .filter(pair -> pair.real().equals(image) || pair.colorized().equals(image))
                .findFirst();
    }

    /** What a trial showed: {@code real}, {@code colorized}, or a pair from left to right. */
    public String shown(List<String> images) {
        return images.stream()
                .map(image -> isColorized(image) ? "colorized" : "real")
                .collect(Collectors.joining("+"));
    }

    /** Whether the participant took the colorized photo of a trial, or else the real one, for a photo with real colors. */
    public boolean tookForReal(Participant participant, int trial) {
        int choice = participant.answers().get(trial).choice();
        return participant.mode() == Mode.PAIR
                ? isColorized(participant.trials().get(trial).get(choice - 1))
                : choice == 1;
    }

    /** What a participant is shown: all trials of the mode, in an order of the participant's own. */
    List<List<String>> trials(Mode mode, RandomGenerator random) {
        List<List<String>> trials = new ArrayList<>();
        if (mode == Mode.PLAUSIBLE) {
            Stream.concat(pairs.stream().map(Pair::colorized), others.stream())
                    .forEach(image -> trials.add(List.of(image)));
        } else {
            for (Pair pair : pairs) {
                trials.add(
                        random.nextBoolean()
                                ? List.of(pair.real(), pair.colorized())
                                : List.of(pair.colorized(), pair.real()));
            }
        }
        Collections.shuffle(trials, new Random(random.nextLong()));
        return trials;
    }
}
