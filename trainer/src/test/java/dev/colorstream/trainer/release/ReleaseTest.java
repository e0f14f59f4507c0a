package dev.colorstream.trainer.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.trainer.Installation;
import dev.colorstream.trainer.Installation.Run;
import dev.colorstream.trainer.release.AnnounceOutcome.AlreadyCurrent;
import dev.colorstream.trainer.release.AnnounceOutcome.Announced;
import dev.colorstream.trainer.release.AnnounceOutcome.Fenced;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing, promoting and taking back against a real Kafka and a real S3. Each test has versions of its own. */
final class ReleaseTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    static Path directory;

    private static Installation installation;

    @BeforeAll
    static void start() {
        installation = new Installation(directory);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void shouldServeWhatWasPromotedAndGoBackStepByStep() {
        publish("a1", "a2", "a3");

        assertThat(run("promote", "a1").out()).contains("channel stable serves a1 from now on");
        assertThat(run("promote", "a2").out()).contains("serves a2 from now on, after a1");
        assertThat(run("promote", "a3").out()).contains("serves a3");
        assertThat(stable().earlier()).startsWith(id("a2"), id("a1"));

        assertThat(run("rollback", "--note", "greenish skin").out()).contains("serves a2 from now on, after a3");
        assertThat(stable().note()).isEqualTo("greenish skin");
        assertThat(run("rollback").out()).contains("serves a1 from now on, after a2");
        assertThat(stable().version()).isEqualTo(id("a1"));
    }

    @Test
    void shouldGoBackToTheVersionThatIsNamed() {
        publish("b1", "b2", "b3");
        run("promote", "b1");
        run("promote", "b2");
        run("promote", "b3");

        run("rollback", "b1");
        assertThat(stable().version()).isEqualTo(id("b1"));
        assertThat(stable().earlier()).doesNotContain(id("b2"), id("b3"));

        assertThat(failure("rollback", "b3")).contains("did not serve b3 before");
    }

    @Test
    void shouldAnnounceTheSameVersionOnce() {
        publish("c1");
        run("promote", "c1");
        int before = installation.announcements().size();

        assertThat(run("promote", "c1").out()).contains("serves c1 already");
        assertThat(installation.announcements()).hasSize(before);
    }

    @Test
    void shouldGiveTheCanaryItsShareAndEndIt() {
        publish("d1");

        assertThat(run("promote", "d1", "--channel", "canary", "--share", "0.25")
                        .out())
                .contains("channel canary serves d1 from now on, 0.2500 of the requests");
        assertThat(run("list").out()).containsPattern("d1 .* canary 0.25");

        run("promote", "d1", "--channel", "canary", "--share", "0");
        assertThat(Channels.read(installation.kafka()).current(Channel.CANARY))
                .hasValueSatisfying(told -> assertThat(told.share()).isZero());
        assertThat(Installation.run(installation.environment(), "promote", "d1", "--share", "0.5")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void shouldServeTheFirstVersionOfAnInstallationAndLeaveAllElseAlone() {
        // given
        installation.announce("stable", null);
        Path first = folder("j1");
        Path second = folder("j2");
        int before = installation.announcements().size();

        // when, then
        assertThat(run("publish", "--if-none-served", first.toString()).out())
                .contains("j1 is published", "channel stable serves j1");
        assertThat(run("publish", "--if-none-served", first.toString()).out())
                .isEqualToIgnoringNewLines("channel stable serves j1 already");
        assertThat(run("publish", "--if-none-served", second.toString()).out().lines())
                .containsExactly(
                        "channel stable serves j1 already",
                        "j2 is not served: publish it without --if-none-served, then promote it (local mode: --model FOLDER)");
        assertThat(stable().version()).isEqualTo(id("j1"));
        assertThat(run("list").out()).doesNotContain("j2");
        assertThat(installation.announcements()).hasSize(before + 1);
    }

    @Test
    void shouldRefuseToPromoteWhatTheRegistryDoesNotHave() {
        int before = installation.announcements().size();

        assertThat(failure("promote", "never-trained")).contains("never-trained", "'publish' adds one");
        assertThat(installation.announcements()).hasSize(before);
    }

    @Test
    void shouldListAndShowWhatIsKnown() {
        publish("e1");
        run("promote", "e1");

        assertThat(run("list").out()).containsPattern("e1 +2026-11-22T12:00:00 +eccv16-small +90.13 +86.50 +- +stable");
        assertThat(run("show", "e1").out()).contains("\"version\" : \"e1\"", "\"dataFingerprint\"");
        assertThat(failure("show", "e9")).contains("e9");
    }

    @Test
    void shouldPruneNeitherWhatIsServedNorWhatARollbackNeeds() {
        publish("f1", "f2", "f3", "f4", "f5");
        run("promote", "f1");
        run("promote", "f2");

        run("prune", "--keep", "1");

        assertThat(installation.registry().list().whole())
                .extracting(manifest -> manifest.version().value())
                .contains("f1", "f2", "f5")
                .doesNotContain("f3", "f4");
        assertThat(run("rollback").out()).contains("serves f1");
    }

    @Test
    void shouldTakeNothingFromAnAnnouncerThatWasFenced() {
        ModelAnnouncement first = ModelAnnouncement.first(Channel.STABLE, id("g1"), 1, NOON, "");
        try (Announcer older = Announcer.open(installation.kafka());
                Announcer newer = Announcer.open(installation.kafka())) {
            assertThat(newer.announce(first)).isEqualTo(new Announced(first));

            assertThat(older.announce(ModelAnnouncement.first(Channel.STABLE, id("g2"), 1, NOON, "")))
                    .isInstanceOf(Fenced.class);
        }
        try (Announcer again = Announcer.open(installation.kafka())) {
            assertThat(again.announce(first)).isEqualTo(new AlreadyCurrent(first));
        }
        assertThat(installation.announcements())
                .extracting(ModelAnnouncement::version)
                .containsOnlyOnce(id("g1"))
                .doesNotContain(id("g2"));
    }

    @Test
    void shouldPassOverWhatIsNoAnnouncementAndForgetAChannelThatWasDeleted() {
        publish("h1");
        run("promote", "h1", "--channel", "canary");

        installation.announce("canary", "{\"channel\": \"beta\"}".getBytes(UTF_8));
        installation.announce("beta", null);
        assertThat(Channels.read(installation.kafka()).current(Channel.CANARY))
                .hasValueSatisfying(told -> assertThat(told.version()).isEqualTo(id("h1")));

        installation.announce("canary", null);
        assertThat(Channels.read(installation.kafka()).current(Channel.CANARY)).isEmpty();
    }

    @Test
    void shouldTellWhatIsMissingOfTheConnection() {
        Map<String, String> keyless = new HashMap<>(installation.environment());
        keyless.remove("COLORSTREAM_S3_SECRET_KEY");

        Run run = Installation.run(keyless, "show", "v1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("COLORSTREAM_S3_SECRET_KEY");
    }

    @Test
    void shouldRefuseToPublishAFolderThatIsNoVersion() {
        assertThat(failure("publish", directory.resolve("nowhere").toString())).contains("nowhere", "is no folder");
    }

    private static Path folder(String id) {
        return Installation.version(directory.resolve("models"), id, NOON).folder();
    }

    private static void publish(String... ids) {
        for (int i = 0; i < ids.length; i++) {
            Path folder = Installation.version(directory.resolve("models"), ids[i], NOON.plusSeconds(i))
                    .folder();
            assertThat(run("publish", folder.toString()).out()).contains(ids[i] + " is published");
        }
    }

    private static Run run(String... arguments) {
        Run run = installation.run(arguments);
        assertThat(run.exitCode()).as("%s: %s", List.of(arguments), run.err()).isZero();
        return run;
    }

    private static String failure(String... arguments) {
        Run run = installation.run(arguments);
        assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
        return run.err();
    }

    private static ModelAnnouncement stable() {
        return Channels.read(installation.kafka()).current(Channel.STABLE).orElseThrow();
    }

    private static ModelVersionId id(String value) {
        return new ModelVersionId(value);
    }
}
