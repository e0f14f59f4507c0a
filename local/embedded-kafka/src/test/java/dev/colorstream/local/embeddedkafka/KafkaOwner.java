package dev.colorstream.local.embeddedkafka;

import dev.colorstream.local.childjvm.ReadyLine;
import java.nio.file.Path;
import java.util.Map;

/** A process that starts Kafka, tells its process id and waits. */
final class KafkaOwner {
    private KafkaOwner() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]));
        new ReadyLine(Map.of("kafka", Long.toString(kafka.pid()))).tell();
        Thread.currentThread().join();
    }
}
