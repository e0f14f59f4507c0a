package dev.colorstream.qa.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Markdown document whose measured parts are written by the measurements themselves: what stands between
 * {@code <!-- measured: NAME -->} and {@code <!-- end -->}.
 */
final class MeasuredDocument {
    private static final String END = "<!-- end -->";

    private final Path file;

    MeasuredDocument(Path file) {
        this.file = file;
    }

    /**
     * Writes what was measured in place of what stood there.
     *
     * @throws IOException where the document has no such part
     */
    void put(String name, String measured) throws IOException {
        String text = Files.readString(file);
        String mark = "<!-- measured: " + name + " -->\n";
        int start = text.indexOf(mark);
        int end = start < 0 ? -1 : text.indexOf(END, start);
        if (end < 0) {
            throw new IOException(file + " has no place for '" + name + "': write " + mark.strip() + " and " + END);
        }
        Files.writeString(
                file, text.substring(0, start + mark.length()) + measured.strip() + "\n" + text.substring(end));
    }
}
