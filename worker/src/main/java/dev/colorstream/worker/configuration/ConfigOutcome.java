package dev.colorstream.worker.configuration;

import java.util.List;

/** What reading the configuration gives. */
public sealed interface ConfigOutcome {
    /** All of it, checked. */
    record Configured(WorkerConfig config) implements ConfigOutcome {}

    /**
     * Settings that do not hold.
     *
     * @param problems all that is wrong, a sentence each, with the mend
     */
    record Misconfigured(List<String> problems) implements ConfigOutcome {
        public Misconfigured {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Only the help was asked for.
     *
     * @param text to print
     */
    record HelpWanted(String text) implements ConfigOutcome {}
}
