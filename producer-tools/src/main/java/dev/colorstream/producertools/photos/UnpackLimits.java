package dev.colorstream.producertools.photos;

/**
 * What one archive may grow to; more is taken for a bomb.
 *
 * @param ratio unpacked bytes for each packed one, judged once {@link #freeBytes} are unpacked
 * @param freeBytes how much may be unpacked whatever the ratio: small archives of blank scans shrink well
 * @param totalBytes how much may be unpacked at all
 */
public record UnpackLimits(long ratio, long freeBytes, long totalBytes) {
    /** Photos hardly shrink: an archive that grows a hundredfold holds none, or a scan's white pages by the thousand. */
    public static final UnpackLimits DEFAULT = new UnpackLimits(100, 256L << 20, 4L << 40);
}
