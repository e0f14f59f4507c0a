package dev.colorstream.colorizer.image;

/**
 * A file to decode and what must come of it.
 *
 * @param bytes not to be changed
 */
record CorpusFile(String name, byte[] bytes, Expected expected) {
    /** What must come of a file. */
    sealed interface Expected {}

    /**
     * A photo.
     *
     * @param lightness of each displayed pixel
     * @param tolerance of the mean difference from it
     */
    record Read(
            int width,
            int height,
            float[] lightness,
            double tolerance,
            int bitDepth,
            boolean hasAlpha,
            boolean hadColor,
            int pictures)
            implements Expected {
        Read within(double mean) {
            return new Read(width, height, lightness, mean, bitDepth, hasAlpha, hadColor, pictures);
        }

        Read ofBits(int bits) {
            return new Read(width, height, lightness, tolerance, bits, hasAlpha, hadColor, pictures);
        }

        Read withAlpha() {
            return new Read(width, height, lightness, tolerance, bitDepth, true, hadColor, pictures);
        }

        Read ofPictures(int count) {
            return new Read(width, height, lightness, tolerance, bitDepth, hasAlpha, hadColor, count);
        }
    }

    /** No photo, for that reason. */
    record Refused(RejectionReason reason) implements Expected {}

    @Override
    public String toString() {
        return name;
    }
}
