package dev.colorstream.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageKindTest {
    @Test
    void shouldTellImagesByTheirFirstBytes() {
        assertThat(kind("\u00ff\u00d8\u00ff\u00e0")).contains("image/jpeg");
        assertThat(kind("RIFF____WEBPVP8 ")).contains("image/webp");
    }

    @Test
    void shouldShowNothingThatCouldRun() {
        assertThat(kind("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>")).isEmpty();
        assertThat(kind("<!doctype html>")).isEmpty();
        assertThat(kind("")).isEmpty();
    }

    private static Optional<String> kind(String latin1) {
        return ImageKind.contentType(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
