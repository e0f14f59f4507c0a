package dev.colorstream.contract.topic;

import java.util.Map;

/**
 * A topic as it shall be.
 *
 * @param partitions how many it shall have when it is made
 * @param configs what it shall set beside the broker's defaults
 */
public record Topic(String name, int partitions, Map<String, String> configs) {
    public Topic {
        configs = Map.copyOf(configs);
    }

    /** Whether consumers rely on the topic having one partition. */
    boolean isSinglePartition() {
        return partitions == 1;
    }
}
