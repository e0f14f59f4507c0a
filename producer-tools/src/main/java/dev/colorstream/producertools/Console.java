package dev.colorstream.producertools;

import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.producertools.client.ColorstreamClient;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/**
 * What surrounds a command.
 *
 * @param environment the environment variables
 * @param in standard input
 * @param out takes results
 * @param err takes progress and complaints
 * @param terminal whether {@code err} ends on a terminal
 * @param clock tells deadlines and times in records
 */
record Console(
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Clock clock) {
    /** A client of the installation that these flags and the environment name. */
    ColorstreamClient client(ConnectionOptions connections) {
        return new ColorstreamClient(connections.kafka(environment), () -> connections.openStore(environment), clock);
    }
}
