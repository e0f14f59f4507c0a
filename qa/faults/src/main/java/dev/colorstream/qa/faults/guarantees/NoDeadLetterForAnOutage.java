package dev.colorstream.qa.faults.guarantees;

import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.qa.faults.guarantees.Event.DeadLetterSeen;
import dev.colorstream.qa.faults.guarantees.Event.RequestSent;
import dev.colorstream.qa.faults.guarantees.Event.ResultSeen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What goes wrong around a request never fails it: only one that is bad itself has a failed result, and that one has a dead
 * letter, too.
 */
public final class NoDeadLetterForAnOutage implements Guarantee {
    private final Set<RequestId> bad = new LinkedHashSet<>();
    private final Set<RequestId> buried = new HashSet<>();
    private final Map<String, RequestId> wronglyFailed = new TreeMap<>();

    @Override
    public void take(Event event) {
        if (event instanceof RequestSent sent && sent.end() == ExpectedEnd.FAILED) {
            bad.add(sent.id());
        } else if (event instanceof ResultSeen seen && seen.result() instanceof Failed failed) {
            judge(failed.requestId(), "a failed result", failed.detail());
        } else if (event instanceof DeadLetterSeen seen) {
            buried.add(seen.letter().requestId());
            judge(seen.letter().requestId(), "a dead letter", seen.letter().detail());
        }
    }

    private void judge(RequestId id, String what, String detail) {
        wronglyFailed.put("request " + id + " has " + what + ": " + detail, id);
    }

    @Override
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        wronglyFailed.forEach((what, id) -> {
            if (!bad.contains(id)) {
                violations.add(what);
            }
        });
        bad.stream()
                .filter(id -> !buried.contains(id))
                .forEach(id -> violations.add("the bad request " + id + " has no dead letter"));
        return violations;
    }
}
