package dev.colorstream.local.launcher;

import dev.colorstream.local.childjvm.JvmCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A command as a line that a POSIX shell reads back word by word, whatever characters the words hold. */
final class ShellWords {
    private ShellWords() {}

    /** The line: {@code env} with the command's variables, then its words. */
    static String line(JvmCommand command) {
        var words = new ArrayList<>(List.of("env"));
        new TreeMap<>(command.environment()).forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command.words());
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
