package dev.colorstream.worker.modelversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.PhotoPrediction;
import dev.colorstream.colorizer.image.AbPlanes;
import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.NetworkFile;
import dev.colorstream.colorizer.network.OnnxFile;
import dev.colorstream.colorizer.network.Prediction;
import dev.colorstream.colorizer.network.Weights;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.model.RefusalReason;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.LookupOutcome;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import dev.colorstream.storage.modelregistry.ModelVersionWriter;
import dev.colorstream.worker.configuration.Engine;
import dev.colorstream.worker.modelversion.VersionState.OpenOutcome;
import dev.colorstream.worker.modelversion.VersionState.Refused;
import dev.colorstream.worker.modelversion.WarmingUp.Pace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadingTest {
    @TempDir
    Path directory;

    private Path folder = Path.of(".");

    @BeforeEach
    void writeVersionWithoutOnnx() {
        folder = Models.write(directory);
    }

    @Test
    void shouldPredictTheSameColorsByEitherEngine() {
        // given
        addOnnx();

        // when
        AbPlanes reference = colors(Engine.DL4J);

        // then
        for (Engine engine : List.of(Engine.ONNX_RUNTIME, Engine.AUTO)) {
            AbPlanes colors = colors(engine);
            assertThat(colors.a()).as(engine.configName()).containsExactly(reference.a(), within(0.05f));
            assertThat(colors.b()).as(engine.configName()).containsExactly(reference.b(), within(0.05f));
        }
    }

    @Test
    void shouldServeAVersionWithoutOnnxByDeeplearning4jWhereThatRuns() {
        Serving serving = serve(folder, Engine.AUTO);

        assertThat(serving.version()).isEqualTo(Models.VERSION);

        serving.closeAtOnce();
    }

    @Test
    void shouldRefuseAVersionWithoutOnnxForOnnxRuntimeAndNameTheMend() {
        Refused refused = (Refused) open(opened(), Engine.ONNX_RUNTIME);

        assertThat(refused.reason()).isEqualTo(RefusalReason.UNKNOWN_ARCHITECTURE);
        assertThat(refused.detail())
                .contains(folder + " has no network.onnx")
                .contains("colorstream export-onnx --model " + folder);
    }

    @Test
    void shouldRefuseAnOnnxFileThatIsNoNetwork() {
        ModelVersionWriter.add(opened(), ModelVersionFolder.ONNX_NETWORK, file -> Files.writeString(file, "none"));

        Refused refused = (Refused) open(opened(), Engine.ONNX_RUNTIME);

        assertThat(refused.reason()).isEqualTo(RefusalReason.DAMAGED);
        assertThat(refused.detail()).contains("network.onnx");
    }

    @Test
    void shouldTellEachWayInWhichAVersionIsNoneByItsOwnReason() {
        Map<RefusalReason, ModelVersionFolder> damaged = Map.of(
                RefusalReason.DAMAGED, Models.writeCorrupt(directory, version("corrupt")),
                RefusalReason.NOT_FINITE, Models.writeNotFinite(directory, version("not-finite")),
                RefusalReason.WRONG_BINS, Models.writeWithBins(directory, version("bins"), 312),
                RefusalReason.UNKNOWN_ARCHITECTURE,
                        Models.writeOfArchitecture(directory, version("architecture"), "eccv17"));

        damaged.forEach((reason, version) -> {
            Refused refused = (Refused) open(version, Engine.DL4J);
            assertThat(refused.reason()).as(refused.detail()).isEqualTo(reason);
            assertThat(refused.detail()).isNotBlank();
        });
    }

    @Test
    void shouldTellWhatTheRegistryTells() {
        assertThat(refusal(new LookupOutcome.Unknown<>("none"))).isEqualTo(RefusalReason.UNKNOWN_VERSION);
        assertThat(refusal(new LookupOutcome.Damaged<>("half"))).isEqualTo(RefusalReason.DAMAGED);
        assertThat(refusal(new LookupOutcome.Newer<>("format 2"))).isEqualTo(RefusalReason.NEWER_MANIFEST);
    }

    @Test
    void shouldRefuseAVersionThatFailsInItsWarmUp() {
        WarmingUp warming = (WarmingUp) open(Models.writeFailingInWarmUp(directory, version("absurd")), Engine.DL4J);

        Refused refused = (Refused) warming.warmUp(1, Pace.BESIDE_SERVING, new AtomicBoolean());

        assertThat(refused.reason()).isEqualTo(RefusalReason.WARM_UP_FAILED);
    }

    @Test
    void shouldRefuseAVersionWhosePredictionsAreNoNumbersAndCloseIt() {
        BrokenEngine engine = new BrokenEngine();
        WarmingUp warming = new WarmingUp(Models.VERSION, Palette.DEFAULT, List.of(engine));

        Refused refused = (Refused) warming.warmUp(2, Pace.ALONE, new AtomicBoolean());

        assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_FINITE);
        assertThat(engine.closed).isTrue();
    }

    @Test
    void shouldBreakOffAWarmUpThatNobodyWaitsForAndCloseTheNetwork() {
        BrokenEngine engine = new BrokenEngine();
        WarmingUp warming = new WarmingUp(Models.VERSION, Palette.DEFAULT, List.of(engine));

        assertThat(warming.warmUp(2, Pace.ALONE, new AtomicBoolean(true))).isInstanceOf(Refused.class);

        assertThat(engine.closed).isTrue();
    }

    private void addOnnx() {
        ModelVersionFolder version = opened();
        Architecture architecture = Architecture.named(version.manifest().architecture());
        Weights weights = NetworkFile.read(version.file(ModelVersionFolder.NETWORK), architecture);
        ModelVersionWriter.add(
                version,
                ModelVersionFolder.ONNX_NETWORK,
                file -> OnnxFile.write(file, architecture, weights, Models.VERSION.value()));
    }

    private ModelVersionFolder opened() {
        return ((Opened) ModelVersionFolder.open(folder)).version();
    }

    private static OpenOutcome open(ModelVersionFolder version, Engine engine) {
        return new Loading(version.manifest().version())
                .open(new LookupOutcome.Found<>(version), new EngineChoice(engine, Duration.ZERO), 2);
    }

    private static RefusalReason refusal(LookupOutcome<ModelVersionFolder> outcome) {
        OpenOutcome opened = new Loading(Models.VERSION).open(outcome, new EngineChoice(Engine.AUTO, Duration.ZERO), 1);
        return ((Refused) opened).reason();
    }

    private static ModelVersionId version(String name) {
        return new ModelVersionId(name);
    }

    private static Serving serve(Path folder, Engine engine) {
        ModelVersionFolder version = ((Opened) ModelVersionFolder.open(folder)).version();
        return (Serving) ((WarmingUp) open(version, engine)).warmUp(2, Pace.ALONE, new AtomicBoolean());
    }

    private AbPlanes colors(Engine engine) {
        Serving serving = serve(folder, engine);
        Colorizer colorizer = serving.model().colorizer();
        Random random = new Random(1);
        float[] luminance = new float[colorizer.inputSize() * colorizer.inputSize()];
        for (int i = 0; i < luminance.length; i++) {
            luminance[i] = 100 * random.nextFloat();
        }
        AbPlanes colors = colorizer.predict(List.of(luminance)).get(0).decode(Palette.DEFAULT);
        serving.closeAtOnce();
        return colors;
    }

    @Test
    void shouldPaintAtTheTemperatureThatSuitsTheNetwork(@TempDir Path other) {
        Serving model = serve(folder, Engine.DL4J);
        Serving fusion = serve(Models.writeFusion(other), Engine.DL4J);

        assertThat(model.model().palette()).isEqualTo(new Palette(Models.TEMPERATURE, 1));
        assertThat(fusion.model().palette()).isEqualTo(Palette.DEFAULT);

        model.closeAtOnce();
        fusion.closeAtOnce();
    }

    @Test
    void shouldServeANetworkThatPredictsColorsThemselvesWhateverTheTemperature(@TempDir Path other) {
        // given
        Serving serving = serve(Models.writeFusion(other), Engine.DL4J);
        Colorizer colorizer = serving.model().colorizer();
        float[] luminance = new float[colorizer.inputSize() * colorizer.inputSize()];
        for (int i = 0; i < luminance.length; i++) {
            luminance[i] = i % 101;
        }

        // when
        PhotoPrediction said = colorizer.predict(List.of(luminance)).get(0);
        AbPlanes sharp = said.decode(new Palette(0.1, 1));
        AbPlanes mean = said.decode(new Palette(1, 1));
        serving.closeAtOnce();

        // then
        assertThat(sharp.a()).containsExactly(mean.a()).hasSize(8 * 8);
        assertThat(sharp.b()).containsExactly(mean.b());
    }

    /** An engine whose predictions are no numbers. */
    private static final class BrokenEngine implements InferenceEngine {
        private boolean closed;

        @Override
        public int inputSize() {
            return 8;
        }

        @Override
        public List<Prediction> predict(float[] luminance, int photos) {
            return Collections.nCopies(
                    photos, new Prediction.AbPlane(1, 1, new float[] {Float.NaN}, new float[] {Float.NaN}));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
