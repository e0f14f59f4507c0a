package dev.colorstream.qa.benchmarks;

import dev.colorstream.colorizer.Painting;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.AreaAverage;
import dev.colorstream.colorizer.image.DecodeLimits;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.image.EncodedPhoto;
import dev.colorstream.colorizer.image.Inscription;
import dev.colorstream.colorizer.image.OutputFormat;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.image.PhotoDecoder;
import dev.colorstream.colorizer.image.PhotoEncoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures what one large photo takes from file to file, the network left out: run it with {@code --make} first, then in a
 * process of its own with a small {@code -Xmx}, lowering it until it fails.
 */
@Command(name = "large-photo-memory", description = "What one large photo takes from file to file.")
public final class LargePhotoMemory implements Callable<Integer> {
    private static final int NETWORK_SIDE = 80;
    private static final int CELLS = 20;

    @Parameters(description = "A photo.")
    private Path file = Path.of("large.jpg");

    @Option(names = "--make", description = "Write it, gray, with so many million pixels; the ending says the format.")
    private int megapixels;

    @Option(names = "--format", description = "Of the color photo: ${COMPLETION-CANDIDATES}.")
    private OutputFormat format = OutputFormat.JPEG;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LargePhotoMemory()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        if (megapixels > 0) {
            make();
        } else {
            color();
        }
        return 0;
    }

    private void make() throws IOException {
        int width = (int) Math.round(Math.sqrt(megapixels * 1.5e6));
        int height = (int) (megapixels * 1_000_000L / width);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Random random = new Random(1);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double wave = Math.sin(x / 300.0) + Math.cos(y / 200.0);
                row[x] = (int) (128 + 50 * wave) + random.nextInt(8);
            }
            image.getRaster().setPixels(0, y, width, 1, row);
        }
        String name = file.toString();
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), file.toFile());
    }

    private void color() throws IOException {
        DecodeLimits limits = new DecodeLimits(Integer.MAX_VALUE - 8, DecodeLimits.MOST_PIXELS, DecodeLimits.LONGEST_SIDE);
        Photo photo = ((Decoded) new PhotoDecoder(limits).decode(Files.readAllBytes(file))).photo();
        report("decoded");
        AreaAverage.toSquare(photo.luminance(), photo.width(), photo.height(), NETWORK_SIDE);
        EncodedPhoto color = PhotoEncoder.encode(
                Painting.rows(photo, colors()), format, PhotoEncoder.DEFAULT_QUALITY, Inscription.NONE);
        report("encoded");
        System.out.printf(
                "%d x %d, %d bytes in, %d bytes out%n",
                color.width(), color.height(), Files.size(file), color.bytes().length);
    }

    private static AbPlanes colors() {
        Random random = new Random(2);
        float[] a = new float[CELLS * CELLS];
        float[] b = new float[CELLS * CELLS];
        for (int cell = 0; cell < a.length; cell++) {
            a[cell] = 40 * (random.nextFloat() - 0.5f);
            b[cell] = 40 * (random.nextFloat() - 0.5f);
        }
        return new AbPlanes(CELLS, CELLS, a, b);
    }

    private static void report(String when) throws IOException {
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("VmHWM unknown");
        System.out.printf("%s: peak of the heap %d MiB, %s%n", when, heap >> 20, resident.replaceAll("\\s+", " "));
    }
}
