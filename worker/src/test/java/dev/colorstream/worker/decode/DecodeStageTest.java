package dev.colorstream.worker.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.colorstream.colorizer.image.DecodeLimits;
import dev.colorstream.colorizer.image.PhotoDecoder;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.worker.consumer.Assignment;
import dev.colorstream.worker.consumer.HeldRecords;
import dev.colorstream.worker.consumer.RequestFailure;
import dev.colorstream.worker.fetch.FetchedPhoto;
import dev.colorstream.worker.modelversion.Models;
import dev.colorstream.worker.stage.Backlog;
import dev.colorstream.worker.stage.Budget;
import dev.colorstream.worker.stage.Lane;
import dev.colorstream.worker.stage.Shares;
import dev.colorstream.worker.stage.StagePool;
import dev.colorstream.worker.stage.StageTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DecodeStageTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StagePool pool = new StagePool(Stage.DECODE, 1, 1, registry);
    private final Backlog backlog = new Backlog(100);
    private final Budget fetchedBytes = new Budget(100);
    private final List<DecodedPhoto> decoded = new CopyOnWriteArrayList<>();
    private final List<RequestFailure> failed = new CopyOnWriteArrayList<>();
    private final DecodeStage stage = new DecodeStage(
            new PhotoDecoder(new DecodeLimits(1_000, 1_000, DecodeLimits.LONGEST_SIDE)),
            request -> Models.lease(),
            new Budget(1_000),
            backlog,
            pool,
            new StageTimer(Stage.DECODE, registry, System::nanoTime),
            decoded::add,
            failed::add);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void shouldDecodeNothingWhileColorPhotosOfItsLaneFillBacklog() throws Exception {
        // given
        Backlog.Place waiting = backlog.add(Lane.BULK, 100);
        backlog.add(Lane.BULK, 100);

        // when
        stage.accept(photo(Topics.REQUESTS));
        stage.accept(photo(Topics.EXPRESS_REQUESTS));

        // then
        await().until(() -> decoded.size() == 1);
        assertThat(decoded.get(0).assignment().lane()).isEqualTo(Lane.EXPRESS);
        waiting.giveBack();
        await().until(() -> decoded.size() == 2);
    }

    @Test
    void shouldGiveBytesBackThatItHasDecodedOrRefused() throws Exception {
        stage.accept(photo(Topics.REQUESTS));
        stage.accept(fetched(Topics.EXPRESS_REQUESTS, new byte[] {1, 2, 3}));

        await().until(() -> decoded.size() == 1 && failed.size() == 1);
        await().until(() -> fetchedBytes.free() == 100);
    }

    private FetchedPhoto photo(String topic) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
        return fetched(topic, bytes.toByteArray());
    }

    private FetchedPhoto fetched(String topic, byte[] bytes) {
        ColorizeRequest request = new ColorizeRequest(
                new RequestId("cat"),
                Optional.empty(),
                new ObjectAddress("uploads", "cat.png"),
                RequestOptions.NONE,
                Instant.EPOCH);
        Assignment assignment = new Assignment(HeldRecords.of(topic), request, false);
        return new FetchedPhoto(assignment, bytes, Shares.of(fetchedBytes, 10));
    }
}
