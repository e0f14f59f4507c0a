package dev.colorstream.colorizer.image;

import dev.colorstream.colorizer.lab.Srgb;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way from a picture's samples to sRGB of 16 bits, for one whose samples are something else. Used by one thread. */
abstract sealed class ToSrgb {
    private static final int FULL = 65535;

    /** Profiles of printing presses are the largest, about 2 MB. */
    private static final int MOST_PROFILE_BYTES = 4 << 20;

    /** Samples that differ by no more than this of 65535 are the same in 8 bits. */
    private static final int SAME = 257;

    /** Where the usual 1/2.2 ends: files that say it mean sRGB. */
    private static final double NEAR_SRGB = 0.006;

    private static final double SRGB_GAMMA = 1 / 2.2;
    private static final double LEAST_GAMMA = 0.1;
    private static final double MOST_GAMMA = 5;

    /** How many colors a pixel has after: 1 gray or 3. */
    abstract int colors();

    /**
     * Converts the colors of a row.
     *
     * @param from samples in [0, highest], {@code fromBands} a pixel, colors first
     * @param to receives sRGB in [0,65535], {@code toBands} a pixel, colors first
     */
    abstract void convert(int[] from, int fromBands, int[] to, int toBands);

    /**
     * The way for a picture, or nothing where its samples are sRGB already or are to be taken for it.
     *
     * @param highest value of a sample
     */
    static Optional<ToSrgb> of(ColorTags tags, int colors, int highest) {
        Optional<ICC_Profile> profile =
                tags.profile().flatMap(ToSrgb::parsed).filter(found -> found.getNumComponents() == colors);
        if (profile.isPresent()) {
            try {
                return byProfile(profile.orElseThrow(), colors, highest);
            } catch (CMMException | IllegalArgumentException unusable) {
                // As if the file had none: a broken profile does not make a photo unreadable.
                return colors == 4 ? Optional.of(new ByInks(highest)) : Optional.empty();
            }
        }
        if (colors == 4) {
            return Optional.of(new ByInks(highest));
        }
        return tags.gamma()
                .filter(gamma -> gamma >= LEAST_GAMMA && gamma <= MOST_GAMMA)
                .filter(gamma -> Math.abs(gamma - SRGB_GAMMA) > NEAR_SRGB)
                .map(gamma -> byGamma(gamma, colors, highest));
    }

    private static Optional<ICC_Profile> parsed(byte[] bytes) {
        try {
            return bytes.length > MOST_PROFILE_BYTES ? Optional.empty() : Optional.of(ICC_Profile.getInstance(bytes));
        } catch (IllegalArgumentException | CMMException broken) {
            return Optional.empty();
        }
    }

    private static Optional<ToSrgb> byProfile(ICC_Profile profile, int colors, int highest) {
        ByProfile way = new ByProfile(profile, colors, highest);
        if (colors == 1) {
            char[] curve = new char[highest + 1];
            int[] ramp = new int[highest + 1];
            for (int code = 0; code <= highest; code++) {
                ramp[code] = code;
            }
            int[] converted = new int[3 * ramp.length];
            way.convert(ramp, 1, converted, 3);
            for (int code = 0; code <= highest; code++) {
                curve[code] = (char) converted[3 * code + 1];
            }
            return Optional.of(new ByCurve(curve, 1));
        }
        // Of inks, too, a profile must have converted something: only that tells whether it can.
        way.convert(new int[colors], colors, new int[3], 3);
        return colors == 3 && way.keepsColors() ? Optional.empty() : Optional.of(way);
    }

    private static ToSrgb byGamma(double gamma, int colors, int highest) {
        char[] curve = new char[highest + 1];
        for (int code = 0; code <= highest; code++) {
            double light = Math.pow(code / (double) highest, 1 / gamma);
            curve[code] = (char) Math.round(FULL * Srgb.fromLinear(light));
        }
        return new ByCurve(curve, colors);
    }

    /** Each sample by itself. */
    private static final class ByCurve extends ToSrgb {
        private final char[] curve;
        private final int colors;

        ByCurve(char[] curve, int colors) {
            this.curve = curve;
            this.colors = colors;
        }

        @Override
        int colors() {
            return colors;
        }

        @Override
        void convert(int[] from, int fromBands, int[] to, int toBands) {
            int pixels = from.length / fromBands;
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int color = 0; color < colors; color++) {
                    to[pixel * toBands + color] = curve[from[pixel * fromBands + color]];
                }
            }
        }
    }

    /** Colors together, as an ICC profile says. */
    private static final class ByProfile extends ToSrgb {
        private final ColorConvertOp operation;
        private final int colors;
        private final int highest;
        private short[] samples = {};
        private @Nullable WritableRaster given;
        private @Nullable WritableRaster gotten;

        ByProfile(ICC_Profile profile, int colors, int highest) {
            this.colors = colors;
            this.highest = highest;
            ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
            operation = new ColorConvertOp(new ICC_Profile[] {profile, srgb}, null);
        }

        @Override
        int colors() {
            return 3;
        }

        /** Whether the profile is sRGB, or so near that no 8-bit sample would change. */
        boolean keepsColors() {
            int[] steps = {0, highest / 8, highest / 4, highest / 2, highest * 3 / 4, highest};
            int[] colorsOfCube = new int[3 * steps.length * steps.length * steps.length];
            int next = 0;
            for (int red : steps) {
                for (int green : steps) {
                    for (int blue : steps) {
                        colorsOfCube[next++] = red;
                        colorsOfCube[next++] = green;
                        colorsOfCube[next++] = blue;
                    }
                }
            }
            int[] converted = new int[colorsOfCube.length];
            convert(colorsOfCube, 3, converted, 3);
            for (int i = 0; i < converted.length; i++) {
                if (Math.abs(converted[i] - (int) ((long) colorsOfCube[i] * FULL / highest)) > SAME) {
                    return false;
                }
            }
            return true;
        }

        @Override
        void convert(int[] from, int fromBands, int[] to, int toBands) {
            int pixels = from.length / fromBands;
            if (given == null || gotten == null || samples.length != pixels * colors) {
                samples = new short[pixels * colors];
                given = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, pixels, 1, colors, null);
                gotten = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, pixels, 1, 3, null);
            }
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int color = 0; color < colors; color++) {
                    long sample = from[pixel * fromBands + color];
                    samples[pixel * colors + color] = (short) (sample * FULL / highest);
                }
            }
            given.setDataElements(0, 0, pixels, 1, samples);
            operation.filter(given, gotten);
            short[] srgb = (short[]) gotten.getDataElements(0, 0, pixels, 1, null);
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int color = 0; color < 3; color++) {
                    to[pixel * toBands + color] = Short.toUnsignedInt(srgb[pixel * 3 + color]);
                }
            }
        }
    }

    /** Inks of no profile: each takes its share of the light away. */
    private static final class ByInks extends ToSrgb {
        private final int highest;

        ByInks(int highest) {
            this.highest = highest;
        }

        @Override
        int colors() {
            return 3;
        }

        @Override
        void convert(int[] from, int fromBands, int[] to, int toBands) {
            int pixels = from.length / fromBands;
            for (int pixel = 0; pixel < pixels; pixel++) {
                int paper = highest - from[pixel * fromBands + 3];
                for (int color = 0; color < 3; color++) {
                    long light = (long) paper * (highest - from[pixel * fromBands + color]);
                    to[pixel * toBands + color] = (int) (light * FULL / ((long) highest * highest));
                }
            }
        }
    }
}
