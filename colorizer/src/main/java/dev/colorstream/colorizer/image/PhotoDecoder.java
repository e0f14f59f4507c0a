package dev.colorstream.colorizer.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.colorstream.colorizer.image.ColorDecodeOutcome.DecodedInColor;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.image.ProbeOutcome.Header;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads photo files: the format is told by content, limits are checked against the header before pixels are read, and
 * whatever is wrong with a file is a value, never an exception. Reads JPEG (gray, color and CMYK), PNG, GIF, BMP, TIFF and
 * WebP, of several pictures in a file the first that is no preview, turned as its EXIF orientation says, in sRGB by its ICC
 * profile or gamma.
 * Safe from several threads.
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
                    .map(name -> new Rejected(
                            RejectionReason.UNSUPPORTED,
                            name + " is not read; " + Arrays.toString(PhotoFormat.values()) + " are"))
                    .orElseGet(() -> new Rejected(RejectionReason.NOT_A_PHOTO, "the content is no photo format known"));
        }
        return switch (format.orElseThrow()) {
            case JPEG -> probeJpeg(bytes);
            case PNG -> probePng(bytes);
            case TIFF -> probeTiff(bytes);
            case BMP -> probeBmp(bytes);
            case GIF, WEBP -> probeByReader(bytes, format.orElseThrow());
        };
    }

    /**
     * The whole photo. Where the heap has no room for it now, that is thrown on: another photo may have taken it, so this one
     * may be tried again.
     */
    public DecodeOutcome decode(byte[] bytes) {
        return decode(
                bytes,
                false,
                (pixels, format, notes) -> new Decoded(pixels.photo(format, notes)),
                rejected -> rejected);
    }

    /** The whole photo with its colors. */
    public ColorDecodeOutcome decodeInColor(byte[] bytes) {
        return decode(
                bytes,
                true,
                (pixels, format, notes) -> new DecodedInColor(pixels.photo(format, notes), pixels.rgb()),
                rejected -> rejected);
    }

    /** What becomes of the pixels. */
    private interface Development<O> {
        O of(Pixels pixels, PhotoFormat format, PhotoNotes notes);
    }

    private <O> O decode(byte[] bytes, boolean inColor, Development<O> development, Function<Rejected, O> refused) {
        ProbeOutcome probed = probe(bytes);
        if (probed instanceof Rejected rejected) {
            return refused.apply(rejected);
        }
        Header header = (Header) probed;
        PhotoFormat format = header.format();
        try {
            Optional<String> damage = damage(bytes, format);
            if (damage.isPresent()) {
                return refused.apply(corrupt(format, damage.orElseThrow()));
            }
            FileMetadata metadata = FileMetadata.of(bytes, format, pictures(bytes, format));
            Pixels pixels = readPicture(bytes, header, metadata.orientation(), inColor);
            return development.of(pixels, format, metadata.notes());
        } catch (UnsupportedPixelsException unsupported) {
            return refused.apply(new Rejected(RejectionReason.UNSUPPORTED, String.valueOf(unsupported.getMessage())));
        } catch (IOException | RuntimeException broken) {
            if (broken.getCause() instanceof OutOfMemoryError noRoom) {
                throw noRoom;
            }
            // ImageIO's readers throw unchecked exceptions of many kinds on broken files.
            return refused.apply(corrupt(format, String.valueOf(broken.getMessage())));
        } catch (StackOverflowError beyond) {
            return refused.apply(corrupt(format, "reading it takes more than it may: " + beyond));
        }
    }

    private ProbeOutcome probeJpeg(byte[] bytes) {
        Optional<JpegMarkers.Frame> found = JpegMarkers.frame(bytes);
        if (found.isEmpty()) {
            return corrupt(PhotoFormat.JPEG, "no frame header");
        }
        JpegMarkers.Frame frame = found.orElseThrow();
        if (frame.components() != 1 && frame.components() != 3 && frame.components() != 4) {
            return unsupported("JPEG with " + frame.components() + " components; gray, color and CMYK are read");
        }
        if (frame.process() > 2 || frame.precision() != 8) {
            return unsupported("JPEG of " + frame.precision() + " bits, " + frame.processName()
                    + "; 8 bits, baseline or progressive, are read");
        }
        return within(PhotoFormat.JPEG, frame.width(), frame.height());
    }

    private ProbeOutcome probePng(byte[] bytes) {
        return PngChunks.size(bytes)
                .map(size -> within(PhotoFormat.PNG, size[0], size[1]))
                .orElseGet(() -> corrupt(PhotoFormat.PNG, "no header chunk"));
    }

    private ProbeOutcome probeBmp(byte[] bytes) {
        Optional<long[]> size = BmpHeader.size(bytes);
        if (size.isEmpty()) {
            return corrupt(PhotoFormat.BMP, "no whole header");
        }
        ProbeOutcome outcome = within(PhotoFormat.BMP, size.orElseThrow()[0], size.orElseThrow()[1]);
        return BmpHeader.lie(bytes)
                .filter(lie -> outcome instanceof Header)
                .<ProbeOutcome>map(lie -> corrupt(PhotoFormat.BMP, lie))
                .orElse(outcome);
    }

    private ProbeOutcome probeTiff(byte[] bytes) {
        try {
            if (TiffChain.isCameraRaw(bytes)) {
                return unsupported("a camera's raw file is not read; what it is developed to, TIFF or JPEG, is");
            }
            TiffPage page = TiffPage.of(bytes);
            ProbeOutcome outcome = within(PhotoFormat.TIFF, page.width(), page.height());
            return page.unreadCompression()
                    .map(PhotoDecoder::unsupported)
                    .or(() -> page.lie().map(lie -> corrupt(PhotoFormat.TIFF, lie)))
                    .filter(problem -> outcome instanceof Header)
                    .<ProbeOutcome>map(problem -> problem)
                    .orElse(outcome);
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            return corrupt(PhotoFormat.TIFF, "unreadable header: " + broken.getMessage());
        }
    }

    private ProbeOutcome probeByReader(byte[] bytes, PhotoFormat format) {
        ImageReader reader = Codecs.reader(format);
        try (ImageInputStream input = new ByteArrayImageInputStream(picture(bytes, format))) {
            reader.setInput(input, true, true);
            return within(format, reader.getWidth(0), reader.getHeight(0));
        } catch (IOException | RuntimeException | StackOverflowError broken) {
            return corrupt(format, "unreadable header: " + broken.getMessage());
        } finally {
            reader.dispose();
        }
    }

    private ProbeOutcome within(PhotoFormat format, long width, long height) {
        if (width < 1 || height < 1) {
            return corrupt(format, "size " + width + " x " + height);
        }
        if (Math.max(width, height) > limits.maxSide() || width * height > limits.maxPixels()) {
            return new Rejected(
                    RejectionReason.TOO_MANY_PIXELS,
                    width + " x " + height + " pixels; " + limits.maxPixels() + " and sides up to " + limits.maxSide()
                            + " allowed");
        }
        return new Header(format, (int) width, (int) height);
    }

    private static Optional<String> damage(byte[] bytes, PhotoFormat format) throws IOException {
        return switch (format) {
            case JPEG -> JpegMarkers.damage(bytes);
            case PNG -> PngChunks.damage(bytes);
            case TIFF -> TiffPage.of(bytes).damage();
            case WEBP -> RiffChunks.damage(bytes);
            case GIF, BMP -> Optional.empty();
        };
    }

    /** How many pictures the file holds. */
    private static int pictures(byte[] bytes, PhotoFormat format) {
        return switch (format) {
            case JPEG, PNG, BMP -> 1;
            case TIFF -> TiffChain.pages(bytes);
            case GIF, WEBP -> picturesByReader(bytes, format);
        };
    }

    private static int picturesByReader(byte[] bytes, PhotoFormat format) {
        ImageReader reader = Codecs.reader(format);
        try (ImageInputStream input = new ByteArrayImageInputStream(picture(bytes, format))) {
            reader.setInput(input, false, true);
            return Math.max(1, reader.getNumImages(true));
        } catch (IOException | RuntimeException broken) {
            // What is broken behind the first picture does not matter to it.
            return 1;
        } finally {
            reader.dispose();
        }
    }

    /** The file as a reader is given it: with nothing that only we read. */
    private static byte[] picture(byte[] bytes, PhotoFormat format) {
        return switch (format) {
            case JPEG -> JpegMarkers.picture(bytes);
            case PNG -> PngChunks.picture(bytes);
            case WEBP -> RiffChunks.withoutProfile(bytes);
            case TIFF -> TiffChain.picture(bytes);
            case GIF, BMP -> bytes;
        };
    }

    private static ColorTags colorTags(byte[] bytes, PhotoFormat format) throws IOException {
        return switch (format) {
            case JPEG -> JpegMarkers.colorTags(bytes);
            case PNG -> PngChunks.colorTags(bytes);
            case WEBP -> RiffChunks.colorTags(bytes);
            case TIFF -> TiffPage.of(bytes).colorTags();
            case GIF, BMP -> ColorTags.NONE;
        };
    }

    private static Pixels readPicture(byte[] bytes, Header header, Orientation orientation, boolean inColor)
            throws IOException, UnsupportedPixelsException {
        PhotoFormat format = header.format();
        ImageReader reader = Codecs.reader(format);
        List<String> warnings = new ArrayList<>();
        try (ImageInputStream input = stream(picture(bytes, format), format)) {
            reader.setInput(input, true, true);
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            Pixels pixels = isInInks(bytes, format)
                    ? ofInks(reader.readRaster(0, null), bytes, header, orientation, inColor)
                    : ofImage(image(reader, bytes, format), bytes, header, orientation, inColor);
            for (String warning : warnings) {
                if (tellsDamage(format, warning)) {
                    throw new IOException(warning);
                }
            }
            return pixels;
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage image(ImageReader reader, byte[] bytes, PhotoFormat format)
            throws IOException, UnsupportedPixelsException {
        return format == PhotoFormat.TIFF ? reader.read(0, TiffPage.of(bytes).parameters(reader)) : reader.read(0);
    }

    /** A stream in memory: ImageIO's own would cache on disk. */
    private static ImageInputStream stream(byte[] bytes, PhotoFormat format) {
        return format == PhotoFormat.WEBP ? new PaddedInputStream(bytes) : new ByteArrayImageInputStream(bytes);
    }

    private static boolean isInInks(byte[] bytes, PhotoFormat format) {
        return format == PhotoFormat.JPEG
                && JpegMarkers.frame(bytes).orElseThrow().components() == 4;
    }

    private static Pixels ofImage(
            BufferedImage image, byte[] bytes, Header header, Orientation orientation, boolean inColor)
            throws IOException, UnsupportedPixelsException {
        requireSize(image.getRaster(), header);
        if (image.isAlphaPremultiplied()) {
            image.coerceData(false);
        }
        return filled(Pixels.of(image, colorTags(bytes, header.format()), orientation, inColor), image.getRaster());
    }

    private static Pixels ofInks(Raster inks, byte[] bytes, Header header, Orientation orientation, boolean inColor)
            throws IOException, UnsupportedPixelsException {
        requireSize(inks, header);
        InkSamples.normalize((WritableRaster) inks, JpegMarkers.adobeTransform(bytes));
        Pixels pixels = new Pixels(
                inks.getSampleModel().getSampleSize(),
                new int[0],
                false,
                inks.getWidth(),
                inks.getHeight(),
                colorTags(bytes, header.format()),
                orientation,
                inColor);
        return filled(pixels, inks);
    }

    private static void requireSize(Raster raster, Header header) throws IOException {
        if (raster.getWidth() != header.width() || raster.getHeight() != header.height()) {
            throw new IOException("its header contradicts itself about its size");
        }
    }

    private static Pixels filled(Pixels pixels, Raster raster) {
        for (int y = 0; y < raster.getHeight(); y++) {
            pixels.take(y, raster, y);
        }
        return pixels;
    }

    private static boolean tellsDamage(PhotoFormat format, String warning) {
        return switch (format) {
            case JPEG -> {
                String lower = warning.toLowerCase(Locale.ROOT);
                yield !lower.contains(JPEG_HARMLESS)
                        && JPEG_DAMAGE.stream().anyMatch(words -> lower.contains(words.toLowerCase(Locale.ROOT)));
            }
            case PNG, GIF, BMP -> true;
            // These readers warn of what does not show, and throw where it does.
            case TIFF, WEBP -> false;
        };
    }

    private static Rejected corrupt(PhotoFormat format, String what) {
        return new Rejected(RejectionReason.CORRUPT, "damaged " + format + ": " + what);
    }

    private static Rejected unsupported(String what) {
        return new Rejected(RejectionReason.UNSUPPORTED, what);
    }
}
