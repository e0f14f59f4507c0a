package dev.colorstream.dashboard.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {
    @ParameterizedTest
    @CsvSource({"4,10,0.168,0.687", "6,10,0.313,0.832", "10,10,0.722,1", "0,10,0,0.278", "500,1000,0.469,0.531"})
    void shouldBeThePublishedOnes(long hits, long trials, double low, double high) {
        WilsonInterval interval = WilsonInterval.of(hits, trials);

        assertThat(interval.low()).isCloseTo(low, within(5e-4));
        assertThat(interval.high()).isCloseTo(high, within(5e-4));
    }

    @Test
    void shouldSayNothingWhereNobodyHasAnswered() {
        assertThat(WilsonInterval.of(0, 0)).isEqualTo(new WilsonInterval(0, 1));
    }

    @Test
    void shouldRefuseWhatIsNoShare() {
        assertThatIllegalArgumentException().isThrownBy(() -> WilsonInterval.of(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> WilsonInterval.of(-1, 1));
    }
}
