package dev.colorstream.qa.benchmarks;

import dev.colorstream.colorizer.Painting;
import dev.colorstream.colorizer.abbins.AbBins;
import dev.colorstream.colorizer.annealing.AnnealedMean;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.image.AreaAverage;
import dev.colorstream.colorizer.image.ColorPhoto;
import dev.colorstream.colorizer.image.DecodeLimits;
import dev.colorstream.colorizer.image.DecodeOutcome;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.image.EncodedPhoto;
import dev.colorstream.colorizer.image.OutputFormat;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.image.PhotoDecoder;
import dev.colorstream.colorizer.image.PhotoEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is done to one photo before and behind the network, each step by itself on one core. The step's time for a megapixel
 * is its time divided by the photo's pixels.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PhotoBenchmark {
    private static final int INPUT = 80;
    private static final int CELLS = 20;
    private static final PhotoDecoder DECODER =
            new PhotoDecoder(new DecodeLimits(1L << 30, 1L << 29, DecodeLimits.LONGEST_SIDE));

    /** A JPEG. */
    @Param("samples/meadow.jpg")
    public String photo = "";

    private byte[] file = new byte[0];
    private float[] logits = new float[0];
    private @Nullable Input input;

    private record Input(Photo gray, AbPlanes colors, ColorPhoto painted) {}

    /** Reads the photo and makes colors as a network would: mostly weak ones, that change from cell to cell. */
    @Setup
    public void setUp() throws IOException {
        file = Files.readAllBytes(Path.of(photo));
        Random random = new Random(1);
        logits = new float[CELLS * CELLS * AbBins.COUNT];
        for (int i = 0; i < logits.length; i++) {
            int bin = i % AbBins.COUNT;
            double chroma = Math.hypot(AbBins.a(bin), AbBins.b(bin));
            logits[i] = (float) (2 * random.nextGaussian() - chroma / 10);
        }
        Photo gray = decode();
        AbPlanes colors = annealedMean();
        input = new Input(gray, colors, Painting.paint(gray, colors));
    }

    private Input input() {
        if (input == null) {
            throw new IllegalStateException("not set up");
        }
        return input;
    }

    /** The codec alone: from a JPEG to its samples. */
    @Benchmark
    public BufferedImage jpegReaderAlone() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    /** From a JPEG to lightness. */
    @Benchmark
    public Photo decode() throws IOException {
        DecodeOutcome outcome = DECODER.decode(file);
        if (outcome instanceof Decoded photographed) {
            return photographed.photo();
        }
        throw new IOException(photo + ": " + outcome);
    }

    /** From lightness to the network's input. */
    @Benchmark
    public float[] networkInput() {
        Photo gray = input().gray();
        return AreaAverage.toSquare(gray.luminance(), gray.width(), gray.height(), INPUT);
    }

    /** From the network's output to colors, whatever the photo's size. */
    @Benchmark
    public AbPlanes annealedMean() {
        float[] a = new float[CELLS * CELLS];
        float[] b = new float[CELLS * CELLS];
        new AnnealedMean(AnnealedMean.PAPER_TEMPERATURE).decode(logits, 0, CELLS * CELLS, a, b);
        return new AbPlanes(CELLS, CELLS, a, b);
    }

    /** From lightness and colors to sRGB. */
    @Benchmark
    public ColorPhoto paint() {
        return Painting.paint(input().gray(), input().colors());
    }

    /** From sRGB to a JPEG. */
    @Benchmark
    public EncodedPhoto encode() {
        return PhotoEncoder.encode(input().painted(), OutputFormat.JPEG, PhotoEncoder.DEFAULT_QUALITY);
    }
}
