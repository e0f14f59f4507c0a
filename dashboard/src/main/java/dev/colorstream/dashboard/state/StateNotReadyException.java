package dev.colorstream.dashboard.state;

/** The state is being read from Kafka and cannot be asked yet; it can soon. */
public final class StateNotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StateNotReadyException(Throwable cause) {
        super("the state is being read from Kafka; ask again soon", cause);
    }
}
