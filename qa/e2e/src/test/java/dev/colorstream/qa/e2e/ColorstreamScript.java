package dev.colorstream.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The script {@code colorstream}, run as a user runs it, in a folder and with a data directory of its own.
 *
 * @param folder where it is called
 * @param environment what it finds in its environment besides this process's
 */
record ColorstreamScript(Path folder, Map<String, String> environment) {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String HOME = "COLORSTREAM_HOME";

    /**
     * How a call ended.
     *
     * @param status the exit status
     * @param output what it printed, errors included
     */
    record Ended(int status, String output) {}

    /** A call that goes on. */
    record Running(Process process, Path outputFile) {
        String output() {
            try {
                return Files.readString(outputFile, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Sends a signal by its name, such as {@code INT}. */
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        /**
         * Ends it as Ctrl-C does. What nohup or a script's {@code &} started is deaf to that, and so are its children: they
         * are told by TERM.
         */
        void interrupt() throws IOException, InterruptedException {
            boolean deaf =
                    new ProcessBuilder("sh", "-c", "kill -s INT $$").start().waitFor() == 0;
            signal(deaf ? "TERM" : "INT");
        }

        /** Waits for the end. */
        Ended await() throws InterruptedException {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("not ended in " + LIMIT + ":\n" + output());
            }
            return new Ended(process.exitValue(), output());
        }
    }

    /** The data directory. */
    Path home() {
        return folder.resolve("home");
    }

    /** Calls the script and waits for its end. */
    Ended run(Object... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** Calls the script for a service and waits until it serves. */
    Running serve(Object... arguments) throws IOException {
        Running service = start(arguments);
        await().atMost(LIMIT)
                .until(() -> service.output().contains("READY ")
                        || !service.process().isAlive());
        assertThat(service.process().isAlive()).as(service.output()).isTrue();
        return service;
    }

    /** Calls the script. */
    Running start(Object... arguments) throws IOException {
        var words =
                new ArrayList<>(List.of(Repository.ROOT.resolve("colorstream").toString()));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        Path output = Files.createTempFile(folder, "output", ".txt");
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put(HOME, home().toString());
        builder.environment().put("COLORSTREAM_SKIP_BUILD", "true");
        return new Running(builder.start(), output);
    }

    /** The processes that calls have left running, children's children included, whoever their parent is now. */
    List<ProcessHandle> processes() {
        String mark = HOME + "=" + home() + "\0";
        return ProcessHandle.allProcesses()
                .filter(process -> environmentOf(process).contains(mark))
                .toList();
    }

    private static String environmentOf(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrNotOurs) {
            return "";
        }
    }
}
