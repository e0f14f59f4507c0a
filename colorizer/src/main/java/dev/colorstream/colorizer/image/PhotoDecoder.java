package dev.colorstream.colorizer.image;

import dev.colorstream.colorizer.image.ColorDecodeOutcome.DecodedInColor;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.image.ProbeOutcome.Header;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads photo files: the format is told by content, limits are checked against the header before pixels are read, and
 * whatever is wrong with a file is a value, never an exception. Reads JPEG (gray and color), PNG, GIF, BMP and TIFF, of
 * several pictures in a file the first, turned as its EXIF orientation says. Safe from several threads.
 */
public final class PhotoDecoder {
    /** libjpeg's words for pixels that it had to make up; its other warnings are about things that do not show. */
    private static final List<String> JPEG_DAMAGE =
            List.of("premature end", "bad Huffman code", "found marker", "no EOI", "not enough", "corrupt");

    private static final String JPEG_HARMLESS = "extraneous bytes";

    private final DecodeLimits limits;

    public PhotoDecoder(DecodeLimits limits) {
        this.limits = limits;
    }

    /** What the file's header tells; no pixel is read. */
    public ProbeOutcome probe(byte[] bytes) {
        if (bytes.length == 0) {
            return new Rejected(RejectionReason.EMPTY, "the file is empty");
        }
        if (bytes.length > limits.maxBytes()) {
            return new Rejected(
                    RejectionReason.TOO_MANY_BYTES, bytes.length + " bytes, " + limits.maxBytes() + " allowed");
        }
        Optional<PhotoFormat> format = PhotoFormat.of(bytes);
        if (format.isEmpty()) {
            return PhotoFormat.unreadable(bytes)
                    .map(name -> new Rejected(RejectionReason.UNSUPPORTED, name + " is not read; JPEG and PNG are"))
                    .orElseGet(() -> new Rejected(RejectionReason.NOT_A_PHOTO, "the content is no photo format known"));
        }
        return format.orElseThrow() == PhotoFormat.JPEG ? probeJpeg(bytes) : probeOther(bytes, format.orElseThrow());
    }

    /** The whole photo. */
    public DecodeOutcome decode(byte[] bytes) {
        return decode(
                bytes,
                (image, format, orientation) -> new Decoded(orientation.displayed(Pixels.photo(image, format))),
                rejected -> rejected);
    }

    /** The whole photo with its colors. */
    public ColorDecodeOutcome decodeInColor(byte[] bytes) {
        return decode(
                bytes,
                (image, format, orientation) -> {
                    DecodedInColor stored = Pixels.inColor(image, format);
                    Photo photo = stored.photo();
                    return new DecodedInColor(
                            orientation.displayed(photo),
                            orientation.displayed(stored.rgb(), photo.width(), photo.height()));
                },
                rejected -> rejected);
    }

    /** What becomes of a picture as it is stored. */
    private interface Development<O> {
        O of(BufferedImage image, PhotoFormat format, Orientation orientation) throws UnsupportedPixelsException;
    }

    private <O> O decode(byte[] bytes, Development<O> development, Function<Rejected, O> refused) {
        ProbeOutcome probed = probe(bytes);
        if (probed instanceof Rejected rejected) {
            return refused.apply(rejected);
        }
        Header header = (Header) probed;
        Optional<String> damage = damage(bytes, header.format());
        if (damage.isPresent()) {
            return refused.apply(corrupt(header.format(), damage.orElseThrow()));
        }
        try {
            BufferedImage image = readPicture(bytes, header);
            return development.of(image, header.format(), Orientation.of(bytes, header.format()));
        } catch (UnsupportedPixelsException unsupported) {
            return refused.apply(new Rejected(RejectionReason.UNSUPPORTED, String.valueOf(unsupported.getMessage())));
        } catch (IOException | RuntimeException broken) {
            // ImageIO's readers throw unchecked exceptions of many kinds on broken files.
            return refused.apply(corrupt(header.format(), String.valueOf(broken.getMessage())));
        }
    }

    private ProbeOutcome probeJpeg(byte[] bytes) {
        Optional<JpegMarkers.Frame> found = JpegMarkers.frame(bytes);
        if (found.isEmpty()) {
            return corrupt(PhotoFormat.JPEG, "no frame header");
        }
        JpegMarkers.Frame frame = found.orElseThrow();
        if (frame.components() != 1 && frame.components() != 3) {
            return new Rejected(
                    RejectionReason.UNSUPPORTED,
                    "JPEG with " + frame.components() + " components (CMYK?); gray and RGB are read");
        }
        if (frame.process() > 2 || frame.precision() != 8) {
            return new Rejected(
                    RejectionReason.UNSUPPORTED,
                    "JPEG of " + frame.precision() + " bits, process " + frame.process()
                            + "; 8 bits, baseline or progressive, are read");
        }
        return within(PhotoFormat.JPEG, frame.width(), frame.height());
    }

    private ProbeOutcome probeOther(byte[] bytes, PhotoFormat format) {
        ImageReader reader = reader(format);
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(input, true, true);
            return within(format, reader.getWidth(0), reader.getHeight(0));
        } catch (IOException | RuntimeException broken) {
            return corrupt(format, "unreadable header: " + broken.getMessage());
        } finally {
            reader.dispose();
        }
    }

    private ProbeOutcome within(PhotoFormat format, int width, int height) {
        if (width < 1 || height < 1) {
            return corrupt(format, "size " + width + " x " + height);
        }
        if (Math.max(width, height) > limits.maxSide() || (long) width * height > limits.maxPixels()) {
            return new Rejected(
                    RejectionReason.TOO_MANY_PIXELS,
                    width + " x " + height + " pixels; " + limits.maxPixels() + " and sides up to " + limits.maxSide()
                            + " allowed");
        }
        return new Header(format, width, height);
    }

    private static Optional<String> damage(byte[] bytes, PhotoFormat format) {
        return switch (format) {
            case JPEG ->
                JpegMarkers.hasEnd(bytes)
                        ? Optional.empty()
                        : Optional.of("the file is cut off: no end-of-image marker in its " + bytes.length + " bytes");
            case PNG -> PngChunks.damage(bytes);
            case GIF, BMP, TIFF -> Optional.empty();
        };
    }

    private static BufferedImage readPicture(byte[] bytes, Header header) throws IOException {
        ImageReader reader = reader(header.format());
        List<String> warnings = new ArrayList<>();
        // A stream in memory: ImageIO's own would cache on disk.
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(input, true, true);
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            BufferedImage image = reader.read(0);
            for (String warning : warnings) {
                if (tellsDamage(header.format(), warning)) {
                    throw new IOException(warning);
                }
            }
            if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
                throw new IOException("its header contradicts itself about its size");
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    private static boolean tellsDamage(PhotoFormat format, String warning) {
        if (format != PhotoFormat.JPEG) {
            return true;
        }
        String lower = warning.toLowerCase(Locale.ROOT);
        return !lower.contains(JPEG_HARMLESS)
                && JPEG_DAMAGE.stream().anyMatch(words -> lower.contains(words.toLowerCase(Locale.ROOT)));
    }

    private static Rejected corrupt(PhotoFormat format, String what) {
        return new Rejected(RejectionReason.CORRUPT, "damaged " + format + ": " + what);
    }

    private static ImageReader reader(PhotoFormat format) {
        return ImageIO.getImageReadersByFormatName(format.name()).next();
    }
}
