package dev.colorstream.producertools.results;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The file names of a job's color photos: those of the gray ones, ending as their format does, no two the same. */
final class DownloadNames {
    private final Map<String, Integer> photosOfStem = new HashMap<>();

    /** Counts a photo of the job in; other names may depend on it. */
    void add(String name) {
        photosOfStem.merge(stem(name).toLowerCase(Locale.ROOT), 1, Integer::sum);
    }

    /** Whether the color photo has the gray one's name, whatever else is in the job. */
    static boolean keepsName(String name, String colorKey) {
        String extension = extension(colorKey);
        return extension.isEmpty() || sameFormat(extension(name), extension);
    }

    /**
     * The name of the color photo, once all photos of the job are counted in.
     *
     * @param name of the gray photo
     * @param colorKey of the color photo's object, that ends as its format does
     */
    String of(String name, String colorKey) {
        if (keepsName(name, colorKey)) {
            return name;
        }
        String stem = stem(name);
        boolean alone = photosOfStem.getOrDefault(stem.toLowerCase(Locale.ROOT), 0) <= 1;
        return (alone ? stem : name) + "." + extension(colorKey);
    }

    private static boolean sameFormat(String first, String second) {
        return canonical(first).equals(canonical(second));
    }

    private static String canonical(String extension) {
        String lower = extension.toLowerCase(Locale.ROOT);
        return lower.equals("jpeg") ? "jpg" : lower;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }

    private static String extension(String name) {
        return name.substring(stem(name).length()).replace(".", "");
    }
}
