package dev.colorstream.colorizer.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.colorstream.colorizer.image.CorpusFile.Read;
import dev.colorstream.colorizer.image.CorpusFile.Refused;
import dev.colorstream.colorizer.image.DecodeOutcome.Decoded;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PhotoCorpusTest {
    private static final PhotoDecoder DECODER = new PhotoDecoder(new DecodeLimits(8_000_000, 4_000_000, 5000));

    /** The largest picture that the limits allow, in 16 bits with alpha, and its lightness, twice. */
    private static final long MOST_ALLOCATED = 2 * (8 + 6) * 4_000_000L;

    @TestFactory
    Stream<DynamicTest> shouldMakeOfEachFileWhatIsExpectedOfIt() throws IOException {
        List<CorpusFile> files = PhotoCorpus.files();
        assertThat(files).hasSizeGreaterThan(180).extracting(CorpusFile::name).doesNotHaveDuplicates();
        return files.stream().map(file -> DynamicTest.dynamicTest(file.name(), () -> check(file)));
    }

    private static void check(CorpusFile file) {
        long before = allocated();
        DecodeOutcome outcome = DECODER.decode(file.bytes());
        assertThat(allocated() - before).as("bytes allocated").isLessThan(MOST_ALLOCATED);
        if (file.expected() instanceof Refused refused) {
            assertThat(outcome).isInstanceOf(Rejected.class);
            assertThat(((Rejected) outcome).reason()).isEqualTo(refused.reason());
            return;
        }
        assertThat(outcome).isInstanceOf(Decoded.class);
        Photo photo = ((Decoded) outcome).photo();
        Read read = (Read) file.expected();
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(photo.width()).as("width").isEqualTo(read.width());
            softly.assertThat(photo.height()).as("height").isEqualTo(read.height());
            softly.assertThat(photo.bitDepth()).as("bits").isEqualTo(read.bitDepth());
            softly.assertThat(photo.hasAlpha()).as("alpha").isEqualTo(read.hasAlpha());
            softly.assertThat(photo.hadColor()).as("color").isEqualTo(read.hadColor());
            softly.assertThat(photo.notes().pictures()).as("pictures").isEqualTo(read.pictures());
            softly.assertThat(difference(photo, read)).as("lightness").isLessThan(read.tolerance());
        });
    }

    /** By this thread, since it began. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static double difference(Photo photo, Read read) {
        double sum = 0;
        for (int i = 0; i < read.lightness().length; i++) {
            sum += Math.abs(photo.luminance()[i] - read.lightness()[i]);
        }
        return sum / read.lightness().length;
    }
}
