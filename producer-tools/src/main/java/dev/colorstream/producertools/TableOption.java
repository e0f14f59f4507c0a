package dev.colorstream.producertools;

import picocli.CommandLine.Option;

/** Whether a row for each photo is wished. */
final class TableOption {
    @Option(names = "--table", description = "Prints a row for each photo: name, size, model version, milliseconds.")
    private boolean table;

    boolean wished() {
        return table;
    }
}
