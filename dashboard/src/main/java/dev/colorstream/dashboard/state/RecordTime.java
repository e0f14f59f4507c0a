package dev.colorstream.dashboard.state;

import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** A record's time as it tells it; of one that tells none, which brokers take, the newest of its partition or else now. */
public final class RecordTime implements TimestampExtractor {
    private final Clock clock = Clock.systemUTC();

    @Override
    public long extract(ConsumerRecord<Object, Object> message, long newest) {
        if (message.timestamp() >= 0) {
            return message.timestamp();
        }
        return newest >= 0 ? newest : clock.millis();
    }
}
