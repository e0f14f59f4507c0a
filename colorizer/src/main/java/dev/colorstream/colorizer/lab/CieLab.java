package dev.colorstream.colorizer.lab;

/**
 * CIE 1976 L*a*b* with the D65 white of sRGB (2 degree observer): L in [0,100], a and b about [-110,110] inside sRGB.
 *
 * <p>Source of the formulas: CIE 15:2004; of the matrices: IEC 61966-2-1, whose white (0.9505, 1, 1.089) is taken as the
 * sum of each row, so that every gray has a = b = 0 exactly up to rounding.
 */
public final class CieLab {
    private static final double EPSILON = 216.0 / 24389.0;
    static final double KAPPA = 24389.0 / 27.0;
    static final double CUBE_ROOT_OF_EPSILON = 6.0 / 29.0;

    private static final double XR = 0.4124564, XG = 0.3575761, XB = 0.1804375;
    private static final double YR = 0.2126729, YG = 0.7151522, YB = 0.0721750;
    private static final double ZR = 0.0193339, ZG = 0.1191920, ZB = 0.9503041;
    private static final double WHITE_X = XR + XG + XB;
    private static final double WHITE_Y = YR + YG + YB;
    private static final double WHITE_Z = ZR + ZG + ZB;
    private static final SampledCurve LIGHTNESS = new SampledCurve(y -> 116 * f(y) - 16);
    private static final Matrix TO_RGB = new Matrix(XR, XG, XB, YR, YG, YB, ZR, ZG, ZB).inverse();
    static final double RED_OF_X = TO_RGB.a() * WHITE_X, RED_OF_Y = TO_RGB.b() * WHITE_Y;
    static final double RED_OF_Z = TO_RGB.c() * WHITE_Z;
    static final double GREEN_OF_X = TO_RGB.d() * WHITE_X, GREEN_OF_Y = TO_RGB.e() * WHITE_Y;
    static final double GREEN_OF_Z = TO_RGB.f() * WHITE_Z;
    static final double BLUE_OF_X = TO_RGB.g() * WHITE_X, BLUE_OF_Y = TO_RGB.h() * WHITE_Y;
    static final double BLUE_OF_Z = TO_RGB.i() * WHITE_Z;

    private CieLab() {}

    /**
     * Writes L, a, b of a linear sRGB color.
     *
     * @param red linear light in [0,1], likewise green and blue
     * @param lab receives L, a, b at {@code offset}, {@code offset + 1}, {@code offset + 2}
     */
    public static void fromLinear(double red, double green, double blue, float[] lab, int offset) {
        double fx = f((XR * red + XG * green + XB * blue) / WHITE_X);
        double fy = f((YR * red + YG * green + YB * blue) / WHITE_Y);
        double fz = f((ZR * red + ZG * green + ZB * blue) / WHITE_Z);
        lab[offset] = (float) (116 * fy - 16);
        lab[offset + 1] = (float) (500 * (fx - fy));
        lab[offset + 2] = (float) (200 * (fy - fz));
    }

    /** Writes L, a, b of an 8-bit sRGB pixel 0xRRGGBB (higher bits are ignored). */
    public static void fromRgb8(int rgb, float[] lab, int offset) {
        fromLinear(
                Srgb.toLinear(rgb >> 16 & 0xff),
                Srgb.toLinear(rgb >> 8 & 0xff),
                Srgb.toLinear(rgb & 0xff),
                lab,
                offset);
    }

    /** Relative luminance Y of a linear sRGB color; the white has Y = 1. */
    public static double luminance(double red, double green, double blue) {
        return (YR * red + YG * green + YB * blue) / WHITE_Y;
    }

    /** L of a relative luminance Y in [0,1], within 1e-5 of the formula. */
    public static double lightness(double luminance) {
        return LIGHTNESS.at(luminance);
    }

    /**
     * Writes the linear sRGB color of L, a, b; outside the gamut a component lies outside [0,1].
     *
     * @param rgb receives red, green, blue
     */
    public static void toLinear(double lightness, double a, double b, double[] rgb) {
        double fy = (lightness + 16) * (1.0 / 116);
        double x = fInverse(fy + a * (1.0 / 500));
        double y = fInverse(fy);
        double z = fInverse(fy - b * (1.0 / 200));
        rgb[0] = RED_OF_X * x + RED_OF_Y * y + RED_OF_Z * z;
        rgb[1] = GREEN_OF_X * x + GREEN_OF_Y * y + GREEN_OF_Z * z;
        rgb[2] = BLUE_OF_X * x + BLUE_OF_Y * y + BLUE_OF_Z * z;
    }

    private static double f(double t) {
        return t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116;
    }

    private static double fInverse(double t) {
        return t > CUBE_ROOT_OF_EPSILON ? t * t * t : (116 * t - 16) * (1 / KAPPA);
    }

    /** A 3 x 3 matrix, row by row. */
    private record Matrix(double a, double b, double c, double d, double e, double f, double g, double h, double i) {
        Matrix inverse() {
            double determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
            return new Matrix(
                    (e * i - f * h) / determinant,
                    (c * h - b * i) / determinant,
                    (b * f - c * e) / determinant,
                    (f * g - d * i) / determinant,
                    (a * i - c * g) / determinant,
                    (c * d - a * f) / determinant,
                    (d * h - e * g) / determinant,
                    (b * g - a * h) / determinant,
                    (a * e - b * d) / determinant);
        }
    }
}
