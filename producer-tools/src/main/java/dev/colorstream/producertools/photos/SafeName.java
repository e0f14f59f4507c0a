package dev.colorstream.producertools.photos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.contract.PlainText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names from file systems and archives as relative paths that stay where they are put. */
public final class SafeName {
    /** Leaves room in an object key for what stands before it. */
    private static final int MAX_BYTES = 850;

    /** What file systems take as one part of a path. */
    private static final int MAX_PART_BYTES = 255;

    private SafeName() {}

    /**
     * The name as a relative path with slashes; a leading slash or drive is dropped, control characters become {@code ?}.
     * Empty for a name that climbs out of its folder, that is too long, or of which nothing is left.
     */
    public static Optional<String> of(String name) {
        String slashed =
                PlainText.clean(name, Integer.MAX_VALUE).replace('\\', '/').replaceFirst("^[A-Za-z]:/", "");
        List<String> parts = new ArrayList<>();
        for (String part : slashed.split("/", -1)) {
            if (part.equals("..") || part.getBytes(UTF_8).length > MAX_PART_BYTES) {
                return Optional.empty();
            }
            if (!part.isBlank() && !part.equals(".")) {
                parts.add(part);
            }
        }
        String safe = String.join("/", parts);
        return safe.isEmpty() || safe.getBytes(UTF_8).length > MAX_BYTES ? Optional.empty() : Optional.of(safe);
    }

    /** Where the name lies in the folder; empty for a name that is not safe. */
    public static Optional<Path> in(Path folder, String name) {
        Path root = folder.toAbsolutePath().normalize();
        return of(name).map(root::resolve).map(Path::normalize).filter(path -> path.startsWith(root));
    }
}
