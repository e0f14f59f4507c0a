package dev.colorstream.producertools.upload;

/** Kafka did not take a record. */
public final class RequestNotSentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RequestNotSentException(String topic, Throwable cause) {
        super("topic " + topic + " did not take a record: " + cause.getMessage(), cause);
    }
}
