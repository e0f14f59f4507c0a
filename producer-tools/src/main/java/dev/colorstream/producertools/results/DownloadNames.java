package dev.colorstream.producertools.results;

import dev.colorstream.contract.job.JobPage.JobPhoto;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The file names of a job's color photos: those of the gray ones, ending as their format does, no two the same. */
final class DownloadNames {
    private final Map<String, Integer> photosOfStem = new HashMap<>();

    DownloadNames(List<JobPhoto> photos) {
        photos.forEach(photo -> photosOfStem.merge(stem(photo.name()).toLowerCase(Locale.ROOT), 1, Integer::sum));
    }

    /**
     * The name of the color photo.
     *
     * @param name of the gray photo
     * @param colorKey of the color photo's object, that ends as its format does
     */
    String of(String name, String colorKey) {
        String extension = extension(colorKey);
        if (extension.isEmpty() || sameFormat(extension(name), extension)) {
            return name;
        }
        String stem = stem(name);
        boolean alone = photosOfStem.getOrDefault(stem.toLowerCase(Locale.ROOT), 0) <= 1;
        return (alone ? stem : name) + "." + extension;
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
