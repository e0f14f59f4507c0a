package dev.colorstream.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.result.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void shouldNeverDropARequestOrADeadLetterByAge() {
        List<String> kept = new ArrayList<>(Topics.WORK);
        kept.add(Topics.DEAD_LETTERS);
        assertThat(kept)
                .allSatisfy(name -> assertThat(topic(name).configs())
                        .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "-1")
                        .containsEntry(TopicConfig.RETENTION_BYTES_CONFIG, "-1")
                        .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "delete"));
    }

    @Test
    void shouldKeepTheNewestResultOfARequestForThirtyDays() {
        assertThat(topic(Topics.RESULTS).configs())
                .containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete")
                .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "2592000000");
    }

    @Test
    void shouldTakeEverySuspectThatMayBeADeadLetter() {
        assertThat(List.of(topic(Topics.SUSPECTS), topic(Topics.DEAD_LETTERS)))
                .allSatisfy(topic -> assertThat(topic.configs())
                        .containsEntry(
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(DeadLetter.MAX_RECORD_BYTES)));
    }

    @Test
    void shouldHaveOneOrderForAnnouncements() {
        assertThat(topic(Topics.MODELS).partitions()).isEqualTo(1);
    }

    private static Topic topic(String name) {
        return Topics.all(6).stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
