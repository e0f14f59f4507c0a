package dev.colorstream.producertools.photos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
    @ParameterizedTest
    @CsvSource({
        "a.jpg, a.jpg",
        "a/b c/ü.jpg, a/b c/ü.jpg",
        "/etc/passwd.jpg, etc/passwd.jpg",
        "//server/x.jpg, server/x.jpg",
        "C:\\photos\\x.jpg, photos/x.jpg",
        "./a//./b.jpg, a/b.jpg",
        "..a/b..jpg, ..a/b..jpg"
    })
    void shouldMakeARelativePath(String name, String safe) {
        assertThat(SafeName.of(name)).contains(safe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x.jpg", "a/../../x.jpg", "a\\..\\x.jpg", "", "/", "a/.."})
    void shouldRefuseANameThatClimbsOrIsNothing(String name) {
        assertThat(SafeName.of(name)).isEmpty();
    }

    @Test
    void shouldReplaceControlCharacters() {
        assertThat(SafeName.of("a\nb\u0000c.jpg")).contains("a?b?c.jpg");
    }

    @Test
    void shouldRefuseANameThatNoStoreOrFileSystemTakes() {
        assertThat(SafeName.of("x".repeat(256))).isEmpty();
        assertThat(SafeName.of("xxxxxxxxx/".repeat(100))).isEmpty();
    }

    @Test
    void shouldStayInTheFolder() {
        Path folder = Path.of("out");

        assertThat(SafeName.in(folder, "a/b.jpg"))
                .contains(folder.toAbsolutePath().resolve("a/b.jpg"));
        assertThat(SafeName.in(folder, "../b.jpg")).isEmpty();
    }
}
