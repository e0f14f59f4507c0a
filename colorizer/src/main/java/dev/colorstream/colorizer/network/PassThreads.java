package dev.colorstream.colorizer.network;

/** How many threads one forward pass takes, and so how many passes a machine runs at once. */
public final class PassThreads {
    /** OpenMP's variable, which the native code of both engines is held to. */
    public static final String VARIABLE = "OMP_NUM_THREADS";

    static final int MOST = 1024;

    private PassThreads() {}

    /**
     * Threads of one pass: the first of the numbers that OpenMP's variable may list, else all processors.
     *
     * @param ompNumThreads the variable's value, blank where it is not set
     */
    public static int of(String ompNumThreads) {
        String first = ompNumThreads.split(",", 2)[0].strip();
        int threads = first.matches("[1-9][0-9]{0,5}")
                ? Integer.parseInt(first)
                : Runtime.getRuntime().availableProcessors();
        return Math.min(threads, MOST);
    }

    /** Passes that keep all processors at work, at least 1. */
    public static int passesAtOnce(String ompNumThreads) {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / of(ompNumThreads));
    }
}
