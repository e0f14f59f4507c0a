package dev.colorstream.contract;

import java.util.Arrays;
import java.util.Optional;

/** Why a request ended without a color photo. */
public enum FailureReason {
    /** The record on the topic is none of the accepted forms. */
    UNREADABLE_REQUEST("unreadable-request"),
    /** The request names a bucket that the worker may not read. */
    BUCKET_NOT_ALLOWED("bucket-not-allowed"),
    /** The store has no object under the key. */
    OBJECT_MISSING("object-missing"),
    /** The object has no bytes. */
    OBJECT_EMPTY("object-empty"),
    /** The object has more bytes than the worker takes. */
    TOO_LARGE("too-large"),
    /** The photo has more pixels than the worker, or the request, allows. */
    TOO_MANY_PIXELS("too-many-pixels"),
    /** The object's bytes are no photo at all. */
    NOT_A_PHOTO("not-a-photo"),
    /** The object began as a photo but is truncated or damaged. */
    CORRUPT_PHOTO("corrupt-photo"),
    /** The object is a photo in a format, or a variety of one, that the worker does not read. */
    UNSUPPORTED_FORMAT("unsupported-format"),
    /** The request was delivered again and again and never came to an end. */
    POISON("poison"),
    /** The network failed on this photo. */
    COLORIZE_FAILED("colorize-failed"),
    /** The request asks for a model version that does not exist. */
    UNKNOWN_MODEL_VERSION("unknown-model-version"),
    /** The request asks for a model version that the worker cannot serve; the detail tells why. */
    MODEL_VERSION_REFUSED("model-version-refused"),
    /** A reason that only newer versions know; what a reader makes of a name that it does not have. */
    OTHER("other");

    private final String wireName;

    FailureReason(String wireName) {
        this.wireName = wireName;
    }

    /** The reason's name in records, metrics and summaries. */
    public String wireName() {
        return wireName;
    }

    /** The reason of that name; empty for a name that this version does not know. */
    public static Optional<FailureReason> ofWireName(String name) {
        return Arrays.stream(values()).filter(r -> r.wireName.equals(name)).findFirst();
    }
}
