package dev.colorstream.contract.topic;

import java.util.Map;

/**
 * A topic as it shall be.
 *
 * @param partitions how many it shall have when it is made
 * @param partitionsFixed whether consumers rely on that number; else an operator may choose another
 * @param configs what it shall set beside the broker's defaults
 */
public record Topic(String name, int partitions, boolean partitionsFixed, Map<String, String> configs) {
    public Topic {
        configs = Map.copyOf(configs);
    }
}
