package dev.colorstream.colorizer.image;

import java.util.Optional;

/**
 * The marker segments of a JPEG file (ITU-T T.81, annex B), walked without decoding: what the frame header says, and
 * whether the image's end is there.
 */
final class JpegMarkers {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int TEMPORARY = 0x01;

    private final byte[] bytes;
    private Frame frame;
    private int position = 2;

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
     */
    record Frame(int process, int precision, int width, int height, int components) {
        boolean isPresent() {
            return components > 0;
        }
    }

    /** The first frame header, or nothing where the file ends or breaks before it. */
    static Optional<Frame> frame(byte[] bytes) {
        JpegMarkers markers = new JpegMarkers(bytes, new Frame(0, 0, 0, 0, 0));
        int marker = markers.next();
        while (marker >= 0 && !markers.frame.isPresent() && marker != START_OF_SCAN && marker != END_OF_IMAGE) {
            marker = markers.next();
        }
        return Optional.of(markers.frame).filter(Frame::isPresent);
    }

    /** Whether the image is ended by its marker; markers inside segments, of a thumbnail say, do not count. */
    static boolean hasEnd(byte[] bytes) {
        JpegMarkers markers = new JpegMarkers(bytes, new Frame(0, 0, 0, 0, 0));
        int marker = markers.next();
        while (marker >= 0 && marker != END_OF_IMAGE) {
            marker = markers.next();
        }
        return marker == END_OF_IMAGE;
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
                    bytes[position + 9] & 0xff);
        }
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
