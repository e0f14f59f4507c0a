package dev.colorstream.colorizer.image;

import java.util.Optional;

/**
 * What a photo's file says beside its picture. Its color twin says it again, all but the number of pictures.
 *
 * @param resolution of the print or scan
 * @param changed when the file was changed, as EXIF writes times: {@code 2026:01:31 12:00:00}; likewise {@code taken} and
 *     {@code digitized}
 * @param pictures how many the file holds: pages, frames; only the first was read
 */
public record PhotoNotes(
        Optional<Resolution> resolution,
        Optional<String> changed,
        Optional<String> taken,
        Optional<String> digitized,
        int pictures) {
    /** A file that says nothing and holds one picture. */
    public static final PhotoNotes NONE =
            new PhotoNotes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1);

    /**
     * Pixels per inch.
     *
     * @param horizontal above 0; likewise {@code vertical}
     */
    public record Resolution(double horizontal, double vertical) {
        private static final double MOST = 1_000_000;

        public Resolution {
            if (!isSound(horizontal) || !isSound(vertical)) {
                throw new IllegalArgumentException(horizontal + " x " + vertical + " pixels per inch");
            }
        }

        /** The resolution, or nothing where the numbers are none. */
        static Optional<Resolution> of(double horizontal, double vertical) {
            return isSound(horizontal) && isSound(vertical)
                    ? Optional.of(new Resolution(horizontal, vertical))
                    : Optional.empty();
        }

        private static boolean isSound(double perInch) {
            return perInch > 0 && perInch <= MOST;
        }

        @SuppressWarnings("ArgumentSelectionDefectChecker") // Swapped on purpose.
        Resolution turned() {
            return new Resolution(vertical, horizontal);
        }
    }

    PhotoNotes turned() {
        return new PhotoNotes(resolution.map(Resolution::turned), changed, taken, digitized, pictures);
    }
}
