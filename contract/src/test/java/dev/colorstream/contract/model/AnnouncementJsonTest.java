package dev.colorstream.contract.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.json.MalformedJsonException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementJsonTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final ModelAnnouncement CANARY = new ModelAnnouncement(
            Channel.CANARY, id("v3"), 0.1, List.of(id("v2"), id("v1")), NOON, "rebalanced AuC 86.9 after 86.3");

    @Test
    void shouldReadWhatWasWritten() {
        assertThat(AnnouncementJson.read(AnnouncementJson.toJson(CANARY))).isEqualTo(CANARY);
    }

    @Test
    void shouldKeyTheRecordByTheChannel() {
        ProducerRecord<byte[], byte[]> record = AnnouncementJson.write("colorize.models", CANARY);

        assertThat(new String(record.key(), UTF_8)).isEqualTo("canary");
    }

    @Test
    void shouldPassOverFieldsItDoesNotKnow() {
        String newer =
                new String(AnnouncementJson.toJson(CANARY), UTF_8).replace("{\"channel\"", "{\"mood\":[1],\"channel\"");

        assertThat(AnnouncementJson.read(newer.getBytes(UTF_8))).isEqualTo(CANARY);
    }

    @Test
    void shouldReadAnnouncementThatWasWrittenByHand() {
        String byHand = "{\"channel\":\"stable\",\"version\":\"v1\",\"announcedAt\":\"2026-01-02T12:00:00Z\"}";

        assertThat(AnnouncementJson.read(byHand.getBytes(UTF_8)))
                .isEqualTo(ModelAnnouncement.first(Channel.STABLE, id("v1"), 1, NOON, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"channel\":\"canary\"|\"channel\":\"beta\"|'channel': 'beta' is no channel",
                "\"version\":\"v3\"|\"version\":\"../v3\"|'version': '../v3' is not a model version",
                "\"share\":0.1|\"share\":1.5|'share': the share is 1.5",
                "\"share\":0.1|\"share\":\"0.1\"|'share' is \"0.1\": write a finite number",
                "[\"v2\",\"v1\"]|[\"v2\",7]|'earlier[1]' is 7: write a text",
                "[\"v2\",\"v1\"]|[\"v 2\"]|'earlier[0]': 'v 2' is not a model version",
                "2026-01-02T12:00:00Z|yesterday|'announcedAt' is \"yesterday\"",
            })
    void shouldNameTheFieldOfWhatItCannotRead(String right, String wrong, String complaint) {
        String json = new String(AnnouncementJson.toJson(CANARY), UTF_8);
        assertThat(json).contains(right);

        assertThatThrownBy(
                        () -> AnnouncementJson.read(json.replace(right, wrong).getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldRememberTheVersionsBefore() {
        ModelAnnouncement next = CANARY.followedBy(id("v4"), 0.2, NOON, "");

        assertThat(next.version()).isEqualTo(id("v4"));
        assertThat(next.share()).isEqualTo(0.2);
        assertThat(next.earlier()).containsExactly(id("v3"), id("v2"), id("v1"));
    }

    @Test
    void shouldGoFurtherBackWhenTakenBackAgain() {
        ModelAnnouncement once = CANARY.takenBack(NOON, "greenish skin").orElseThrow();
        ModelAnnouncement twice = once.takenBack(NOON, "still").orElseThrow();

        assertThat(once.version()).isEqualTo(id("v2"));
        assertThat(once.earlier()).containsExactly(id("v1"));
        assertThat(once.note()).isEqualTo("greenish skin");
        assertThat(twice.version()).isEqualTo(id("v1"));
        assertThat(twice.takenBack(NOON, "")).isEmpty();
    }

    @Test
    void shouldRememberEachVersionOnceAndNotForever() {
        ModelAnnouncement back = CANARY.followedBy(id("v1"), 0.1, NOON, "");
        assertThat(back.earlier()).containsExactly(id("v3"), id("v2"));

        ModelAnnouncement last = IntStream.range(10, 40)
                .boxed()
                .reduce(CANARY, (told, i) -> told.followedBy(id("v" + i), 0.1, NOON, ""), (a, b) -> b);
        assertThat(last.earlier()).hasSize(ModelAnnouncement.MOST_EARLIER).startsWith(id("v38"));
    }

    @Test
    void shouldGiveStableAllThatTheCanaryLeaves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelAnnouncement.first(Channel.STABLE, id("v1"), 0.5, NOON, ""))
                .withMessageContaining("stable");
    }

    private static ModelVersionId id(String value) {
        return new ModelVersionId(value);
    }
}
