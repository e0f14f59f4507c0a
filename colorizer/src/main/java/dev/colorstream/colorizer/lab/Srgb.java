package dev.colorstream.colorizer.lab;

/**
 * The transfer function of sRGB (IEC 61966-2-1): encoded values in [0,1] to linear light in [0,1] and back.
 */
public final class Srgb {
    private static final double[] LINEAR_OF_8_BIT = new double[256];

    static {
        for (int code = 0; code < 256; code++) {
            LINEAR_OF_8_BIT[code] = toLinear(code / 255.0);
        }
    }

    private Srgb() {}

    /** Linear light of an encoded value in [0,1]. */
    public static double toLinear(double encoded) {
        return encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
    }

    /** Linear light of an 8-bit code in [0,255]. */
    public static double toLinear(int code) {
        return LINEAR_OF_8_BIT[code];
    }

    /** Encoded value of linear light; values outside [0,1] continue the curve and stay outside [0,1]. */
    public static double fromLinear(double linear) {
        return linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    }
}
