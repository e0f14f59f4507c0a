package dev.colorstream.local.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildJvmTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void shouldHandOverFactsAndLogWhatChildPrints() throws Exception {
        Path log = directory.resolve("logs/child.log");
        try (ChildJvm child = ChildJvm.start(command(ObedientChild.class), log, LIMIT)) {
            assertThat(child.fact("greeting")).isEqualTo("hello");
            assertThat(child.fact("pid")).isEqualTo(Long.toString(child.pid()));
            assertThat(Files.readString(log)).contains("a line before");
            assertThatThrownBy(() -> child.fact("port")).hasMessageContaining("No fact port");
        }
    }

    @Test
    void shouldLeaveNoProcessAfterClose() {
        ChildJvm child = ChildJvm.start(command(ObedientChild.class), directory.resolve("child.log"), LIMIT);

        child.close();

        assertThat(ProcessHandle.of(child.pid())).isEmpty();
        assertThat(child.exit()).succeedsWithin(LIMIT).isEqualTo(0);
    }

    @Test
    void shouldEndChildWhoseShutdownHangs() {
        ChildJvm child = ChildJvm.start(command(StubbornChild.class), directory.resolve("child.log"), LIMIT);

        child.close();

        assertThat(ProcessHandle.of(child.pid())).isEmpty();
    }

    @Test
    void shouldTellWhyChildEndedBeforeItWasReady() {
        Path log = directory.resolve("child.log");

        assertThatThrownBy(() -> ChildJvm.start(command(FailingChild.class), log, LIMIT))
                .isInstanceOf(ChildNotReadyException.class)
                .hasMessageContaining("FailingChild ended before it was ready")
                .hasMessageContaining(log.toString())
                .hasMessageContaining("the disk is full");
    }

    @Test
    void shouldEndChildThatIsNotReadyInTime() throws Exception {
        Path log = directory.resolve("child.log");

        assertThatThrownBy(() -> ChildJvm.start(command(SilentChild.class), log, Duration.ofSeconds(5)))
                .isInstanceOf(ChildNotReadyException.class)
                .hasMessageContaining("SilentChild was not ready in 5 s");

        String pid = Files.readString(log).replaceAll("(?s).*pid=(\\d+).*", "$1");
        assertThat(ProcessHandle.of(Long.parseLong(pid))).isEmpty();
    }

    @Test
    void shouldEndWithParentThatIsKilled() {
        var command = new JvmCommand(
                "parent",
                ParentOfOne.class.getName(),
                classPath(),
                List.of(),
                List.of(directory.resolve("child.log").toString()),
                Map.of());
        ChildJvm parent = ChildJvm.start(command, directory.resolve("parent.log"), LIMIT);
        long child = Long.parseLong(parent.fact("child"));
        assertThat(ProcessHandle.of(child)).isPresent();

        parent.kill();

        await().atMost(LIMIT).until(() -> ProcessHandle.of(child).isEmpty());
    }

    @Test
    void shouldGuardProgramThatKnowsNothingOfParents() {
        JvmCommand guarded = command(Bystander.class).endingWithStandardInput();
        ChildJvm child = ChildJvm.start(guarded, directory.resolve("child.log"), LIMIT);
        assertThat(child.fact("words")).isEqualTo("one,two");

        child.close();

        assertThat(child.exit()).succeedsWithin(LIMIT).isEqualTo(0);
    }

    @Test
    void shouldPassOnExitStatusOfForegroundProgram() {
        var inTheMiddle = new JvmCommand(
                "foreground",
                ForegroundParent.class.getName(),
                classPath(),
                List.of(),
                List.of(),
                Map.of("GREETING", "hello"));

        try (ChildJvm parent = ChildJvm.start(inTheMiddle, directory.resolve("parent.log"), LIMIT)) {
            assertThat(parent.fact("status")).isEqualTo("7");
            assertThat(directory.resolve("parent.log")).content().contains("hello from the foreground");
        }
    }

    @Test
    void shouldEndForegroundProgramWithParentThatIsKilled() {
        var inTheMiddle = new JvmCommand(
                "foreground",
                ForegroundParent.class.getName(),
                classPath(),
                List.of(),
                List.of("bystander"),
                Map.of("GREETING", "hello"));
        ChildJvm parent = ChildJvm.start(inTheMiddle, directory.resolve("parent.log"), LIMIT);
        List<ProcessHandle> children =
                ProcessHandle.of(parent.pid()).orElseThrow().children().toList();
        assertThat(children).hasSize(1);

        parent.kill();

        await().atMost(LIMIT).until(() -> !children.get(0).isAlive());
    }

    @Test
    void shouldNameMissingClassPathEntryAndTheMend() {
        assertThatThrownBy(() -> new ClassPath(List.of(directory.resolve("gone.jar"))))
                .hasMessageContaining("gone.jar is missing")
                .hasMessageContaining("mvn package");
    }

    static JvmCommand command(Class<?> main) {
        return new JvmCommand(
                main.getSimpleName(),
                main.getName(),
                classPath(),
                List.of("-Xmx32m"),
                List.of("one", "two"),
                Map.of("GREETING", "hello"));
    }

    private static ClassPath classPath() {
        return ClassPath.holding(ChildJvmTest.class).plus(ClassPath.holding(ChildJvm.class));
    }
}
