package dev.colorstream.dashboard.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.dashboard.study.Participant.Answer;
import dev.colorstream.dashboard.study.Shares.Share;
import dev.colorstream.dashboard.study.Study.Pair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final Study STUDY = new Study(
            "study-1",
            "s3://uploads/album/",
            new ModelVersionId("v1"),
            Instant.EPOCH,
            IntStream.range(0, Study.HALF)
                    .mapToObj(i -> new Pair("real-" + i, "made-" + i))
                    .toList(),
            IntStream.range(0, Study.HALF).mapToObj(i -> "other-" + i).toList());

    @Test
    void shouldShowEveryPhotoOnceAndColorizedAndRealOnesOfDifferentPhotos() {
        List<List<String>> trials = STUDY.trials(Mode.PLAUSIBLE, new Random(1));

        List<String> shown = trials.stream().flatMap(List::stream).toList();
        assertThat(shown).hasSize(20).doesNotHaveDuplicates().noneMatch(image -> image.startsWith("real-"));
        assertThat(shown).filteredOn(STUDY::isColorized).hasSize(10);
        assertThat(trials).isNotEqualTo(STUDY.trials(Mode.PLAUSIBLE, new Random(2)));
    }

    @Test
    void shouldShowRealBesideColorizedOnEitherSide() {
        List<List<String>> trials = STUDY.trials(Mode.PAIR, new Random(1));

        assertThat(trials)
                .hasSize(10)
                .allSatisfy(
                        pair -> assertThat(pair).filteredOn(STUDY::isColorized).hasSize(1));
        assertThat(trials).extracting(pair -> STUDY.isColorized(pair.get(0))).contains(true, false);
    }

    @Test
    void shouldCountColorizedAndRealPhotosApart() {
        // Takes every real photo for plausible, and colorized ones with an even number.
        Participant participant = answering(Mode.PLAUSIBLE, images -> {
            String image = images.get(0);
            return !image.startsWith("made-") || Integer.parseInt(image.substring(5)) % 2 == 0 ? 1 : 2;
        });

        Shares shares = Shares.of(STUDY, List.of(participant, participant));

        assertThat(shares.participants()).isEqualTo(2);
        assertThat(shares.colorized()).isEqualTo(new Share(10, 20));
        assertThat(shares.real()).isEqualTo(new Share(20, 20));
    }

    @Test
    void shouldCountColorizedPhotosThatWereTakenForTheRealOneOfAPair() {
        Participant fooled = answering(Mode.PAIR, images -> STUDY.isColorized(images.get(0)) ? 1 : 2);
        Participant sharp = answering(Mode.PAIR, images -> STUDY.isColorized(images.get(0)) ? 2 : 1);

        assertThat(Shares.of(STUDY, List.of(fooled)).colorized()).isEqualTo(new Share(10, 10));
        assertThat(Shares.of(STUDY, List.of(sharp)).colorized()).isEqualTo(new Share(0, 10));
        assertThat(Shares.of(STUDY, List.of(sharp)).real()).isEqualTo(new Share(0, 0));
    }

    @Test
    void shouldLetAnAnswerThatWasGivenHold() {
        Participant participant =
                new Participant("p", Mode.PAIR, ColorVision.NORMAL, STUDY.trials(Mode.PAIR, new Random(3)), List.of());

        Participant once = participant.answering(0, new Answer(1, 900)).orElseThrow();

        assertThat(once.answering(0, new Answer(2, 100))).contains(once);
        assertThat(once.answering(2, new Answer(2, 100))).isEqualTo(Optional.empty());
        assertThat(StudyJson.participant(StudyJson.write(once))).isEqualTo(once);
        assertThat(StudyJson.study(StudyJson.write(STUDY))).isEqualTo(STUDY);
    }

    private interface Choosing {
        int choice(List<String> images);
    }

    private static Participant answering(Mode mode, Choosing choosing) {
        List<List<String>> trials = STUDY.trials(mode, new Random(7));
        List<Answer> answers = new ArrayList<>();
        trials.forEach(images -> answers.add(new Answer(choosing.choice(images), 1_000)));
        return new Participant("p", mode, ColorVision.NORMAL, trials, answers);
    }
}
