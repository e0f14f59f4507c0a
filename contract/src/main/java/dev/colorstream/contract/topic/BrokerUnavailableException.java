package dev.colorstream.contract.topic;

/** The broker did not answer, or refused; the message says what was asked of it. */
public final class BrokerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
