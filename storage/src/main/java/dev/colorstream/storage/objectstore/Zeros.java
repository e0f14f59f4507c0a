package dev.colorstream.storage.objectstore;

import java.io.InputStream;
import java.util.Arrays;

/** A number of zeros, without the memory for them. */
final class Zeros extends InputStream {
    private long left;

    Zeros(long count) {
        left = count;
    }

    @Override
    public int read() {
        return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int from, int most) {
        if (most == 0) {
            return 0;
        }
        int count = (int) Math.min(most, left);
        if (count <= 0) {
            return -1;
        }
        Arrays.fill(target, from, from + count, (byte) 0);
        left -= count;
        return count;
    }
}
