package dev.colorstream.contract.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.request.RequestReading.Requests;
import dev.colorstream.contract.request.RequestReading.Unreadable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests, damaged at random: whatever comes, it is read or told, on one line. Longer by {@code -Dfuzz.minutes=10}. */
class RequestReaderFuzzTest {
    private static final int VALUES = 50_000;

    /** Pieces that values are made of, and that damage puts in. */
    private static final List<String> PIECES = List.of(
            "{\"requestId\":\"r\",\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}",
            "{\"requestId\":\"r\",\"jobId\":\"j\",\"source\":{\"bucket\":\"uploads\",\"key\":\"a/b.jpg\"},"
                    + "\"options\":{\"temperature\":0.5,\"saturation\":1,\"format\":\"png\",\"quality\":90,"
                    + "\"maxPixels\":1000,\"channel\":\"stable\"},\"submittedAt\":\"2026-01-31T12:00:00Z\"}",
            "{\"Records\":[{\"eventName\":\"s3:ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},"
                    + "\"object\":{\"key\":\"a%20b.jpg\",\"size\":7,\"eTag\":\"e\",\"sequencer\":\"1\"}}}]}",
            "s3://bucket/key.jpg",
            "../../etc/passwd",
            "inbox/\uD83D\uDCF7/\u0000.jpg",
            "[".repeat(5000),
            "{\"a\":".repeat(2000),
            "1e999999999",
            "-0",
            "99999999999999999999999999",
            "\"\\ud800\"",
            "%",
            "%zz",
            "null",
            "true",
            "\u202e",
            "{",
            "}",
            ":",
            ",");

    private final RequestReader reader = new RequestReader();

    @Test
    void shouldReadOrRefuseAnyValue() {
        long seed = Long.getLong("fuzz.seed", 1);
        long wanted = Duration.ofMinutes(Long.getLong("fuzz.minutes", 0)).toNanos();
        long start = System.nanoTime();
        int values = 0;
        int read = 0;
        while (values < VALUES || System.nanoTime() - start < wanted) {
            byte[] value = value(new Random(seed + values));
            read += isRead(value, seed + values) ? 1 : 0;
            values++;
        }
        assertThat(read).isBetween(values / 50, values / 50 * 49);
    }

    private boolean isRead(byte[] value, long seed) {
        RequestReading reading = reader.read(Messages.bytes(value));
        if (reading instanceof Unreadable unreadable) {
            assertThat(unreadable.reason()).isEqualTo(FailureReason.UNREADABLE_REQUEST);
            assertThat(unreadable.detail()).as("seed %d", seed).isNotBlank();
            return false;
        }
        for (ColorizeRequest request : ((Requests) reading).requests()) {
            assertThat(ColorKey.of(request, OutputFormat.JPEG))
                    .as("seed %d", seed)
                    .matches("[^\\p{Cntrl}]+/[^/]+/[^/]+\\.jpg")
                    .doesNotMatch("(.*/)?\\.\\.?(/.*)?");
        }
        return true;
    }

    private static byte[] value(Random random) {
        byte[] value = PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
        int hits = random.nextInt(4);
        for (int hit = 0; hit < hits && value.length > 0; hit++) {
            int place = random.nextInt(value.length);
            switch (random.nextInt(4)) {
                case 0 -> value[place] = (byte) random.nextInt();
                case 1 -> value[place] ^= (byte) (1 << random.nextInt(8));
                case 2 -> value = Arrays.copyOf(value, place);
                default ->
                    value = joined(
                            Arrays.copyOf(value, place),
                            PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8),
                            Arrays.copyOfRange(value, place, value.length));
            }
        }
        return value;
    }

    private static byte[] joined(byte[]... parts) {
        byte[] joined = {};
        for (byte[] part : parts) {
            byte[] longer = Arrays.copyOf(joined, joined.length + part.length);
            System.arraycopy(part, 0, longer, joined.length, part.length);
            joined = longer;
        }
        return joined;
    }
}
