package dev.colorstream.colorizer.torchfile;

import dev.colorstream.colorizer.torchfile.Pickled.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/** Where the values of a tensor lie in its storage, whatever the order that it was made in. */
record TensorView(long offset, long[] shape, long[] strides) {
    /** @throws IndexOutOfBoundsException where a dimension or stride is negative, or there is not one stride for each */
    static TensorView of(Tensor tensor) {
        long[] shape = unsigned(tensor.shape());
        long[] strides = unsigned(tensor.strides());
        if (tensor.offset() < 0 || shape.length != strides.length) {
            throw new IndexOutOfBoundsException("offset " + tensor.offset() + ", strides " + tensor.strides());
        }
        return new TensorView(tensor.offset(), shape, strides);
    }

    private static long[] unsigned(List<Long> values) {
        if (values.stream().anyMatch(value -> value < 0)) {
            throw new IndexOutOfBoundsException("of " + values);
        }
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * The values, row-major.
     *
     * @throws IndexOutOfBoundsException where they do not all lie within the storage
     */
    float[] values(FloatBuffer storage) {
        long count = 1;
        long last = offset;
        try {
            for (int i = 0; i < shape.length; i++) {
                count = Math.multiplyExact(count, shape[i]);
                last = Math.addExact(last, Math.multiplyExact(Math.max(shape[i] - 1, 0), strides[i]));
            }
        } catch (ArithmeticException e) {
            last = Long.MAX_VALUE;
        }
        // Overlapping views could be larger than what they lie in; no saved weights are.
        if (count > storage.limit() || (count > 0 && last >= storage.limit())) {
            throw new IndexOutOfBoundsException(count + " values up to " + last + " of " + storage.limit());
        }
        float[] values = new float[(int) count];
        long[] place = new long[shape.length];
        long at = offset;
        for (int i = 0; i < values.length; i++) {
            values[i] = storage.get((int) at);
            for (int d = shape.length - 1; d >= 0; d--) {
                at += strides[d];
                if (++place[d] < shape[d]) {
                    break;
                }
                at -= shape[d] * strides[d];
                place[d] = 0;
            }
        }
        return values;
    }
}
