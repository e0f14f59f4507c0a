package dev.colorstream.colorizer.image;

import java.io.ByteArrayOutputStream;

/** Samples as files hold them. */
final class Samples {
    private Samples() {}

    /** So many samples of so many bits each, high bits first, padded to a whole byte. */
    static byte[] packed(int[] samples, int start, int count, int bits) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long pending = 0;
        int pendingBits = 0;
        for (int i = start; i < start + count; i++) {
            pending = pending << bits | samples[i];
            pendingBits += bits;
            while (pendingBits >= 8) {
                pendingBits -= 8;
                bytes.write((int) (pending >> pendingBits));
            }
            pending &= (1L << pendingBits) - 1;
        }
        if (pendingBits > 0) {
            bytes.write((int) (pending << (8 - pendingBits)));
        }
        return bytes.toByteArray();
    }

    /** 8-bit samples brought to so many bits. */
    static int[] ofBits(int[] eightBit, int bits) {
        int highest = (1 << bits) - 1;
        int[] samples = new int[eightBit.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (int) Math.round(eightBit[i] * (double) highest / 255);
        }
        return samples;
    }
}
