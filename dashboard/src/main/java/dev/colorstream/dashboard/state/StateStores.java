package dev.colorstream.dashboard.state;

import java.util.List;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** The stores of a topology, read from outside. */
interface StateStores {
    /**
     * A store, part by part.
     *
     * @throws StateNotReadyException while it is not there, or moves
     */
    <K, V> List<ReadOnlyKeyValueStore<K, V>> parts(String name);

    /** A store that is whole on every instance; as {@link #parts}. */
    <K, V> ReadOnlyKeyValueStore<K, V> global(String name);

    /** A store of windows, part by part; as {@link #parts}. */
    <K, V> List<ReadOnlyWindowStore<K, V>> windows(String name);
}
