package dev.colorstream.worker.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.colorstream.worker.consumer.PoisonRule.Treatment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PoisonRuleTest {
    @ParameterizedTest
    @CsvSource({"1,TOGETHER", "2,TOGETHER", "3,ALONE", "5,ALONE", "6,REFUSED", "10,REFUSED"})
    void shouldTreatDeliveryByItsNumber(int attempt, Treatment treatment) {
        assertThat(PoisonRule.DEFAULT.treatment(attempt)).isEqualTo(treatment);
    }

    @Test
    void shouldRefuseRuleWithoutOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PoisonRule(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new PoisonRule(1, 2));
    }
}
