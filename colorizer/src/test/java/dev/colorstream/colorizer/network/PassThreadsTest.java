package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PassThreadsTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Test
    void shouldTakeThreadsOfAPassFromTheVariableOfOpenMp() {
        assertThat(PassThreads.of("3")).isEqualTo(3);
        assertThat(PassThreads.of(" 2,4")).isEqualTo(2);
        assertThat(PassThreads.of("")).isEqualTo(PROCESSORS);
        assertThat(PassThreads.of("many")).isEqualTo(PROCESSORS);
    }

    @Test
    void shouldKeepAllProcessorsAtWorkByPassesAtOnce() {
        assertThat(PassThreads.passesAtOnce("1")).isEqualTo(PROCESSORS);
        assertThat(PassThreads.passesAtOnce("")).isEqualTo(1);
        assertThat(PassThreads.passesAtOnce("1000")).isEqualTo(1);
    }
}
