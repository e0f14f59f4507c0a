package dev.colorstream.producertools;

/** What the command tells the shell. */
final class ExitCode {
    /** All was done; of awaited photos, every one was colored. */
    static final int OK = 0;

    /** A connection, a file or the work itself failed. */
    static final int ERROR = 1;

    /** Some photos have no colors. */
    static final int SOME_FAILED = 2;

    /** Some photos had no result when the time was over. */
    static final int TIMED_OUT = 3;

    /** The job was cancelled. */
    static final int CANCELLED = 4;

    /** The command line is wrong; 64 as sysexits has it. */
    static final int USAGE = 64;

    private ExitCode() {}
}
