package dev.colorstream.storage.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectStoreConnectionTest {
    @Test
    void shouldHideSecrets() {
        ObjectStoreConnection connection = new ObjectStoreConnection(
                "https://s3.example.org", "reader", "hush-hush", Optional.of("psst"), Optional.empty(), "eu-1");

        assertThat(connection.toString()).contains("s3.example.org", "reader").doesNotContain("hush-hush", "psst");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3.example.org",
                "localhost:9000",
                "ftp://s3.example.org",
                "http://",
                "http://host/path",
                "http://user:word@host",
                "http://host?x=1",
                "not a url"
            })
    void shouldRefuseWhatIsNoEndpointAndNameTheMend(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ObjectStoreConnection(endpoint, "reader", "hush", "eu-1"))
                .withMessageContaining(endpoint)
                .withMessageContaining("write http://host:port");
    }
}
