package dev.colorstream.worker.consumer;

import dev.colorstream.worker.consumer.PoisonRule.Treatment;
import dev.colorstream.worker.consumer.ShareGroupSource.Stopping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of the share group, on one thread: takes a window of records, hands them to the stages, renews what is in work,
 * and acknowledges all of it before it takes the next window.
 *
 * <p>Acknowledgement is explicit. {@code poll} gives nothing new while anything is held: what it gives then are the renewed
 * records again.
 */
final class ShareMember implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ShareMember.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration RENEWED_LIMIT = Duration.ofSeconds(5);
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(15);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final Duration RECONNECT_PAUSE = Duration.ofSeconds(1);

    private final ShareGroupSettings settings;
    private final PoisonRule rule;
    private final Admission admission;
    private final SuspectMover mover;
    private final LoneWork loneWork;
    private final Stopping stopping;
    private volatile boolean connected;

    ShareMember(
            ShareGroupSettings settings,
            PoisonRule rule,
            Admission admission,
            SuspectMover mover,
            LoneWork loneWork,
            Stopping stopping) {
        this.settings = settings;
        this.rule = rule;
        this.admission = admission;
        this.mover = mover;
        this.loneWork = loneWork;
        this.stopping = stopping;
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public void run() {
        try {
            while (!stopping.hasBegun()) {
                try (KafkaShareConsumer<byte[], byte[]> consumer = open()) {
                    consumer.subscribe(settings.topics());
                    new Membership(consumer).serve();
                    consumer.close(CLOSE_LIMIT);
                } catch (RuntimeException e) {
                    // The client tells a lost broker and a broken protocol by exceptions of several kinds.
                    // What was held is delivered again when its lock has run out.
                    connected = false;
                    LOG.warn("Lost the share group, joining anew", e);
                    Thread.sleep(RECONNECT_PAUSE.toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private KafkaShareConsumer<byte[], byte[]> open() {
        Map<String, Object> properties = new HashMap<>(settings.client());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.window());
        return new KafkaShareConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The time between joining the group and leaving it. */
    private final class Membership {
        private final KafkaShareConsumer<byte[], byte[]> consumer;
        private Window window = new Window(List.of());
        private long asked = System.nanoTime();
        private long renewed;

        Membership(KafkaShareConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        void serve() throws InterruptedException {
            while (!stopping.hasBegun()) {
                serveWindow();
            }
        }

        private void serveWindow() throws InterruptedException {
            List<HeldRecord> alone = new ArrayList<>();
            loneWork.enterShared();
            try {
                if (stopping.hasBegun()) {
                    return;
                }
                window = new Window(consumer.poll(POLL));
                tellConnection();
                renewWhatMayHaveWaited();
                moveSuspects();
                List<HeldRecord> together = new ArrayList<>();
                for (HeldRecord record : window.held()) {
                    Treatment treatment = rule.treatment(record.attempt());
                    if (treatment == Treatment.ALONE) {
                        alone.add(record);
                    } else {
                        together.add(record);
                        admission.admit(record, treatment);
                    }
                }
                awaitSettled(together);
            } finally {
                loneWork.leaveShared();
            }
            acknowledgeSettled();
            serveAlone(alone);
            release();
        }

        /**
         * The client hands a broker's answer over partition by partition. What comes too late for a poll lies in the client,
         * its lock running, for as long as the window of that poll is open.
         */
        private void renewWhatMayHaveWaited() {
            long fetched = asked;
            asked = System.nanoTime();
            if (asked - fetched < settings.renewal().toNanos()) {
                renewed = asked;
            } else {
                renew();
            }
        }

        /**
         * Each delivery counts for all records that a worker holds when it dies, so that the good ones among many would soon
         * be taken for the bad one. Suspects leave before anything is worked on that may end this worker.
         */
        private void moveSuspects() throws InterruptedException {
            List<HeldRecord> suspects = window.held().stream()
                    .filter(record -> !record.isSuspect() && rule.treatment(record.attempt()) != Treatment.TOGETHER)
                    .toList();
            if (suspects.isEmpty()) {
                return;
            }
            LOG.warn(
                    "{} records were delivered {} times without an end, they are suspects",
                    suspects.size(),
                    rule.aloneFrom() - 1);
            for (HeldRecord suspect : suspects) {
                suspect.expect(1);
                mover.move(
                        new SuspectRecord(suspect.message(), rule.aloneFrom() - 1).moved(),
                        suspect::requestEnded,
                        () -> admission.admit(suspect, Treatment.REFUSED));
            }
            awaitSettled(suspects);
            acknowledgeSettled();
        }

        /** A poll without a broker is just empty; only the client's own count of connections tells. */
        private void tellConnection() {
            boolean now = consumer.metrics().values().stream()
                    .filter(metric -> metric.metricName().name().equals("connection-count"))
                    .anyMatch(metric -> metric.metricValue() instanceof Double count && count > 0);
            if (connected && !now) {
                LOG.warn("No connection to Kafka");
            }
            connected = now;
        }

        private void serveAlone(List<HeldRecord> suspects) throws InterruptedException {
            for (HeldRecord suspect : suspects) {
                suspect.toDo(() -> {
                    LOG.atWarn()
                            .addKeyValue("topic", suspect.message().topic())
                            .addKeyValue("partition", suspect.message().partition())
                            .addKeyValue("offset", suspect.message().offset())
                            .log("Delivery {} of a record: it is worked on alone", suspect.attempt());
                    admission.admit(suspect, Treatment.ALONE);
                });
                new SuspectWork(suspect, loneWork, stopping, this::renewWhenDue).run(this::acknowledgeSettled);
            }
        }

        private void awaitSettled(Collection<HeldRecord> records) throws InterruptedException {
            while (!window.awaitSettled(records, LOOK.toNanos()) && !stopping.isOver()) {
                renewWhenDue();
            }
        }

        private void renewWhenDue() {
            if (System.nanoTime() - renewed >= settings.renewal().toNanos()) {
                acknowledgeSettled();
                renew();
            }
        }

        private void renew() {
            List<HeldRecord> open = window.held();
            open.forEach(record -> consumer.acknowledge(record.delivered(), AcknowledgeType.RENEW));
            commit();
            renewed = System.nanoTime();
            Set<RecordPlace> back = pollRenewed(open.size());
            List<HeldRecord> lost = open.stream()
                    .filter(record -> !back.contains(record.place()))
                    .toList();
            if (!lost.isEmpty()) {
                LOG.warn("{} records could not be renewed: another worker may color them, too", lost.size());
                window.remove(lost);
            }
        }

        /** Until renewed records came back from a poll, they cannot be acknowledged. */
        private Set<RecordPlace> pollRenewed(int expected) {
            Set<RecordPlace> back = new HashSet<>();
            while (back.size() < expected && System.nanoTime() - renewed < RENEWED_LIMIT.toNanos()) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(LOOK)) {
                    RecordPlace place = RecordPlace.of(message);
                    if (window.holds(place)) {
                        back.add(place);
                    } else {
                        // A new one, since no renewal held: this window is not its place.
                        consumer.acknowledge(message, AcknowledgeType.RELEASE);
                    }
                }
            }
            return back;
        }

        /** Acknowledges what is settled; what was given up goes back to the group. */
        private void acknowledgeSettled() {
            List<HeldRecord> settled =
                    window.held().stream().filter(HeldRecord::isSettled).toList();
            settled.forEach(record -> consumer.acknowledge(
                    record.delivered(), record.isAbandoned() ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT));
            commit();
            window.remove(settled);
        }

        /** Gives back what has not ended in time. */
        private void release() {
            List<HeldRecord> open = window.held();
            if (!open.isEmpty()) {
                LOG.info("{} records go back to the group", open.size());
                open.forEach(record -> consumer.acknowledge(record.delivered(), AcknowledgeType.RELEASE));
                commit();
                window.remove(open);
            }
        }

        private void commit() {
            Map<TopicIdPartition, Optional<KafkaException>> answers = consumer.commitSync(COMMIT_LIMIT);
            answers.forEach((partition, failure) -> failure.ifPresent(e -> LOG.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .log("Acknowledgements were refused, their records come again: {}", e.toString())));
        }
    }
}
