package dev.colorstream.colorizer.image;

import dev.colorstream.colorizer.image.PhotoNotes.Resolution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The marker segments of a JPEG file (ITU-T T.81, annex B), walked without decoding: what the frame header says, and
 * whether the image's end is there.
 */
final class JpegMarkers {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int TEMPORARY = 0x01;

    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final byte[] EXIF = ascii("Exif\0\0");
    private static final byte[] PROFILE = ascii("ICC_PROFILE\0");
    private static final byte[] ADOBE = ascii("Adobe");
    private static final byte[] JFIF = ascii("JFIF\0");
    private static final byte[] NO_DENSITY = {1, 1, 0, 0, 1, 0, 1, 0, 0};
    private static final byte[] ONLY_PART = {1, 1};

    /** Encoders write about 10. */
    private static final int MOST_SCANS = 200;

    private static final int PER_INCH = 1;
    private static final int PER_CENTIMETER = 2;
    private static final double CENTIMETERS_PER_INCH = 2.54;

    private static final Frame NO_FRAME = new Frame(0, 0, 0, 0, 0, false);

    private final byte[] bytes;
    private Frame frame;
    private int position = 2;
    /** Where the data of the segment begin that was stepped over last, behind its length. */
    private int data = 2;

    private JpegMarkers(byte[] bytes, Frame none) {
        this.bytes = bytes;
        this.frame = none;
    }

    /**
     * A frame header.
     *
     * @param process the low nibble of the frame's marker: 0 baseline, 1 extended, 2 progressive, others rare
     * @param precision bits of a sample
     * @param components 1 gray, 3 color, 4 CMYK
     * @param isNamedRgb whether the components' numbers are the letters R, G and B
     */
    record Frame(int process, int precision, int width, int height, int components, boolean isNamedRgb) {
        private static final int ARITHMETIC = 9;

        boolean isPresent() {
            return components > 0;
        }

        String processName() {
            return switch (process & 3) {
                        case 0 -> "baseline";
                        case 1 -> "sequential";
                        case 2 -> "progressive";
                        default -> "lossless";
                    }
                    + (process >= ARITHMETIC ? ", arithmetic coding" : "");
        }
    }

    /** The first frame header, or nothing where the file ends or breaks before it. */
    static Optional<Frame> frame(byte[] bytes) {
        JpegMarkers markers = new JpegMarkers(bytes, NO_FRAME);
        int marker = markers.next();
        while (isBeforeScan(marker) && !markers.frame.isPresent()) {
            marker = markers.next();
        }
        return Optional.of(markers.frame).filter(Frame::isPresent);
    }

    /**
     * What is missing or too much of the file, or nothing. Markers inside segments, of a thumbnail say, do not count; a
     * picture of very many scans would take very long, since each goes over all of it.
     */
    static Optional<String> damage(byte[] bytes) {
        JpegMarkers markers = new JpegMarkers(bytes, NO_FRAME);
        int scans = 0;
        int marker = markers.next();
        while (marker >= 0 && marker != END_OF_IMAGE) {
            scans += marker == START_OF_SCAN ? 1 : 0;
            marker = markers.next();
        }
        if (scans > MOST_SCANS) {
            return Optional.of(scans + " scans");
        }
        return marker == END_OF_IMAGE
                ? Optional.empty()
                : Optional.of("the file is cut off: no end-of-image marker in its " + bytes.length + " bytes");
    }

    /** The file's EXIF, a TIFF file in itself. */
    static Optional<byte[]> exif(byte[] bytes) {
        JpegMarkers markers = new JpegMarkers(bytes, NO_FRAME);
        for (int marker = markers.next(); isBeforeScan(marker); marker = markers.next()) {
            if (marker == APP1 && markers.startsWith(EXIF)) {
                return Optional.of(Arrays.copyOfRange(bytes, markers.data + EXIF.length, markers.position));
            }
        }
        return Optional.empty();
    }

    /** The ICC profile, put together of its segments; nothing where one is missing. */
    static ColorTags colorTags(byte[] bytes) {
        SortedMap<Integer, byte[]> parts = new TreeMap<>();
        int expected = 0;
        JpegMarkers markers = new JpegMarkers(bytes, NO_FRAME);
        for (int marker = markers.next(); isBeforeScan(marker); marker = markers.next()) {
            int start = markers.data + PROFILE.length + 2;
            if (marker == APP2 && markers.startsWith(PROFILE) && start <= markers.position) {
                parts.put(bytes[start - 2] & 0xff, Arrays.copyOfRange(bytes, start, markers.position));
                expected = bytes[start - 1] & 0xff;
            }
        }
        if (parts.isEmpty() || parts.size() != expected) {
            return ColorTags.NONE;
        }
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        parts.values().forEach(profile::writeBytes);
        return ColorTags.ofProfile(Optional.of(profile.toByteArray()));
    }

    /** What Adobe's segment says of the components: 0 as they are, 1 YCC, 2 YCCK; nothing where there is none. */
    static Optional<Integer> adobeTransform(byte[] bytes) {
        JpegMarkers markers = new JpegMarkers(bytes, NO_FRAME);
        for (int marker = markers.next(); isBeforeScan(marker); marker = markers.next()) {
            if (marker == APP14 && markers.startsWith(ADOBE) && markers.position - markers.data >= 12) {
                return Optional.of(bytes[markers.data + 11] & 0xff);
            }
        }
        return Optional.empty();
    }

    /** Of the JFIF segment. */
    static Optional<Resolution> resolution(byte[] bytes) {
        JpegMarkers markers = new JpegMarkers(bytes, NO_FRAME);
        for (int marker = markers.next(); isBeforeScan(marker); marker = markers.next()) {
            if (marker == APP0 && markers.startsWith(JFIF) && markers.position - markers.data >= 12) {
                int unit = bytes[markers.data + 7];
                double perInch = unit == PER_INCH ? 1 : unit == PER_CENTIMETER ? CENTIMETERS_PER_INCH : 0;
                return Resolution.of(
                        perInch * markers.unsigned16(markers.data + 8),
                        perInch * markers.unsigned16(markers.data + 10));
            }
        }
        return Optional.empty();
    }

    /**
     * The file with nothing but its picture and what says how its components are meant. Where nothing does, a JFIF segment
     * says that they are luma and chroma, as all programs take it: the JDK's reader alone may guess RGB.
     */
    static byte[] picture(byte[] bytes) {
        ByteArrayOutputStream picture = new ByteArrayOutputStream(bytes.length + 32);
        JpegMarkers markers = new JpegMarkers(bytes, NO_FRAME);
        int kept = markers.position;
        picture.write(bytes, 0, kept);
        if (isUntold(bytes)) {
            write(picture, APP0, JFIF, NO_DENSITY);
        }
        for (int marker = markers.next(); isBeforeScan(marker); marker = markers.next()) {
            boolean isForOthers = marker >= APP0 && marker <= APP15 && !markers.tellsComponents(marker);
            if (isForOthers || marker == COMMENT) {
                int start = markers.data - 4;
                picture.write(bytes, kept, start - kept);
                kept = markers.position;
            }
        }
        picture.write(bytes, kept, bytes.length - kept);
        return picture.toByteArray();
    }

    /** Whether it has three components, and neither a segment nor their names say how they are meant. */
    private static boolean isUntold(byte[] bytes) {
        JpegMarkers markers = new JpegMarkers(bytes, NO_FRAME);
        boolean isTold = false;
        for (int marker = markers.next(); isBeforeScan(marker); marker = markers.next()) {
            isTold |= markers.tellsComponents(marker);
        }
        return !isTold && markers.frame.components() == 3 && !markers.frame.isNamedRgb();
    }

    /** A file, its JFIF segment first, with what an inscription says. */
    static byte[] inscribed(byte[] jpeg, Inscription inscription) throws IOException {
        JpegMarkers markers = new JpegMarkers(jpeg, NO_FRAME);
        if (markers.next() != APP0 || !markers.startsWith(JFIF)) {
            throw new IllegalArgumentException("the writer began without a JFIF segment");
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream(jpeg.length + 1024);
        file.write(jpeg, 0, markers.position);
        write(file, APP1, EXIF, ExifBlock.bytes(inscription));
        write(file, APP2, PROFILE, ONLY_PART, SrgbProfile.bytes());
        file.write(jpeg, markers.position, jpeg.length - markers.position);
        byte[] inscribed = file.toByteArray();
        inscription.notes().resolution().filter(JpegMarkers::isWhole).ifPresent(resolution -> {
            ByteBuffer jfif = ByteBuffer.wrap(inscribed);
            jfif.put(markers.data + 7, (byte) PER_INCH);
            jfif.putShort(markers.data + 8, (short) Math.round(resolution.horizontal()));
            jfif.putShort(markers.data + 10, (short) Math.round(resolution.vertical()));
        });
        return inscribed;
    }

    /** Whether JFIF can hold it; EXIF holds any. */
    private static boolean isWhole(Resolution resolution) {
        return isWhole(resolution.horizontal()) && isWhole(resolution.vertical());
    }

    private static boolean isWhole(double perInch) {
        return Math.abs(perInch - Math.rint(perInch)) < 0.01 && perInch >= 1 && perInch <= 65535;
    }

    private static void write(ByteArrayOutputStream file, int marker, byte[]... parts) {
        int length = 2;
        for (byte[] part : parts) {
            length += part.length;
        }
        file.writeBytes(new byte[] {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length});
        for (byte[] part : parts) {
            file.writeBytes(part);
        }
    }

    private boolean tellsComponents(int marker) {
        return (marker == APP14 && startsWith(ADOBE)) || (marker == APP0 && startsWith(JFIF));
    }

    private static boolean isBeforeScan(int marker) {
        return marker >= 0 && marker != START_OF_SCAN && marker != END_OF_IMAGE;
    }

    private boolean startsWith(byte[] start) {
        return position - data >= start.length
                && Arrays.equals(bytes, data, data + start.length, start, 0, start.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Steps behind the next marker segment, entropy-coded data before it included; its marker, or -1 at the end. */
    private int next() {
        while (position + 1 < bytes.length) {
            int marker = bytes[position + 1] & 0xff;
            boolean isMarker = (bytes[position] & 0xff) == 0xff && marker != 0 && marker != 0xff;
            if (!isMarker) {
                position++;
            } else if (marker == END_OF_IMAGE) {
                position += 2;
                return marker;
            } else if (marker == TEMPORARY || (marker >= 0xd0 && marker <= 0xd8)) {
                position += 2;
            } else {
                return segment(marker);
            }
        }
        return -1;
    }

    private int segment(int marker) {
        int length = position + 3 < bytes.length ? unsigned16(position + 2) : 0;
        if (length < 2 || position + 2 + length > bytes.length) {
            position = bytes.length;
            return -1;
        }
        if (isFrame(marker) && length >= 8) {
            frame = new Frame(
                    marker & 0x0f,
                    bytes[position + 4] & 0xff,
                    unsigned16(position + 7),
                    unsigned16(position + 5),
                    bytes[position + 9] & 0xff,
                    length >= 17
                            && bytes[position + 10] == 'R'
                            && bytes[position + 13] == 'G'
                            && bytes[position + 16] == 'B');
        }
        data = position + 4;
        position += 2 + length;
        return marker;
    }

    private static boolean isFrame(int marker) {
        // C4 is a Huffman table, C8 is reserved, CC is arithmetic conditioning.
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private int unsigned16(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
