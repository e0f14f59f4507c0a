package dev.colorstream.dashboard.study;

import java.util.List;

/**
 * How often people took photos for real ones.
 *
 * @param participants who answered at all
 * @param colorized colorized photos that were taken for real ones: called plausible, or chosen of a pair
 * @param real real photos that were called plausible: the control; none in pairs
 */
public record Shares(long participants, Share colorized, Share real) {
    /** So many of so many. */
    public record Share(long hits, long trials) {
        /** With 95 % confidence. */
        public WilsonInterval interval() {
            return WilsonInterval.of(hits, trials);
        }
    }

    /** The shares among these participants, all of one mode. */
    public static Shares of(Study study, List<Participant> participants) {
        long[] hits = new long[2];
        long[] trials = new long[2];
        for (Participant participant : participants) {
            for (int i = 0; i < participant.answers().size(); i++) {
                boolean ofColorized = participant.mode() == Mode.PAIR
                        || study.isColorized(participant.trials().get(i).get(0));
                int side = ofColorized ? 1 : 0;
                trials[side]++;
                hits[side] += study.tookForReal(participant, i) ? 1 : 0;
            }
        }
        return new Shares(
                participants.stream().filter(one -> !one.answers().isEmpty()).count(),
                new Share(hits[1], trials[1]),
                new Share(hits[0], trials[0]));
    }
}
