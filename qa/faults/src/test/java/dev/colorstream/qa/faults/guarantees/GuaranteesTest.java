package dev.colorstream.qa.faults.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.contract.result.DeadLetter;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.qa.faults.guarantees.Event.DeadLetterSeen;
import dev.colorstream.qa.faults.guarantees.Event.GroupSeen;
import dev.colorstream.qa.faults.guarantees.Event.ObjectSeen;
import dev.colorstream.qa.faults.guarantees.Event.RequestSent;
import dev.colorstream.qa.faults.guarantees.Event.ResultSeen;
import dev.colorstream.qa.faults.guarantees.Event.SuspectSeen;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class GuaranteesTest {
    private static final TopicPartition PARTITION = new TopicPartition("requests", 0);
    private static final TopicPartition SUSPECTS = new TopicPartition(Topics.SUSPECTS, 0);
    private static final ObjectAddress GRAY = new ObjectAddress(Buckets.UPLOADS, "cat.jpg");

    private final Guarantees guarantees = new Guarantees();

    @Test
    void shouldBeKeptWhenEveryRequestHasWhatItsResultTells() {
        guarantees.take(sent("cat", 0, ExpectedEnd.COLORED));
        guarantees.take(sent("text", 1, ExpectedEnd.FAILED));
        guarantees.take(group(2, 0));
        guarantees.take(colored("cat", "aa"));
        guarantees.take(colored("cat", "aa"));
        guarantees.take(failed("text"));
        guarantees.take(letter("text"));
        guarantees.judge();
        guarantees.take(object("cat", "cat", "aa"));

        assertThat(guarantees.violations()).isEmpty();
        assertThat(guarantees.allEnded()).isTrue();
        assertThat(guarantees.repeated()).isEqualTo(1);
    }

    @Test
    void shouldNameRequestWithoutResult() {
        guarantees.take(sent("cat", 0, ExpectedEnd.COLORED));

        assertThat(guarantees.violations()).containsExactly("NoRequestLost: request cat has no result");
        assertThat(guarantees.allEnded()).isFalse();
    }

    @Test
    void shouldNameRequestThatWasAcknowledgedBeforeItsResult() {
        guarantees.take(sent("cat", 7, ExpectedEnd.COLORED));
        guarantees.take(group(8, 0));
        guarantees.judge();
        guarantees.take(colored("cat", "aa"));
        guarantees.take(object("cat", "cat", "aa"));

        assertThat(guarantees.violations())
                .containsExactly(
                        "AcknowledgedOnlyWhenResultIsDurable: request cat was acknowledged before it had a result");
    }

    @Test
    void shouldTakeASuspectsCopyForItsRecord() {
        guarantees.take(sent("cat", 7, ExpectedEnd.COLORED));
        guarantees.take(group(8, 0));
        guarantees.take(suspect("cat", 0));
        guarantees.take(suspect("somebody-elses", 1));
        guarantees.take(new GroupSeen(SUSPECTS, 0, OptionalLong.of(1)));
        guarantees.judge();
        assertThat(guarantees.allEnded()).isFalse();

        guarantees.take(new GroupSeen(SUSPECTS, 2, OptionalLong.of(0)));
        guarantees.judge();

        assertThat(guarantees.violations())
                .containsExactly(
                        "NoRequestLost: request cat has no result",
                        "AcknowledgedOnlyWhenResultIsDurable: request cat was acknowledged before it had a result");
    }

    @Test
    void shouldNameRecordsThatNobodyAcknowledged() {
        guarantees.take(sent("cat", 0, ExpectedEnd.COLORED));
        guarantees.take(group(0, 1));
        guarantees.take(colored("cat", "aa"));
        guarantees.take(object("cat", "cat", "aa"));
        guarantees.judge();

        assertThat(guarantees.violations()).singleElement().asString().contains("requests-0 is not done with");
    }

    @Test
    void shouldNameGoodRequestThatFailedAndBadOneWithoutDeadLetter() {
        guarantees.take(sent("cat", 0, ExpectedEnd.COLORED));
        guarantees.take(sent("text", 1, ExpectedEnd.FAILED));
        guarantees.take(failed("cat"));
        guarantees.take(letter("cat"));
        guarantees.take(failed("text"));

        assertThat(guarantees.violations())
                .containsExactly(
                        "NoDeadLetterForAnOutage: request cat has a dead letter: no use",
                        "NoDeadLetterForAnOutage: request cat has a failed result: no use",
                        "NoDeadLetterForAnOutage: the bad request text has no dead letter");
    }

    @Test
    void shouldNameResultsThatDiffer() {
        guarantees.take(colored("cat", "aa"));
        guarantees.take(failed("cat"));
        guarantees.take(object("cat", "cat", "aa"));

        assertThat(guarantees.violations()).anyMatch(what -> what.contains("has results that differ"));
    }

    @Test
    void shouldNamePhotosThatAreMissingForeignOrUntold() {
        guarantees.take(colored("missing", "aa"));
        guarantees.take(colored("other", "aa"));
        guarantees.take(object("other", "other", "bb"));
        guarantees.take(colored("stolen", "aa"));
        guarantees.take(object("stolen", "thief", "aa"));
        guarantees.take(object("untold", "untold", "aa"));

        assertThat(guarantees.violations())
                .hasSize(4)
                .allMatch(what -> what.startsWith("OneVisibleResultPerRequest: "))
                .anyMatch(what -> what.contains("missing has no color photo"))
                .anyMatch(what -> what.contains("other has another photo"))
                .anyMatch(what -> what.contains("stolen has another photo"))
                .anyMatch(what -> what.contains("untold.jpg is in the store and no result tells of it"));
    }

    private static RequestSent sent(String id, long offset, ExpectedEnd end) {
        return new RequestSent(new RequestId(id), PARTITION, offset, end);
    }

    private static SuspectSeen suspect(String id, long offset) {
        return new SuspectSeen(new RequestId(id), SUSPECTS, offset);
    }

    private static GroupSeen group(long firstOpen, long lag) {
        return new GroupSeen(PARTITION, firstOpen, OptionalLong.of(lag));
    }

    private static ResultSeen colored(String id, String sha256) {
        return new ResultSeen(new Colored(
                new RequestId(id),
                Optional.empty(),
                GRAY,
                new ColorObject(color(id), "image/jpeg", 1, 1, sha256.repeat(32)),
                new ModelVersionId("v1"),
                "worker",
                1,
                Map.of(),
                Instant.EPOCH));
    }

    private static ResultSeen failed(String id) {
        return new ResultSeen(new Failed(
                new RequestId(id),
                Optional.empty(),
                Optional.of(GRAY),
                FailureReason.NOT_A_PHOTO,
                "no use",
                Stage.DECODE,
                "worker",
                1,
                Map.of(),
                Instant.EPOCH));
    }

    private static DeadLetterSeen letter(String id) {
        return new DeadLetterSeen(new DeadLetter(
                new RequestId(id), FailureReason.NOT_A_PHOTO, Stage.DECODE, 1, "no use", "requests", 0, 0));
    }

    private static ObjectSeen object(String name, String owner, String sha256) {
        String digest = sha256.repeat(32);
        return new ObjectSeen(color(name), digest, Map.of("request-id", owner, "sha256", digest));
    }

    private static ObjectAddress color(String name) {
        return new ObjectAddress(Buckets.COLORIZED, name + ".jpg");
    }
}
