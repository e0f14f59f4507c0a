package dev.colorstream.colorizer.torchfile;

import java.util.List;

/**
 * A tensor of a PyTorch file.
 *
 * @param shape its dimensions; empty for a single value
 * @param values row-major, as many as the product of the dimensions
 */
public record TorchTensor(List<Long> shape, float[] values) {
    public TorchTensor {
        shape = List.copyOf(shape);
        if (shape.stream().reduce(1L, Math::multiplyExact) != values.length) {
            throw new IllegalArgumentException(values.length + " values do not fill the shape " + shape);
        }
    }
}
