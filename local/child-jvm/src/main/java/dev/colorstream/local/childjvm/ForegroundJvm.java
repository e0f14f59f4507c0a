package dev.colorstream.local.childjvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** A child JVM that has this one's terminal and ends with it. */
public final class ForegroundJvm implements AutoCloseable {
    private final Process process;

    private ForegroundJvm(Process process) {
        this.process = process;
    }

    /** Starts a program, which need not know anything of parents. */
    public static ForegroundJvm start(JvmCommand command) {
        try {
            return new ForegroundJvm(
                    command.endingWithThisProcess().processBuilder().inheritIO().start());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.name(), e);
        }
    }

    /** Completes with the exit status when the program has ended. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Ends the program if it still runs, and waits for it. */
    @Override
    public void close() {
        process.destroy();
        ChildJvm.awaitEnd(process);
    }
}
