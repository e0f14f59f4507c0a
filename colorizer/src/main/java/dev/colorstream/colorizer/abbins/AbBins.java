package dev.colorstream.colorizer.abbins;

import java.util.ArrayList;
import java.util.List;

/**
 * The 313 bins that the ab plane is cut into: grid points of step 10 inside or on a convex polygon about the sRGB gamut,
 * a ascending, then b ascending. This set and order equal the table published with "Colorful Image Colorization" (Zhang,
 * Isola, Efros, ECCV 2016).
 */
public final class AbBins {
    /** How many bins there are (Q in the paper). */
    public static final int COUNT = 313;

    private static final int STEP = 10;
    private static final int REACH = 110;
    private static final int[][] POLYGON = {
        {-90, 50}, {-80, 20}, {-60, -20}, {-30, -50}, {10, -80}, {40, -100}, {60, -110}, {90, -110},
        {100, -90}, {100, 0}, {90, 70}, {70, 80}, {40, 90}, {0, 100}, {-50, 100}, {-90, 90}
    };
    private static final int[] A = new int[COUNT];
    private static final int[] B = new int[COUNT];

    static {
        List<int[]> inside = new ArrayList<>();
        for (int a = -REACH; a <= REACH; a += STEP) {
            for (int b = -REACH; b <= REACH; b += STEP) {
                if (isInsidePolygon(a, b)) {
                    inside.add(new int[] {a, b});
                }
            }
        }
        for (int bin = 0; bin < COUNT; bin++) {
            A[bin] = inside.get(bin)[0];
            B[bin] = inside.get(bin)[1];
        }
    }

    private AbBins() {}

    /** The a coordinate of a bin's center. */
    public static int a(int bin) {
        return A[bin];
    }

    /** The b coordinate of a bin's center. */
    public static int b(int bin) {
        return B[bin];
    }

    /** The squared distance of (a, b) from a bin's center. */
    static double squaredDistance(int bin, double a, double b) {
        double da = a - A[bin];
        double db = b - B[bin];
        return da * da + db * db;
    }

    private static boolean isInsidePolygon(int a, int b) {
        for (int i = 0; i < POLYGON.length; i++) {
            int[] from = POLYGON[i];
            int[] to = POLYGON[(i + 1) % POLYGON.length];
            int cross = (to[0] - from[0]) * (b - from[1]) - (to[1] - from[1]) * (a - from[0]);
            if (cross < 0) {
                return false;
            }
        }
        return true;
    }
}
