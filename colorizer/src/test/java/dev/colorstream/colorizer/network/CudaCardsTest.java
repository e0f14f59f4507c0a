package dev.colorstream.colorizer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.colorizer.network.CudaCards.Card;
import org.junit.jupiter.api.Test;

final class CudaCardsTest {
    @Test
    void shouldReadNamesAndCapabilitiesAsTheDriverTellsThem() {
        assertThat(CudaCards.parse("Tesla T4, 7.5\nNVIDIA A100-SXM4-80GB, 8.0\n")
                        .cards())
                .containsExactly(new Card("Tesla T4", 7, 5), new Card("NVIDIA A100-SXM4-80GB", 8, 0));
    }

    @Test
    void shouldTakeAnErrorOfTheDriverForNoCard() {
        assertThat(CudaCards.parse("No devices were found\n").cards()).isEmpty();
        assertThat(CudaCards.parse("").areUsable()).isFalse();
        assertThatThrownBy(() -> CudaCards.parse("").requireUsable())
                .isInstanceOf(UnsupportedCpuException.class)
                .hasMessageContaining("nvidia-smi");
    }

    @Test
    void shouldRunOnCardsFromKeplerToAda() {
        for (String capability : new String[] {"3.7", "5.2", "6.0", "7.5", "8.0", "8.6", "8.9"}) {
            CudaCards cards = CudaCards.parse("Card, " + capability);
            assertThat(cards.areUsable()).as(capability).isTrue();
            assertThatCode(cards::requireUsable).as(capability).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldSendCardsFromHopperOnToTheOtherBuildInOneLine() {
        for (String capability : new String[] {"9.0", "10.0", "12.0"}) {
            CudaCards cards = CudaCards.parse("NVIDIA H100 80GB HBM3, " + capability);
            assertThat(cards.areUsable()).as(capability).isFalse();
            assertThatThrownBy(cards::requireUsable)
                    .isInstanceOf(UnsupportedCpuException.class)
                    .hasMessageContaining("NVIDIA H100 80GB HBM3 (compute capability " + capability + ")")
                    .hasMessageContaining("cuda-ort")
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void shouldRefuseCardsBeforeKeplersLastInOneLine() {
        CudaCards cards = CudaCards.parse("Tesla K40, 3.5");

        assertThat(cards.areUsable()).isFalse();
        assertThatThrownBy(cards::requireUsable)
                .isInstanceOf(UnsupportedCpuException.class)
                .hasMessageContaining("Tesla K40 (compute capability 3.5)")
                .hasMessageContaining("onnxruntime")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void shouldNotAskForACardInTheBuildWithoutCuda() {
        assertThat(CudaCards.isCudaBuild()).isFalse();
        assertThat(CpuBackend.isOnCard()).isFalse();
        assertThat(CudaCards.isCudaOrtBuild()).isFalse();
        assertThat(OnnxRuntimeEngine.isOnCard()).isFalse();
    }
}
