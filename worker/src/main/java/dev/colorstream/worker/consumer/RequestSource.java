package dev.colorstream.worker.consumer;

import java.time.Duration;

/** Where requests come from: hands them to the stages, and acknowledges each record when its requests have ended. */
public interface RequestSource {
    /** Begins to take records. */
    void start();

    /**
     * Takes no more records, waits until those that are held have ended, and hands the others back.
     *
     * @param grace how long to wait
     */
    void stop(Duration grace);

    /** Whether its connection to the broker works, as far as is known. */
    boolean isConnected();

    /** Whether each of its threads lives, as it must from the start until the source is told to stop. */
    boolean isAlive();
}
