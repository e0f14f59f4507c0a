package dev.colorstream.qa.faults.guarantees;

import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.qa.faults.guarantees.Event.GroupSeen;
import dev.colorstream.qa.faults.guarantees.Event.RequestSent;
import dev.colorstream.qa.faults.guarantees.Event.ResultSeen;
import dev.colorstream.qa.faults.guarantees.Event.SuspectSeen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Whenever one looks, each record that the group has done with has its result, or lies on the topic of suspects, of which the
 * same holds; at the end the group has done with all.
 *
 * <p>What it takes of the group is judged when it is next told so, after the results of that time were taken.
 */
public final class AcknowledgedOnlyWhenResultIsDurable implements Guarantee {
    private final Map<TopicPartition, Map<Long, RequestId>> sent = new HashMap<>();
    private final Set<RequestId> known = new HashSet<>();
    private final Set<RequestId> moved = new HashSet<>();
    private final Set<RequestId> told = new HashSet<>();
    private final Map<TopicPartition, GroupSeen> group = new LinkedHashMap<>();
    private final Set<String> early = new LinkedHashSet<>();

    @Override
    public void take(Event event) {
        if (event instanceof RequestSent request) {
            known.add(request.id());
            lies(request.id(), request.partition(), request.offset());
        } else if (event instanceof SuspectSeen suspect) {
            if (known.contains(suspect.id())) {
                moved.add(suspect.id());
                lies(suspect.id(), suspect.partition(), suspect.offset());
            }
        } else if (event instanceof ResultSeen seen) {
            told.add(seen.result().requestId());
        } else if (event instanceof GroupSeen seen) {
            group.put(seen.partition(), seen);
        }
    }

    private void lies(RequestId id, TopicPartition where, long offset) {
        sent.computeIfAbsent(where, partition -> new HashMap<>()).put(offset, id);
    }

    /** Judges what was seen of the group: all results that were there at that time have been taken. */
    public void judge() {
        group.forEach((partition, seen) -> sent.getOrDefault(partition, Map.of())
                .forEach((offset, id) -> {
                    boolean elsewhere = moved.contains(id) && !partition.topic().equals(Topics.SUSPECTS);
                    if (offset < seen.firstOpen() && !told.contains(id) && !elsewhere) {
                        early.add("request " + id + " was acknowledged before it had a result");
                    }
                }));
    }

    /** Whether the group has done with all records, as it was last seen. */
    public boolean hasEnded() {
        return open().isEmpty();
    }

    private List<String> open() {
        return group.values().stream()
                .filter(seen ->
                        sent.containsKey(seen.partition()) && !seen.lag().equals(OptionalLong.of(0)))
                .map(seen -> seen.partition() + " is not done with: " + seen.lag() + " records from " + seen.firstOpen()
                        + " on")
                .toList();
    }

    @Override
    public List<String> violations() {
        List<String> violations = new ArrayList<>(early);
        violations.addAll(open());
        return violations;
    }
}
