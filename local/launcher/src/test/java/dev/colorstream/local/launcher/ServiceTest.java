package dev.colorstream.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.childjvm.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path root;

    @BeforeEach
    void build() throws IOException {
        for (String module : List.of("worker", "trainer", "producer-tools", "dashboard")) {
            Path target = Files.createDirectories(root.resolve(module).resolve("target"));
            Files.createFile(target.resolve(module + "-0.1.0-SNAPSHOT.jar"));
            Path library = Files.createFile(target.resolve("library.jar"));
            Files.writeString(target.resolve("runtime.classpath"), library + "\n");
        }
    }

    @Test
    void shouldGiveNativeCodeItsThreadsBeforeTheJvmStarts() {
        JvmCommand trainer = command(Service.TRAINER, new Machine(3, 8 * GIB, true));

        assertThat(trainer.environment())
                .containsEntry("OMP_NUM_THREADS", "3")
                .containsEntry("OPENBLAS_CORETYPE", "SKYLAKEX")
                .containsEntry("GIVEN", "yes");
    }

    @Test
    void shouldHaveClosedNetworksGiveTheirMemoryBack() {
        assertThat(command(Service.WORKER, new Machine(4, 8 * GIB, true)).environment())
                .containsEntry("MALLOC_ARENA_MAX", "2")
                .containsKeys("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_");
    }

    @Test
    void shouldShareOutTheProcessorsOfAWorkerToManyPasses() {
        for (int processors : new int[] {1, 2, 3, 4, 16}) {
            assertThat(command(Service.WORKER, new Machine(processors, 8 * GIB, true))
                            .environment())
                    .as("%d processors", processors)
                    .containsEntry("OMP_NUM_THREADS", "1");
        }
        assertThat(command(Service.WORKER, new Machine(64, 8 * GIB, true)).environment())
                .containsEntry("OMP_NUM_THREADS", "4");
    }

    @Test
    void shouldNotNameACoreTypeToCpusWithoutAvx512() {
        assertThat(command(Service.TRAINER, new Machine(3, 8 * GIB, false)).environment())
                .doesNotContainKey("OPENBLAS_CORETYPE");
    }

    @Test
    void shouldKeepHeapAndNativeMemoryWithinTheMachine() {
        for (long gib : new long[] {4, 8, 64}) {
            List<String> flags =
                    command(Service.WORKER, new Machine(4, gib * GIB, true)).jvmFlags();

            long heap = number(flags, "-Xmx(\\d+)m") << 20;
            long offHeap = number(flags, "-Dorg.bytedeco.javacpp.maxbytes=(\\d+)");
            long process = number(flags, "-Dorg.bytedeco.javacpp.maxphysicalbytes=(\\d+)");
            assertThat(heap + offHeap).as("%d GiB", gib).isLessThanOrEqualTo(process);
            assertThat(process).as("%d GiB", gib).isLessThan(gib * GIB);
        }
    }

    @Test
    void shouldSwitchTheOneDnnHelpersOn() {
        assertThat(command(Service.WORKER, new Machine(2, 4 * GIB, true)).jvmFlags())
                .contains("-Dorg.eclipse.deeplearning4j.helpers.disable=false", "-Djava.awt.headless=true");
    }

    @Test
    void shouldTellWhereLibrariesLieThatNeedNotBeUnpacked() throws IOException {
        Path libraries = Files.createDirectories(root.resolve("natives/ai/onnxruntime/native/linux-x64"));
        ClassPath classPath = new ClassPath(List.of(root.resolve("natives")));

        assertThat(Service.WORKER
                        .command(classPath, new Machine(2, 4 * GIB, true), List.of(), Map.of())
                        .jvmFlags())
                .contains("-Donnxruntime.native.path=" + libraries);
        assertThat(command(Service.WORKER, new Machine(2, 4 * GIB, true)).jvmFlags())
                .noneMatch(flag -> flag.contains("onnxruntime"));
    }

    @Test
    void shouldLeaveProgramsWithoutNetworkLight() {
        JvmCommand tools = command(Service.PRODUCER_TOOLS, new Machine(2, 4 * GIB, true));

        assertThat(tools.environment()).containsOnlyKeys("GIVEN");
        assertThat(tools.jvmFlags()).contains("-Xmn128m").noneMatch(flag -> flag.contains("bytedeco"));
    }

    @Test
    void shouldGiveUploadsAHeapForTheLargestPhotoWhereTheMachineHasIt() {
        assertThat(command(Service.PRODUCER_TOOLS, new Machine(2, 4 * GIB, true))
                        .jvmFlags())
                .contains("-Xmx512m");
        assertThat(command(Service.PRODUCER_TOOLS, new Machine(2, GIB / 2, true))
                        .jvmFlags())
                .contains("-Xmx256m");
    }

    @Test
    void shouldGiveTheDashboardAHeapForPhotosAndNoNetworksFlags() {
        JvmCommand dashboard = command(Service.DASHBOARD, new Machine(2, 4 * GIB, true));

        assertThat(dashboard.environment()).containsOnlyKeys("GIVEN");
        assertThat(dashboard.jvmFlags()).contains("-Xmx512m").noneMatch(flag -> flag.contains("bytedeco"));
    }

    @Test
    void shouldTellToBuildWhenJarIsMissing() throws IOException {
        Files.delete(root.resolve("worker/target/worker-0.1.0-SNAPSHOT.jar"));

        assertThatThrownBy(() -> command(Service.WORKER, new Machine(2, 4 * GIB, true)))
                .hasMessageContaining("worker-0.1.0-SNAPSHOT.jar is missing")
                .hasMessageContaining("mvn package");
    }

    @Test
    void shouldNameTheServicesThereAre() {
        assertThat(Service.ofModule("trainer")).isEqualTo(Service.TRAINER);
        assertThatThrownBy(() -> Service.ofModule("wroker")).hasMessageContaining("No service wroker");
    }

    @Test
    void shouldWriteCommandsThatAShellReadsBackWordByWord() throws Exception {
        var command = new JvmCommand(
                "it's",
                "Main",
                new ClassPath(List.of(root)),
                List.of("a b", "it's $HOME \"quoted\" \\ *", ""),
                List.of(),
                Map.of("NAME", "two words"));
        String script = "print() { for word; do printf '%s\\n' \"<$word>\"; done; }; print " + ShellWords.line(command);

        var shell = new ProcessBuilder("sh", "-c", script).start();

        assertThat(shell.inputReader().lines())
                .contains("<env>", "<NAME=two words>", "<a b>", "<it's $HOME \"quoted\" \\ *>", "<>", "<Main>");
    }

    @Test
    void shouldTellAnImagesShellToStartItsServiceFromItsOwnClassPath() {
        String line = ServiceCommandMain.line(List.of("worker"), new Machine(20, 8 * GIB, false));

        assertThat(line)
                .startsWith("'env' '")
                .contains(" 'OMP_NUM_THREADS=2' ", " '-Xmx1024m' ", ":" + ClassPath.holding(Service.class))
                .endsWith("' 'dev.colorstream.worker.WorkerMain'");
    }

    @Test
    void shouldTellHowItIsUsedWhenWordsAreWrong() {
        Machine machine = new Machine(1, GIB, false);

        assertThatThrownBy(() -> ServiceCommandMain.line(List.of(), machine)).hasMessageContaining("Usage");
        assertThatThrownBy(() -> ServiceCommandMain.line(List.of("--rot", "x", "worker"), machine))
                .hasMessageContaining("Usage");
        assertThatThrownBy(() -> ServiceCommandMain.line(List.of("--root", "x", "wroker"), machine))
                .hasMessageContaining("No service wroker");
    }

    private JvmCommand command(Service service, Machine machine) {
        return service.command(root, machine, List.of(), Map.of("GIVEN", "yes"));
    }

    private static long number(List<String> flags, String pattern) {
        return flags.stream()
                .filter(flag -> flag.matches(pattern))
                .map(flag -> Long.parseLong(flag.replaceAll(pattern, "$1")))
                .findFirst()
                .orElseThrow();
    }
}
