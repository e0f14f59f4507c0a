package dev.colorstream.colorizer.image;

/** What a look at a file's header tells. */
public sealed interface ProbeOutcome permits ProbeOutcome.Header, Rejected {
    /**
     * A photo within the limits, as far as its header tells.
     *
     * @param width in pixels as stored, before the orientation is applied; likewise {@code height}
     */
    record Header(PhotoFormat format, int width, int height) implements ProbeOutcome {
        /** How many pixels, at most the limit. */
        public int pixels() {
            return width * height;
        }
    }
}
