package dev.colorstream.local.childjvm;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The line by which a child tells its parent that it serves, and where: {@code READY name=value name=value}.
 *
 * @param facts names and values; neither holds white space, a name holds no {@code =}
 */
public record ReadyLine(Map<String, String> facts) {
    private static final String WORD = "READY";

    /** Copies the facts. */
    public ReadyLine {
        facts = Map.copyOf(facts);
    }

    /** The line's facts, or nothing if it is any other line. */
    public static Optional<ReadyLine> parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (!words[0].equals(WORD)) {
            return Optional.empty();
        }
        var facts = new TreeMap<String, String>();
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            facts.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        return Optional.of(new ReadyLine(facts));
    }

    /**
     * The value of one fact.
     *
     * @throws IllegalArgumentException if the child did not tell it
     */
    public String fact(String name) {
        String value = facts.get(name);
        if (value == null) {
            throw new IllegalArgumentException("No fact " + name + " in: " + this);
        }
        return value;
    }

    /** Prints the line for the parent. */
    public void tell() {
        System.out.println(this);
        System.out.flush();
    }

    /** The line itself, facts in alphabetical order. */
    @Override
    public String toString() {
        var line = new StringBuilder(WORD);
        new TreeMap<>(facts)
                .forEach((name, value) ->
                        line.append(' ').append(name).append('=').append(value));
        return line.toString();
    }
}
