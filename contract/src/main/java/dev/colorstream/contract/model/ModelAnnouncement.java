package dev.colorstream.contract.model;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.PlainText;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a channel serves from now on; the newest announcement of a channel holds.
 *
 * @param share of the requests without a wish that the channel takes, in [0,1]; always 1 for {@link Channel#STABLE}. A
 *     canary of share 0 has ended: only requests that name the channel still get its version
 * @param earlier the versions that the channel served before, the last one first, none twice, the announced one not
 *     among them; at most {@link #MOST_EARLIER}
 * @param note why, one line of at most 1,000 characters; may be empty
 */
public record ModelAnnouncement(
        Channel channel,
        ModelVersionId version,
        double share,
        List<ModelVersionId> earlier,
        Instant announcedAt,
        String note) {
    /** As many steps back are remembered; compaction forgets the announcements themselves. */
    public static final int MOST_EARLIER = 20;

    private static final int MAX_NOTE = 1000;

    public ModelAnnouncement {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share is " + share + ": write one in [0,1]");
        }
        if (channel == Channel.STABLE && share != 1) {
            throw new IllegalArgumentException(
                    "the share of the channel stable is " + share + ": it takes all that the canary leaves, write 1");
        }
        Set<ModelVersionId> others = new LinkedHashSet<>(earlier);
        others.remove(version);
        earlier = others.stream().limit(MOST_EARLIER).toList();
        note = PlainText.clean(note, MAX_NOTE);
    }

    /** The first version of a channel. */
    public static ModelAnnouncement first(
            Channel channel, ModelVersionId version, double share, Instant announcedAt, String note) {
        return new ModelAnnouncement(channel, version, share, List.of(), announcedAt, note);
    }

    /** The announcement that follows this one and remembers its version as the last of the earlier ones. */
    public ModelAnnouncement followedBy(ModelVersionId next, double nextShare, Instant at, String why) {
        Set<ModelVersionId> before = new LinkedHashSet<>();
        before.add(version);
        before.addAll(earlier);
        return new ModelAnnouncement(channel, next, nextShare, List.copyOf(before), at, why);
    }

    /**
     * The announcement of the last version before this one, which itself is forgotten, so that going back again goes
     * further back; empty where no earlier version is known.
     */
    public Optional<ModelAnnouncement> takenBack(Instant at, String why) {
        return earlier.stream().findFirst().flatMap(last -> takenBackTo(last, at, why));
    }

    /** As {@link #takenBack}, to a version further back; empty where it is none of the earlier ones. */
    public Optional<ModelAnnouncement> takenBackTo(ModelVersionId before, Instant at, String why) {
        int place = earlier.indexOf(before);
        return place < 0
                ? Optional.empty()
                : Optional.of(new ModelAnnouncement(
                        channel, before, share, earlier.subList(place + 1, earlier.size()), at, why));
    }
}
