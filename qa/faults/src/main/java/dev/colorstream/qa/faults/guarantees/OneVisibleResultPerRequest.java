package dev.colorstream.qa.faults.guarantees;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.qa.faults.guarantees.Event.ObjectSeen;
import dev.colorstream.qa.faults.guarantees.Event.ResultSeen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * However often a request was delivered, its results agree: all colored at one address or all failed, and the one color photo
 * at that address is whole and one that a result tells of.
 */
public final class OneVisibleResultPerRequest implements Guarantee {
    private final Map<RequestId, List<ColorizeResult>> results = new LinkedHashMap<>();
    private final Map<ObjectAddress, ObjectSeen> objects = new LinkedHashMap<>();

    @Override
    public void take(Event event) {
        if (event instanceof ResultSeen seen) {
            results.computeIfAbsent(seen.result().requestId(), id -> new ArrayList<>())
                    .add(seen.result());
        } else if (event instanceof ObjectSeen seen) {
            objects.put(seen.address(), seen);
        }
    }

    /** How many results repeat an earlier one. */
    public int repeated() {
        return results.values().stream().mapToInt(told -> told.size() - 1).sum();
    }

    @Override
    public List<String> violations() {
        Stream<String> ofResults =
                results.entrySet().stream().flatMap(entry -> check(entry.getKey(), entry.getValue()));
        Set<ObjectAddress> told = results.values().stream()
                .flatMap(List::stream)
                .filter(Colored.class::isInstance)
                .map(result -> ((Colored) result).object().address())
                .collect(Collectors.toSet());
        Stream<String> ofObjects = objects.keySet().stream()
                .filter(address -> !told.contains(address))
                .map(address -> address + " is in the store and no result tells of it");
        return Stream.concat(ofResults, ofObjects).toList();
    }

    private Stream<String> check(RequestId id, List<ColorizeResult> told) {
        List<Colored> colored = told.stream()
                .filter(Colored.class::isInstance)
                .map(Colored.class::cast)
                .toList();
        if (colored.isEmpty()) {
            return Stream.empty();
        }
        List<ObjectAddress> addresses = colored.stream()
                .map(result -> result.object().address())
                .distinct()
                .toList();
        if (colored.size() < told.size() || addresses.size() > 1) {
            return Stream.of("request " + id + " has results that differ: " + told);
        }
        ObjectSeen object = objects.get(addresses.get(0));
        if (object == null) {
            return Stream.of("request " + id + " has no color photo at " + addresses.get(0));
        }
        boolean told256 =
                colored.stream().anyMatch(result -> result.object().sha256().equals(object.sha256()));
        boolean owned = Objects.equals(object.metadata().get("request-id"), id.value());
        boolean whole = Objects.equals(object.metadata().get("sha256"), object.sha256());
        return told256 && owned && whole
                ? Stream.empty()
                : Stream.of("request " + id + " has another photo at " + object.address() + " than its results tell");
    }
}
