package dev.colorstream.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BindingTest {
    private static final Optional<String> TOKEN = Optional.of("0123456789abcdef");

    @Test
    void shouldAskForNothingOnThisMachineAlone() {
        assertThat(new Binding("localhost", 0, Optional.empty(), Optional.empty(), false).isLoopback())
                .isTrue();
    }

    @Test
    void shouldAskForATokenElsewhere() {
        assertThatThrownBy(() -> new Binding("0.0.0.0", 0, Optional.empty(), Optional.empty(), true))
                .hasMessageContaining("--token-file");
    }

    @Test
    void shouldSendNoTokenInTheOpen() {
        assertThatThrownBy(() -> new Binding("0.0.0.0", 0, TOKEN, Optional.empty(), false))
                .hasMessageContaining("--tls-keystore");
        assertThat(new Binding("0.0.0.0", 0, TOKEN, Optional.empty(), true).isSecure())
                .isTrue();
        assertThat(new Binding("0.0.0.0", 0, TOKEN, Optional.of(new Tls(Path.of("keys.p12"), "secret")), false)
                        .isSecure())
                .isTrue();
    }

    @Test
    void shouldRefuseATokenThatIsSoonGuessed() {
        assertThatThrownBy(() -> new Binding("127.0.0.1", 0, Optional.of("short"), Optional.empty(), false))
                .hasMessageContaining("shorter than 16");
    }
}
