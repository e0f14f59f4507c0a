package dev.colorstream.colorizer.network;

/** How L in [0,100] enters the network: (L - 50) / 50, in [-1,1]. */
final class LuminanceCentering {
    static final float MIDDLE = 50;
    static final float HALF_RANGE = 50;

    private LuminanceCentering() {}

    static float center(float lightness) {
        return (lightness - MIDDLE) / HALF_RANGE;
    }
}
