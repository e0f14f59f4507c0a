package dev.colorstream.colorizer.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG files written by Java's own writer, with segments put in. */
final class JpegFile {
    static final int APP1 = 0xe1;
    static final int APP2 = 0xe2;
    static final int APP14 = 0xee;
    static final int COMMENT = 0xfe;

    private JpegFile() {}

    static byte[] of(BufferedImage image, boolean isProgressive) throws IOException {
        return write(new IIOImage(image, null, null), isProgressive);
    }

    /** Four components as they are given, without a word of what they mean. */
    static byte[] ofFour(int[] samples, int width, int height) throws IOException {
        return ofComponents(4, samples, width, height);
    }

    /** Three components as they are given, without a word of what they mean but their numbers. */
    static byte[] ofThree(int[] samples, int width, int height, byte[] numbers) throws IOException {
        byte[] file = ofComponents(3, samples, width, height);
        for (int component = 0; component < 3; component++) {
            file[segment(file, 0xc0) + 10 + 3 * component] = numbers[component];
            file[segment(file, 0xda) + 5 + 2 * component] = numbers[component];
        }
        return file;
    }

    private static byte[] ofComponents(int count, int[] samples, int width, int height) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(0, width, height, count, null);
        raster.setPixels(0, 0, width, height, samples);
        return write(new IIOImage(raster, null, null), false);
    }

    private static byte[] write(IIOImage image, boolean isProgressive) throws IOException {
        ImageWriter writer = Codecs.writer("jpeg");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(0.97f);
            if (isProgressive) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, image, parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The file with a segment before all others. */
    static byte[] with(byte[] jpeg, int marker, byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(jpeg.length + data.length + 4);
        file.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker).putShort((short) (data.length + 2));
        return file.put(data).put(jpeg, 2, jpeg.length - 2).array();
    }

    static byte[] withExif(byte[] jpeg, byte[] tiff) {
        return with(jpeg, APP1, joined("Exif\0\0", tiff));
    }

    /** The file with a profile in so many segments, of which one may be left out. */
    static byte[] withProfile(byte[] jpeg, byte[] profile, int segments, int leftOut) {
        byte[] file = jpeg;
        for (int part = segments; part >= 1; part--) {
            if (part != leftOut) {
                int from = profile.length * (part - 1) / segments;
                byte[] data = Arrays.copyOfRange(profile, from, profile.length * part / segments);
                byte[] numbers = {(byte) part, (byte) segments};
                file = with(file, APP2, joined("ICC_PROFILE\0", joined(numbers, data)));
            }
        }
        return file;
    }

    /** Adobe's segment: 0 for components as they are, 2 for YCCK; it also says that inks are inverted. */
    static byte[] withAdobe(byte[] jpeg, int transform) {
        return with(jpeg, APP14, joined("Adobe", new byte[] {0, 100, 0, 0, 0, 0, (byte) transform}));
    }

    /** The file with another byte in its frame header: 0 the marker, 4 the bits, 9 the number of components. */
    static byte[] withFrameByte(byte[] jpeg, int place, int value) {
        byte[] file = jpeg.clone();
        int frame = segment(file, 0xc0);
        file[place == 0 ? frame + 1 : frame + place] = (byte) value;
        return file;
    }

    /** Where the first segment of that marker is; of 0xc0, the frame header of any process that is written here. */
    private static int segment(byte[] file, int wanted) {
        ByteBuffer view = ByteBuffer.wrap(file);
        for (int i = 2; i + 3 < file.length; i += 2 + Short.toUnsignedInt(view.getShort(i + 2))) {
            int marker = file[i + 1] & 0xff;
            if (marker == wanted || (wanted == 0xc0 && (marker == 0xc1 || marker == 0xc2))) {
                return i;
            }
        }
        throw new IllegalArgumentException("no segment " + Integer.toHexString(wanted));
    }

    static byte[] joined(String mark, byte[] data) {
        return joined(mark.getBytes(StandardCharsets.US_ASCII), data);
    }

    static byte[] joined(byte[] left, byte[] right) {
        return ByteBuffer.allocate(left.length + right.length)
                .put(left)
                .put(right)
                .array();
    }
}
