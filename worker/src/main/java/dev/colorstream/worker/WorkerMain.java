package dev.colorstream.worker;

import dev.colorstream.worker.configuration.ConfigOutcome;
import dev.colorstream.worker.configuration.ConfigOutcome.Configured;
import dev.colorstream.worker.configuration.ConfigOutcome.HelpWanted;
import dev.colorstream.worker.configuration.ConfigOutcome.Misconfigured;
import dev.colorstream.worker.configuration.ConfigReader;
import dev.colorstream.worker.configuration.WorkerConfig;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a worker. Once it takes requests it prints {@code READY worker=<id> http=<port>}; it ends in order by SIGTERM.
 * Exit codes: 2 wrong configuration, 3 model refused, 4 topics missing, 5 Kafka not usable, 70 it could not go on.
 */
public final class WorkerMain {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);
    private static final int CANNOT_GO_ON = 70;

    private WorkerMain() {}

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        ConfigOutcome outcome = ConfigReader.read(arguments, System.getenv());
        if (outcome instanceof HelpWanted help) {
            System.out.println(help.text());
        } else if (outcome instanceof Misconfigured wrong) {
            wrong.problems().forEach(System.err::println);
            System.exit(StartRefusedException.CONFIGURATION);
        } else {
            work(((Configured) outcome).config());
        }
    }

    private static void work(WorkerConfig config) throws InterruptedException {
        LOG.info("{}", config);
        Worker worker;
        try {
            // Halting skips the orderly end, in which a broken worker could hang; what it held is delivered again.
            worker = new Worker(config, () -> Runtime.getRuntime().halt(CANNOT_GO_ON));
        } catch (StartRefusedException e) {
            System.err.println(e.getMessage());
            System.exit(e.exitCode());
            return;
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(StartRefusedException.CONFIGURATION);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "ending"));
        worker.start();
        System.out.println("READY worker=" + config.workerId() + " http=" + worker.httpPort());
        System.out.flush();
        worker.awaitEnd();
    }
}
