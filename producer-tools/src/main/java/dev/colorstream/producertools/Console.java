package dev.colorstream.producertools;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/**
 * What surrounds a command.
 *
 * @param environment the environment variables
 * @param out takes results
 * @param err takes progress and complaints
 * @param terminal whether {@code err} ends on a terminal
 * @param clock tells deadlines and times in records
 */
record Console(Map<String, String> environment, PrintStream out, PrintStream err, boolean terminal, Clock clock) {}
