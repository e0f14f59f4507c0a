package dev.colorstream.colorizer.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * The corpus, damaged at random: whatever comes of a file, it is an outcome, and costs no more than the limits allow. Runs a
 * fixed number of files, or longer by {@code -Dfuzz.minutes=30 -Dfuzz.seed=1}; what breaks it is kept under
 * {@code target/fuzz}.
 */
class DecoderFuzzTest {
    private static final int FILES = 4_000;
    private static final int MOST_PIXELS = 1_000_000;
    private static final int MOST_BYTES = 300_000;

    /** Of 16 bits with alpha and their lightness, twice, and what readers take and drop beside. */
    private static final long MOST_ALLOCATED = 2 * (8 + 6) * (long) MOST_PIXELS + 150_000_000;

    private static final int[] ODD_NUMBERS = {0, 1, -1, 0x7fffffff, 0x80000000, 0x7fff, 0xffff, 0x10000, 8};
    private static final PhotoDecoder DECODER = new PhotoDecoder(new DecodeLimits(MOST_BYTES, MOST_PIXELS, 5000));

    @Test
    void shouldMakeAnOutcomeOfAnyDamageWithinItsLimits() throws IOException {
        List<byte[]> corpus = PhotoCorpus.files().stream()
                .map(CorpusFile::bytes)
                .filter(bytes -> bytes.length > 0 && bytes.length < MOST_BYTES)
                .toList();
        long seed = Long.getLong("fuzz.seed", 1);
        Duration wanted = Duration.ofMinutes(Long.getLong("fuzz.minutes", 0));
        long start = System.nanoTime();
        int photos = 0;
        int files = 0;
        while (files < FILES || System.nanoTime() - start < wanted.toNanos()) {
            byte[] damaged = damaged(corpus, new Random(seed + files));
            photos += decode(damaged, seed + files) ? 1 : 0;
            files++;
        }
        // Damage that does not show, and damage that does: else only one way through the decoder was taken.
        assertThat(photos).isBetween(files / 20, files / 20 * 19);
    }

    private static boolean decode(byte[] file, long seed) throws IOException {
        long before = allocated();
        DecodeOutcome outcome;
        try {
            outcome = DECODER.decode(file);
        } catch (RuntimeException | Error thrown) {
            throw new AssertionError("thrown for " + kept(file, seed), thrown);
        }
        long cost = allocated() - before;
        if (cost > MOST_ALLOCATED) {
            throw new AssertionError(cost + " bytes allocated for " + kept(file, seed));
        }
        return outcome instanceof DecodeOutcome.Decoded;
    }

    private static Path kept(byte[] file, long seed) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "fuzz"));
        return Files.write(folder.resolve("seed-" + seed), file);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] damaged(List<byte[]> corpus, Random random) {
        byte[] file = corpus.get(random.nextInt(corpus.size())).clone();
        int hits = 1 + random.nextInt(6);
        for (int hit = 0; hit < hits && file.length > 8; hit++) {
            file = hit(file, corpus, random);
        }
        if (random.nextBoolean()) {
            mendSums(file);
        }
        return file;
    }

    private static byte[] hit(byte[] file, List<byte[]> corpus, Random random) {
        // Headers are where the traps are: half of the hits go to the first bytes.
        int reach = random.nextBoolean() ? Math.min(file.length, 128) : file.length;
        int place = random.nextInt(reach);
        switch (random.nextInt(7)) {
            case 0 -> file[place] ^= (byte) (1 << random.nextInt(8));
            case 1 -> file[place] = (byte) random.nextInt();
            case 2 -> {
                byte[] number = ByteBuffer.allocate(4)
                        .putInt(ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)])
                        .array();
                System.arraycopy(number, 0, file, Math.min(place, file.length - 4), 4);
            }
            case 3 -> {
                byte[] number = ByteBuffer.allocate(4)
                        .putInt(Integer.reverseBytes(ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)]))
                        .array();
                System.arraycopy(number, 0, file, Math.min(place, file.length - 4), 4);
            }
            case 4 -> {
                return Arrays.copyOf(file, Math.max(1, place));
            }
            case 5 -> {
                int length = random.nextInt(Math.min(64, file.length - place) + 1);
                byte[] twice = Arrays.copyOf(file, file.length + length);
                System.arraycopy(file, place, twice, place + length, file.length - place);
                return twice;
            }
            default -> {
                byte[] other = corpus.get(random.nextInt(corpus.size()));
                int length = Math.min(1 + random.nextInt(256), Math.min(other.length, file.length - place));
                System.arraycopy(other, random.nextInt(other.length - length + 1), file, place, length);
            }
        }
        return file;
    }

    /** The sums of a PNG's chunks, so that damage is not found by them alone. */
    private static void mendSums(byte[] file) {
        ByteBuffer view = ByteBuffer.wrap(file);
        int position = 8;
        while (PhotoFormat.of(file).equals(Optional.of(PhotoFormat.PNG)) && position + 12 <= file.length) {
            int length = view.getInt(position);
            if (length < 0 || length > file.length - position - 12) {
                return;
            }
            CRC32 sum = new CRC32();
            sum.update(file, position + 4, length + 4);
            view.putInt(position + 8 + length, (int) sum.getValue());
            if (new String(file, position + 4, 4, StandardCharsets.ISO_8859_1).equals("IEND")) {
                return;
            }
            position += 12 + length;
        }
    }
}
