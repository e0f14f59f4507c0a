package dev.colorstream.colorizer.network;

/** How L in [0,100] enters the network: (L - 50) / 50, in [-1,1]. */
final class LuminanceCentering {
    private LuminanceCentering() {}

    static float center(float lightness) {
        return (lightness - 50) / 50;
    }
}
