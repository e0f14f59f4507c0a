package dev.colorstream.worker.colorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.image.Photo;
import dev.colorstream.colorizer.image.PhotoFormat;
import dev.colorstream.colorizer.network.InferenceEngine;
import dev.colorstream.colorizer.network.Prediction;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.consumer.HeldRecords;
import dev.colorstream.worker.consumer.RequestFailure;
import dev.colorstream.worker.decode.DecodedPhoto;
import dev.colorstream.worker.microbatch.MicroBatcher;
import dev.colorstream.worker.modelversion.Lease;
import dev.colorstream.worker.modelversion.ServedModel;
import dev.colorstream.worker.stage.Budget;
import dev.colorstream.worker.stage.Shares;
import dev.colorstream.worker.stage.StageTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ColorizeStageTest {
    private static final float POISON = -1;
    private static final float TOO_MUCH = 101;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StageTimer timer = new StageTimer(Stage.COLORIZE, registry, System::nanoTime);
    private final Budget budget = new Budget(100);
    private final List<PredictedPhoto> predicted = new ArrayList<>();
    private final List<RequestFailure> failed = new ArrayList<>();
    private final AtomicInteger settled = new AtomicInteger();
    private final FaultyEngine engine = new FaultyEngine();

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 15})
    void shouldFailOnlyPhotoThatNetworkFailsOn(int culprit) {
        List<DecodedPhoto> batch = IntStream.range(0, 16)
                .mapToObj(i -> photo(i, i == culprit ? POISON : i))
                .toList();

        stage().color(batch);

        assertThat(predicted)
                .extracting(p -> id(p.decoded().assignment()))
                .containsExactlyElementsOf(IntStream.range(0, 16)
                        .filter(i -> i != culprit)
                        .mapToObj(i -> "r" + i)
                        .toList());
        assertThat(failed).singleElement().satisfies(failure -> {
            assertThat(failure.requestId().value()).isEqualTo("r" + culprit);
            assertThat(failure.reason()).isEqualTo(FailureReason.COLORIZE_FAILED);
            assertThat(failure.detail()).contains("no number");
        });
        assertThat(budget.free()).as("only the failed photo's share is back").isEqualTo(100 - 15);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldBlameNoPhotoWhereNetworkFailsOnPlainGray(int photos) {
        engine.broken = true;
        List<DecodedPhoto> batch =
                IntStream.range(0, photos).mapToObj(i -> photo(i, i)).toList();

        assertThatThrownBy(() -> stage().color(batch))
                .isInstanceOf(BrokenNetworkException.class)
                .hasMessageContaining("the card is gone");

        assertThat(predicted).isEmpty();
        assertThat(failed).isEmpty();
    }

    @Test
    void shouldColorPhotoThatNetworkFailsOnOnce() {
        engine.hiccups = 1;

        stage().color(List.of(photo(0, 0)));

        assertThat(predicted).hasSize(1);
        assertThat(failed).isEmpty();
    }

    @Test
    void shouldHandBackPhotoThatThereIsNoMemoryFor() {
        stage().color(List.of(photo(0, 0), photo(1, TOO_MUCH), photo(2, 2)));

        assertThat(predicted).extracting(p -> id(p.decoded().assignment())).containsExactly("r0", "r2");
        assertThat(failed).isEmpty();
        assertThat(settled).as("handed back").hasValue(1);
        assertThat(budget.free()).isEqualTo(100 - 2);
    }

    private ColorizeStage stage() {
        MicroBatcher batches = new MicroBatcher(16, Duration.ZERO, timer, registry);
        return new ColorizeStage(batches, timer, predicted::add, failed::add);
    }

    private DecodedPhoto photo(int number, float luminance) {
        ColorizeRequest request = new ColorizeRequest(
                new RequestId("r" + number),
                Optional.empty(),
                new ObjectAddress("uploads", number + ".jpg"),
                RequestOptions.NONE,
                Instant.EPOCH);
        Assignment assignment = new Assignment(HeldRecords.settling(settled::incrementAndGet), request, false);
        assignment.colorWith(new OpenLease());
        Photo photo = new Photo(1, 1, new float[] {50}, 8, new char[] {255}, PhotoFormat.JPEG, false);
        return new DecodedPhoto(assignment, photo, new float[] {luminance}, Shares.of(budget, 1), timer.now());
    }

    private static String id(Assignment assignment) {
        return assignment.request().id().value();
    }

    /** A lease of the engine below. */
    private final class OpenLease implements Lease {
        @Override
        public ServedModel model() {
            return new ServedModel(new ModelVersionId("faulty"), Palette.DEFAULT, Colorizer.of(engine));
        }

        @Override
        public void close() {}
    }

    /** An engine of one pixel that fails on a negative one, has no memory for one above white, and may fail on any, always or at first. */
    private static final class FaultyEngine implements InferenceEngine {
        private boolean broken;
        private int hiccups;

        @Override
        public int inputSize() {
            return 1;
        }

        @Override
        public List<Prediction> predict(float[] luminance, int photos) {
            if (broken || hiccups-- > 0) {
                throw new IllegalStateException("the card is gone");
            }
            for (float l : luminance) {
                if (l == TOO_MUCH) {
                    throw new OutOfMemoryError("no room");
                }
                if (l < 0) {
                    throw new IllegalStateException("no number");
                }
            }
            return Collections.nCopies(photos, new Prediction.AbPlane(1, 1, new float[1], new float[1]));
        }

        @Override
        public void close() {}
    }
}
