package dev.colorstream.qa.faults.guarantees;

import dev.colorstream.contract.RequestId;
import dev.colorstream.qa.faults.guarantees.Event.RequestSent;
import dev.colorstream.qa.faults.guarantees.Event.ResultSeen;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every request whose record Kafka has acknowledged ends in a result. */
public final class NoRequestLost implements Guarantee {
    private final Set<RequestId> open = new LinkedHashSet<>();

    @Override
    public void take(Event event) {
        if (event instanceof RequestSent sent) {
            open.add(sent.id());
        } else if (event instanceof ResultSeen seen) {
            open.remove(seen.result().requestId());
        }
    }

    /** How many requests have no result yet. */
    public int open() {
        return open.size();
    }

    @Override
    public List<String> violations() {
        return open.stream().map(id -> "request " + id + " has no result").toList();
    }
}
