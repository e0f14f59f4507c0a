package dev.colorstream.trainer.dataset;

import java.util.List;
import java.util.stream.IntStream;

/** Some of many, from all over the list: photos are listed by their scenes. */
public final class EvenSample {
    private EvenSample() {}

    /** All where they are no more than {@code most}, else as many at even distances; in their order. */
    public static <T> List<T> of(List<T> all, int most) {
        int count = Math.min(all.size(), most);
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }
}
