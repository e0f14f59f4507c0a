package dev.colorstream.contract.result;

/**
 * What was found in the gray photo's file that whoever sent it should know.
 *
 * @param hadColor whether it showed color already; only its lightness was used
 * @param pictures how many it holds, pages or frames, at least 1; only the first was colored
 */
public record SourceTraits(boolean hadColor, int pictures) {
    public SourceTraits {
        if (pictures < 1) {
            throw new IllegalArgumentException("a photo's file holds at least 1 picture, not " + pictures);
        }
    }
}
