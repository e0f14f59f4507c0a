package dev.colorstream.colorizer.image;

import java.util.Optional;

/**
 * What a file says of the light that its samples stand for; says it nothing, they are sRGB.
 *
 * @param profile an ICC profile as it stands in the file, not yet looked at
 * @param gamma the exponent that light was raised to when it became samples
 */
record ColorTags(Optional<byte[]> profile, Optional<Double> gamma) {
    static final ColorTags NONE = new ColorTags(Optional.empty(), Optional.empty());

    static ColorTags ofProfile(Optional<byte[]> profile) {
        return new ColorTags(profile, Optional.empty());
    }

    static ColorTags ofGamma(double gamma) {
        return new ColorTags(Optional.empty(), Optional.of(gamma));
    }
}
