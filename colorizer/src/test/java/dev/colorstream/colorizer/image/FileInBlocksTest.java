package dev.colorstream.colorizer.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileInBlocksTest {
    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    @Test
    void shouldHoldWhatWasWrittenWithAnInsertion() throws IOException {
        try (FileInBlocks file = new FileInBlocks()) {
            // given
            byte[] written = noise(200_000);
            file.write(written, 0, 100_000);
            file.flushBefore(100_000);
            file.write(written, 100_000, 100_000);

            // when
            byte[] whole = file.with(new byte[] {1, 2, 3}, 70_000);

            // then
            assertThat(whole).hasSize(200_003).startsWith(written[0], written[1]);
            assertThat(whole).containsSequence(written[69_999], 1, 2, 3, written[70_000]);
            assertThat(whole).endsWith(written[199_998], written[199_999]);
        }
    }

    @Test
    void shouldTakeBackWhatWasWrittenAndReadIt() throws IOException {
        try (FileInBlocks file = new FileInBlocks()) {
            // given
            file.write(noise(150_000));

            // when
            file.seek(65_534);
            file.writeInt(0x01020304);
            file.seek(65_534);

            // then
            assertThat(file.readInt()).isEqualTo(0x01020304);
            assertThat(file.length()).isEqualTo(150_000);
            file.seek(150_000);
            assertThat(file.read()).isEqualTo(-1);
        }
    }
}
