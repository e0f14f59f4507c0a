package dev.colorstream.colorizer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BilinearRowsTest {
    private static float[][] enlarge(AbPlanes planes, int width, int height) {
        BilinearRows rows = new BilinearRows(planes, width, height);
        float[][] a = new float[height][width];
        float[] b = new float[width];
        for (int y = 0; y < height; y++) {
            rows.read(y, a[y], b);
            for (int x = 0; x < width; x++) {
                assertThat(b[x]).isCloseTo(-a[y][x], within(1e-5f));
            }
        }
        return a;
    }

    private static AbPlanes planes(int height, int width, float... a) {
        float[] b = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            b[i] = -a[i];
        }
        return new AbPlanes(height, width, a, b);
    }

    @Test
    void shouldAlignCentersAndClampBeyondTheOuterOnes() {
        float[][] a = enlarge(planes(1, 2, 0, 8), 4, 2);

        // Cell centers lie at 1 and 3 of 4, pixel centers at 0.5, 1.5, 2.5, 3.5.
        assertThat(a[0]).containsExactly(0, 2, 6, 8);
        assertThat(a[1]).containsExactly(0, 2, 6, 8);
    }

    @Test
    void shouldInterpolateDownTheColumnsToo() {
        float[][] a = enlarge(planes(2, 2, 0, 8, 16, 24), 4, 4);

        assertThat(a[1]).containsExactly(4, 6, 10, 12);
        assertThat(a[3]).containsExactly(16, 18, 22, 24);
    }

    @Test
    void shouldGivePlanesOfThePhotosOwnSizeBackUnchanged() {
        float[][] a = enlarge(planes(2, 3, 1, 2, 3, 4, 5, 6), 3, 2);

        assertThat(a[0]).containsExactly(1, 2, 3);
        assertThat(a[1]).containsExactly(4, 5, 6);
    }

    @Test
    void shouldServePhotosSmallerThanThePlanes() {
        assertThat(enlarge(planes(2, 2, 0, 8, 16, 24), 1, 1)[0]).containsExactly(12);
    }
}
