package dev.colorstream.trainer.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes files that are there whole, as they were before, or not at all, whenever a run is killed. */
final class WholeFile {
    /** What ends the names of files and folders that are not whole yet. */
    static final String UNFINISHED = ".unfinished";

    private static final ObjectMapper JSON = new ObjectMapper();

    private WholeFile() {}

    static void writeLines(Path file, List<String> lines) throws IOException {
        finish(Files.write(unfinished(file), lines), file);
    }

    static void writeJson(Path file, Record content) throws IOException {
        Path unfinished = unfinished(file);
        JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), content);
        finish(unfinished, file);
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    private static void finish(Path unfinished, Path file) throws IOException {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
