package dev.colorstream.colorizer.lab;

/**
 * The transfer function of sRGB (IEC 61966-2-1): encoded values in [0,1] to linear light in [0,1] and back.
 */
public final class Srgb {
    private static final double[] LINEAR_OF_8_BIT = linearOfCodes(255);
    private static final int CODE_STEPS = 1 << 16;
    private static final byte[] CODES = codes();
    private static final SampledCurve ENCODED = new SampledCurve(Srgb::fromLinear);

    private Srgb() {}

    /** Linear light of an encoded value in [0,1]. */
    public static double toLinear(double encoded) {
        return encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
    }

    /** Linear light of an 8-bit code in [0,255]. */
    public static double toLinear(int code) {
        return LINEAR_OF_8_BIT[code];
    }

    /** Linear light of a 16-bit code in [0,65535]. */
    public static double toLinear16(int code) {
        return SixteenBit.LINEAR[code];
    }

    /** The 8-bit code of linear light in [0,1]: within 0.03 of a code of {@link #fromLinear} before it is rounded. */
    public static int code(float linear) {
        return CODES[(int) (linear * CODE_STEPS + 0.5f)] & 0xff;
    }

    /** Encoded value of linear light in [0,1], within 1e-6 of {@link #fromLinear} and many times as fast. */
    public static double fromLinearFast(double linear) {
        return ENCODED.at(linear);
    }

    /** Encoded value of linear light; values outside [0,1] continue the curve and stay outside [0,1]. */
    public static double fromLinear(double linear) {
        return linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    }

    private static double[] linearOfCodes(int highest) {
        double[] linear = new double[highest + 1];
        for (int code = 0; code <= highest; code++) {
            linear[code] = toLinear(code / (double) highest);
        }
        return linear;
    }

    private static byte[] codes() {
        byte[] codes = new byte[CODE_STEPS + 1];
        for (int step = 0; step <= CODE_STEPS; step++) {
            codes[step] = (byte) Math.round(255 * fromLinear(step / (double) CODE_STEPS));
        }
        return codes;
    }

    /** Filled on first use: most photos have 8 bits. */
    private static final class SixteenBit {
        static final double[] LINEAR = linearOfCodes(65535);
    }
}
