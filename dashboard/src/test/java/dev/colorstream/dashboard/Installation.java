package dev.colorstream.dashboard;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.Hashes;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.Stage;
import dev.colorstream.contract.model.AnnouncementJson;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.request.ColorKey;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.OutputFormat;
import dev.colorstream.contract.request.RequestReader;
import dev.colorstream.contract.request.RequestReading.Requests;
import dev.colorstream.contract.result.ColorObject;
import dev.colorstream.contract.result.ColorizeResult;
import dev.colorstream.contract.result.ColorizeResult.Colored;
import dev.colorstream.contract.result.ColorizeResult.Failed;
import dev.colorstream.contract.result.ResultJson;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.local.embeddedkafka.EmbeddedKafka;
import dev.colorstream.local.embeddeds3.EmbeddedS3;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.MinioObjectStore;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka and a real S3, and a peer that ends requests as workers do: it paints photos in one color. */
final class Installation implements AutoCloseable {
    private final EmbeddedKafka kafka;
    private final EmbeddedS3 s3;
    private final ObjectStore store;
    private final Producer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> requests;
    private final Thread peer = new Thread(this::color, "peer");

    Installation(Path directory) throws ExecutionException, InterruptedException {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        s3 = EmbeddedS3.start(directory.resolve("s3"));
        store = new MinioObjectStore(connection());
        Buckets.all().forEach(store::ensureBucket);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            new TopicProvisioner(admin).create(Topics.all(2), TopicProvisioner.BROKER_DEFAULT_REPLICATION);
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer());
        requests = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "group.id", "peer", "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        peer.start();
    }

    String bootstrap() {
        return kafka.bootstrap();
    }

    ObjectStoreConnection connection() {
        return new ObjectStoreConnection(s3.endpoint(), s3.accessKey(), s3.secretKey(), "us-east-1");
    }

    void publish(ColorizeResult result) {
        var unused = producer.send(ResultJson.write(Topics.RESULTS, result));
    }

    void announce(Channel channel, String version) {
        var unused = producer.send(AnnouncementJson.write(
                Topics.MODELS, ModelAnnouncement.first(channel, new ModelVersionId(version), 1, Instant.now(), "")));
    }

    void flush() {
        producer.flush();
    }

    /** A PNG photo, gray from left to right. */
    static byte[] grayPhoto() {
        BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                image.getRaster().setSample(x, y, 0, 255 * x / image.getWidth());
            }
        }
        return png(image);
    }

    /** Stores color photos, and one that is gray, below the prefix. */
    void album(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            store.put(new ObjectAddress(Buckets.UPLOADS, prefix + i + ".png"), colorPhoto(i), "image/png", Map.of());
        }
        store.put(new ObjectAddress(Buckets.UPLOADS, prefix + "gray.png"), grayPhoto(), "image/png", Map.of());
    }

    private static byte[] colorPhoto(int number) {
        BufferedImage image = new BufferedImage(1000, 750, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        for (int stripe = 0; stripe < 10; stripe++) {
            pen.setColor(Color.getHSBColor(number / 20f, 0.7f, 0.3f + stripe * 0.07f));
            pen.fillRect(stripe * 100, 0, 100, 750);
        }
        pen.dispose();
        return png(image);
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void color() {
        requests.subscribe(List.of(Topics.REQUESTS, Topics.EXPRESS_REQUESTS));
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> message : requests.poll(Duration.ofMillis(200))) {
                    if (new RequestReader().read(message) instanceof Requests read) {
                        read.requests().forEach(request -> publish(end(request)));
                    }
                }
            }
        } catch (WakeupException e) {
            requests.close();
        }
    }

    private ColorizeResult end(ColorizeRequest request) {
        if (!(store.fetch(request.source(), 1 << 24) instanceof Found found)) {
            return failed(request, FailureReason.OBJECT_MISSING);
        }
        BufferedImage gray;
        try {
            gray = ImageIO.read(new ByteArrayInputStream(found.bytes()));
        } catch (IOException e) {
            return failed(request, FailureReason.CORRUPT_PHOTO);
        }
        return gray == null ? failed(request, FailureReason.NOT_A_PHOTO) : colored(request, gray);
    }

    private Colored colored(ColorizeRequest request, BufferedImage gray) {
        BufferedImage color = new BufferedImage(gray.getWidth(), gray.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = color.createGraphics();
        pen.drawImage(gray, 0, 0, null);
        pen.setColor(new Color(0, 90, 200, 90));
        pen.fillRect(0, 0, gray.getWidth(), gray.getHeight());
        pen.dispose();
        byte[] bytes = png(color);
        ObjectAddress address = new ObjectAddress(Buckets.COLORIZED, ColorKey.of(request, OutputFormat.PNG));
        store.put(address, bytes, "image/png", Map.of());
        return new Colored(
                request.id(),
                request.job(),
                request.source(),
                new ColorObject(address, "image/png", gray.getWidth(), gray.getHeight(), Hashes.sha256Hex(bytes)),
                request.options().modelVersion().orElse(new ModelVersionId("blue-1")),
                "peer",
                1,
                Map.of(Stage.FETCH, 12L, Stage.COLORIZE, 80L),
                Instant.now());
    }

    private static Failed failed(ColorizeRequest request, FailureReason reason) {
        return new Failed(
                request.id(),
                request.job(),
                Optional.of(request.source()),
                reason,
                "send a <b>photo</b>",
                Stage.DECODE,
                "peer",
                1,
                Map.of(Stage.FETCH, 9L),
                Instant.now());
    }

    @Override
    public void close() {
        requests.wakeup();
        try {
            peer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        store.close();
        s3.close();
        kafka.close();
    }
}
