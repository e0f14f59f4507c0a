package dev.colorstream.local.childjvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running JVM that was started by this one, has said that it is ready, and ends with this one.
 *
 * <p>The protocol: the child prints one line {@code READY name=value ...} on standard output once it serves, and
 * ends when its standard input closes, which the operating system does even if this process is killed. All else
 * that it prints goes to a log file. A Ctrl-C in the terminal does not reach it.
 */
public final class ChildJvm implements AutoCloseable {
    private static final Duration END_LIMIT = Duration.ofSeconds(15);
    private static final int TAIL_LINES = 25;

    private final String name;
    private final Process process;
    private final Path log;
    private final ReadyLine ready;

    private ChildJvm(String name, Process process, Path log, ReadyLine ready) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.ready = ready;
    }

    /**
     * Starts a child and waits until it is ready.
     *
     * @param log file that receives what the child prints; begun anew
     * @param limit how long the child may take
     * @throws ChildNotReadyException if the child ended or was not ready in time; it is gone then
     */
    public static ChildJvm start(JvmCommand command, Path log, Duration limit) {
        Process process = spawn(command, log);
        var readyLine = new CompletableFuture<ReadyLine>();
        var reader = new Thread(() -> copyOutput(process, log, readyLine), command.name() + "-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return new ChildJvm(command.name(), process, log, readyLine.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw notReady(command, process, log, "was not ready in " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw notReady(command, process, log, "ended before it was ready");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReady(command, process, log, "was given up while it started");
        }
    }

    /** What people call the process. */
    public String name() {
        return name;
    }

    /** A value from the child's READY line. */
    public String fact(String key) {
        return ready.fact(key);
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether the process still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The end of the child's log, with its path. */
    public String lastWords() {
        return lastWords(log);
    }

    /** Completes with the exit status when the process has ended. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Ends the process in order and waits for it; kills it if it takes too long. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // The pipe of a process that has ended breaks: nothing is left to ask it.
        }
        awaitEnd(process);
    }

    /** Kills the process without any notice, as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        kill(process);
    }

    /** Waits for a process that was asked to end; kills it if it takes too long. */
    static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
            }
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
        }
    }

    private static Process spawn(JvmCommand command, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Files.writeString(log, "");
            return command.processBuilder()
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.name() + " with log " + log, e);
        }
    }

    private static void copyOutput(Process process, Path log, CompletableFuture<ReadyLine> readyLine) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                var copy = new PrintStream(
                        Files.newOutputStream(log, StandardOpenOption.APPEND), true, StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                ReadyLine.parse(line).ifPresent(readyLine::complete);
                copy.println(line);
            }
        } catch (IOException e) {
            readyLine.completeExceptionally(e);
        }
        readyLine.completeExceptionally(new IOException("end of output"));
    }

    private static ChildNotReadyException notReady(JvmCommand command, Process process, Path log, String what) {
        kill(process);
        return new ChildNotReadyException(command.name() + " " + what + ". " + lastWords(log));
    }

    private static void kill(Process process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static String lastWords(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return "The last lines of its log " + log + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "Its log " + log + " cannot be read: " + e.getMessage();
        }
    }
}
