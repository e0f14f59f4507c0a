package dev.colorstream.local.childjvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** The frame of a child's main method: the JVM ends when its standard input closes, and when the work fails. */
public final class ChildMain {
    private static final long SHUTDOWN_SECONDS = 10;

    private ChildMain() {}

    /** What a child does until it is told to end. */
    @FunctionalInterface
    public interface Work {
        /** Serves; returns or throws only if there is nothing left to serve. */
        void serve() throws Exception;
    }

    /** Does the work while it watches the parent. Never returns. */
    public static void run(Work work) {
        watchStandardInput();
        try {
            work.serve();
            exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            exit(1);
        }
    }

    /** Ends this JVM when another process ends. */
    static void watchProcess(long pid) {
        startDaemon("parent-watch", () -> {
            ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
            exit(0);
        });
    }

    /** Ends this JVM when its standard input closes. */
    static void watchStandardInput() {
        startDaemon("parent-watch", () -> {
            drain(System.in);
            exit(0);
        });
    }

    private static void drain(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // A broken pipe says the same as its end: the parent is gone.
        }
    }

    /** Shutdown hooks may hang on a server that is half started; a child never outlives its parent for long. */
    private static void exit(int status) {
        startDaemon("exit-deadline", () -> {
            try {
                TimeUnit.SECONDS.sleep(SHUTDOWN_SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
        System.exit(status);
    }

    private static void startDaemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
