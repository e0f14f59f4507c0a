package dev.colorstream.colorizer.image;

/** What decoding a file together with its colors gives. */
public sealed interface ColorDecodeOutcome permits ColorDecodeOutcome.DecodedInColor, Rejected {
    /**
     * A whole photo and its colors, as it is displayed.
     *
     * @param rgb height x width, row-major, 0xRRGGBB in sRGB; gray of a photo that has none
     */
    record DecodedInColor(Photo photo, int[] rgb) implements ColorDecodeOutcome {}
}
