package dev.colorstream.trainer.dataset;

import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import dev.colorstream.trainer.dataset.PreparedPhotos.Entry;
import java.io.IOException;
import java.util.List;

/**
 * The scenes of photos by the names of the folders that hold them.
 *
 * @param names in the order of their indexes
 */
public record Scenes(List<String> names) {
    public Scenes {
        names = List.copyOf(names);
    }

    /**
     * The scenes of the training photos, ordered by name.
     *
     * @throws IOException where they lie in fewer than two folders or one lies in none
     */
    public static Scenes of(PreparedPhotos photos) throws IOException {
        List<String> names = photos.training().stream()
                .map(Scenes::nameOf)
                .distinct()
                .sorted()
                .toList();
        if (names.size() < 2 || names.contains("")) {
            throw new IOException(
                    "scenes are learned from the names of the photos' folders, and the photos to train lie "
                            + (names.contains("")
                                    ? "in no folder, all or some of them"
                                    : "in " + names.size() + " folder")
                            + "; put each scene's photos into a folder of its own, at least two, or train another --variant");
        }
        return new Scenes(names);
    }

    private static String nameOf(Entry photo) {
        return new PhotoName(photo.name()).scene();
    }

    /** The index of a training photo's scene. */
    public int of(Entry photo) {
        return names.indexOf(nameOf(photo));
    }
}
