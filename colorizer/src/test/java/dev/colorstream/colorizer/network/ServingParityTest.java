package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.image.ColorPhoto;
import dev.colorstream.colorizer.image.ColorPhoto.EightBit;
import dev.colorstream.colorizer.image.DecodeLimits;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.image.PhotoDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The shipped network's color photos, however it is run: within one 8-bit code on 99.9 % of samples, never above 3. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServingParityTest {
    private static final Architecture SMALL = Architecture.named("eccv16-small");
    private static final int SIZE = 96;

    private final List<Photo> photos = new ArrayList<>();
    private Weights weights = new Weights();

    @BeforeAll
    void readShippedNetworkAndSamples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../models"))) {
            Path network = files.filter(file -> file.endsWith("network.zip"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("models/ holds no network.zip"));
            weights = NetworkFile.read(network, SMALL);
        }
        PhotoDecoder decoder = new PhotoDecoder(new DecodeLimits(50_000_000, 100_000_000, 20_000));
        try (Stream<Path> files = Files.list(Path.of("../samples"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList()) {
                photos.add(((Decoded) decoder.decode(Files.readAllBytes(file))).photo());
            }
        }
        assertThat(photos).hasSizeGreaterThan(5);
    }

    @Test
    void shouldColorTheSameFoldedByOneDnnAsPlain() {
        try (Colorizer serving = Colorizer.of(Dl4jEngine.of(SMALL, weights, SIZE));
                Colorizer plain = Colorizer.of(Dl4jEngine.plain(SMALL, weights, SIZE))) {
            assertAlike(serving.colorize(photos, Palette.DEFAULT), plain.colorize(photos, Palette.DEFAULT));
        }
    }

    @Test
    void shouldColorTheSameInABatchAsAlone() {
        try (Colorizer serving = Colorizer.of(Dl4jEngine.of(SMALL, weights, SIZE))) {
            List<ColorPhoto> alone = photos.stream()
                    .map(photo ->
                            serving.colorize(List.of(photo), Palette.DEFAULT).get(0))
                    .toList();
            assertAlike(serving.colorize(photos, Palette.DEFAULT), alone);
        }
    }

    private static void assertAlike(List<ColorPhoto> left, List<ColorPhoto> right) {
        long samples = 0;
        long aboveOne = 0;
        int highest = 0;
        for (int i = 0; i < left.size(); i++) {
            int[] one = ((EightBit) left.get(i)).argb();
            int[] other = ((EightBit) right.get(i)).argb();
            assertThat(one).hasSameSizeAs(other);
            for (int pixel = 0; pixel < one.length; pixel++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    int difference = Math.abs((one[pixel] >> shift & 0xff) - (other[pixel] >> shift & 0xff));
                    highest = Math.max(highest, difference);
                    aboveOne += difference > 1 ? 1 : 0;
                    samples++;
                }
            }
        }
        assertThat(highest).isLessThanOrEqualTo(3);
        assertThat((double) aboveOne / samples).isLessThanOrEqualTo(0.001);
    }
}
