package dev.colorstream.dashboard.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who takes a study; nothing is known of them but what they answer.
 *
 * @param id random
 * @param trials the images of each trial, in the order in which they are shown
 * @param answers of the first trials
 */
public record Participant(String id, Mode mode, ColorVision vision, List<List<String>> trials, List<Answer> answers) {
    public Participant {
        trials = trials.stream().map(List::copyOf).toList();
        answers = List.copyOf(answers);
    }

    /**
     * An answer.
     *
     * @param choice 1 or 2
     * @param milliseconds from the sight of the photo to the answer, as the page tells
     */
    public record Answer(int choice, long milliseconds) {
        public Answer {
            if (choice != 1 && choice != 2) {
                throw new IllegalArgumentException("'choice' is " + choice + ": write 1 or 2");
            }
        }
    }

    /** With the answer to a trial; empty where that is not the next one. An answer that was given once holds. */
    Optional<Participant> answering(int trial, Answer answer) {
        if (trial < 0 || trial > answers.size() || trial >= trials.size()) {
            return Optional.empty();
        }
        if (trial < answers.size()) {
            return Optional.of(this);
        }
        List<Answer> more = new ArrayList<>(answers);
        more.add(answer);
        return Optional.of(new Participant(id, mode, vision, trials, more));
    }

    /** Whether all trials are answered. */
    public boolean isDone() {
        return answers.size() == trials.size();
    }
}
