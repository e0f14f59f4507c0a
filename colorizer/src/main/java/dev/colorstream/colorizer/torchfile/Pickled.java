package dev.colorstream.colorizer.torchfile;

import java.util.List;

/** What a pickle of weights may hold, besides texts, numbers, lists and dictionaries. */
sealed interface Pickled {
    /** Python's None. */
    record None() implements Pickled {}

    /** A class or function by its name; never looked up. */
    record Name(String name) implements Pickled {}

    /**
     * Where values lie.
     *
     * @param type such as {@code torch.FloatStorage}
     * @param count of values
     */
    record Storage(String type, String key, long count) implements Pickled {}

    /**
     * A view of a storage.
     *
     * @param offset of its first value
     * @param strides in values, one for each dimension
     */
    record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) implements Pickled {}
}
