package dev.colorstream.qa.benchmarks;

import dev.colorstream.colorizer.abbins.SoftEncoding;
import dev.colorstream.colorizer.lab.CieLab;
import dev.colorstream.colorizer.lab.LinearRow;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The color science, each function on a row of pixels: the time of one pixel. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScienceBenchmark {
    private static final int PIXELS = 4096;

    /** Spread of a and b: at 10 one color of twenty lies outside the gamut, at 40 every second. */
    @Param({"10", "40"})
    public double spread;

    private final int[] rgb = new int[PIXELS];
    private final float[] lightness = new float[PIXELS];
    private final float[] a = new float[PIXELS];
    private final float[] b = new float[PIXELS];
    private final float[] lab = new float[3];
    private final LinearRow row = new LinearRow(PIXELS);
    private final SoftEncoding encoding = new SoftEncoding(SoftEncoding.PAPER_NEIGHBORS);

    /** Makes random colors. */
    @Setup
    public void setUp() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < PIXELS; i++) {
            rgb[i] = random.nextInt(1 << 24);
            lightness[i] = (float) random.nextDouble(5, 95);
            a[i] = (float) (spread * random.nextGaussian());
            b[i] = (float) (spread * random.nextGaussian());
        }
    }

    /** From sRGB to Lab. */
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public float lab() {
        float sum = 0;
        for (int pixel : rgb) {
            CieLab.fromRgb8(pixel, lab, 0);
            sum += lab[1];
        }
        return sum;
    }

    /** From Lab to linear light inside the gamut. */
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public float[] linearRow() {
        row.set(lightness, a, b);
        return row.red();
    }

    /** From a and b to their bins. */
    @Benchmark
    @OperationsPerInvocation(PIXELS)
    public float softEncoding() {
        float sum = 0;
        for (int i = 0; i < PIXELS; i++) {
            sum += encoding.share(encoding.position(a[i], b[i]));
        }
        return sum;
    }
}
