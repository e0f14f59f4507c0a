package dev.colorstream.contract;

/**
 * The name of one request; a repeat of the request carries the same.
 *
 * <p>Clients choose it freely, so it may hold spaces, slashes and any script. It is no path: {@link
 * dev.colorstream.contract.request.ColorKey} makes one of it.
 *
 * @param value 1 to 256 characters, not blank, no control characters
 */
public record RequestId(String value) {
    private static final int MAX_LENGTH = 256;

    public RequestId {
        if (value.isBlank() || value.length() > MAX_LENGTH || !PlainText.isPlain(value)) {
            throw new IllegalArgumentException("a request id has 1 to " + MAX_LENGTH
                    + " characters, is not blank and holds no control characters; this one has " + value.length());
        }
    }

    /** The id of a request that brought none: a hash of the place where its record lies. */
    public static RequestId ofRecord(String topic, int partition, long offset) {
        return hashOf("record", topic, Integer.toString(partition), Long.toString(offset));
    }

    /** The id that follows from the parts alone: the same parts give the same id. */
    public static RequestId hashOf(String... parts) {
        return new RequestId(Hashes.shortHash(parts));
    }

    @Override
    public String toString() {
        return value;
    }
}
