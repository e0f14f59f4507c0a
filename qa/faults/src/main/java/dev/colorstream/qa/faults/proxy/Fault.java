package dev.colorstream.qa.faults.proxy;

import java.time.Duration;

/** What becomes of a call on its way to the store. */
public sealed interface Fault {
    /** The call passes. */
    record Pass() implements Fault {}

    /** The connection is closed before an answer. */
    record Cut() implements Fault {}

    /** The connection is reset in the midst of the store's answer; the store has done its part. */
    record ResetInAnswer() implements Fault {}

    /** Nothing is answered until the fault is mended; the call is cut then, and never reaches the store. */
    record Stall() implements Fault {}

    /**
     * The call passes after a pause.
     *
     * @param pause before it is sent on
     */
    record Slow(Duration pause) implements Fault {}

    /**
     * The call gets an error and never reaches the store.
     *
     * @param status of HTTP
     * @param code of S3
     */
    record Answer(int status, String code) implements Fault {}
}
