package dev.colorstream.trainer.release;

import dev.colorstream.connection.ConnectionFailedException;
import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.contract.model.AnnouncementJson;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.trainer.release.AnnounceOutcome.AlreadyCurrent;
import dev.colorstream.trainer.release.AnnounceOutcome.Announced;
import dev.colorstream.trainer.release.AnnounceOutcome.Fenced;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Announces what a channel serves. Whoever opens an announcer fences all that were opened before: what they have not
 * announced yet, they never will. So an announcer sees the channels as they stay until it announces. For one thread.
 */
public final class Announcer implements AutoCloseable {
    private static final String TRANSACTIONAL_ID = "colorstream-model-announcer";

    private final KafkaConnection kafka;
    private final Producer<byte[], byte[]> producer;
    private final Channels channels;

    private Announcer(KafkaConnection kafka, Producer<byte[], byte[]> producer, Channels channels) {
        this.kafka = kafka;
        this.producer = producer;
        this.channels = channels;
    }

    /**
     * Fences all earlier announcers and reads what the channels serve.
     *
     * @throws ConnectionFailedException when Kafka does not answer or the topic is missing
     */
    public static Announcer open(KafkaConnection kafka) {
        Producer<byte[], byte[]> producer = kafka.producer(TRANSACTIONAL_ID);
        try {
            producer.initTransactions();
            return new Announcer(kafka, producer, Channels.read(kafka));
        } catch (KafkaException e) {
            producer.close();
            throw kafka.failed(e);
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /** What the channels serve. */
    public Channels channels() {
        return channels;
    }

    /**
     * Announces a channel's next version, unless the channel serves it already at that share.
     *
     * @throws ConnectionFailedException when Kafka does not answer; then it is unknown whether it was announced, and
     *     announcing it by a new announcer is right
     */
    @SuppressWarnings("FutureReturnValueIgnored") // The commit tells how sending went.
    public AnnounceOutcome announce(ModelAnnouncement next) {
        Optional<ModelAnnouncement> current = channels.current(next.channel())
                .filter(told -> told.version().equals(next.version()) && told.share() == next.share());
        if (current.isPresent()) {
            return new AlreadyCurrent(current.orElseThrow());
        }
        try {
            producer.beginTransaction();
            producer.send(AnnouncementJson.write(Topics.MODELS, next));
            producer.commitTransaction();
            return new Announced(next);
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            return new Fenced(
                    "channel " + next.channel().wireName() + " stays as it is: another trainer announces, too");
        } catch (KafkaException e) {
            throw kafka.failed(e);
        }
    }

    @Override
    public void close() {
        producer.close(KafkaConnection.ANSWER_LIMIT);
    }
}
