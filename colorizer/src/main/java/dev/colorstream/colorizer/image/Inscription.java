package dev.colorstream.colorizer.image;

import java.util.Optional;

/**
 * What a color photo's file says beside its picture.
 *
 * @param notes of the gray photo's file, said again; the number of its pictures is not
 * @param maker what made the colors, in plain ASCII: EXIF's Software, or PNG's
 */
public record Inscription(PhotoNotes notes, Optional<String> maker) {
    /** Nothing but that its colors are sRGB, which every file says. */
    public static final Inscription NONE = new Inscription(PhotoNotes.NONE, Optional.empty());

    /** That a network predicted the colors of a photo. */
    public static Inscription predicted(PhotoNotes notes, String modelVersion) {
        return new Inscription(notes, Optional.of("Colorstream; colors predicted by model " + modelVersion));
    }
}
