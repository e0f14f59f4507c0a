package dev.colorstream.trainer.retraining;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colorstream.contract.Hashes;
import dev.colorstream.storage.objectstore.FetchOutcome;
import dev.colorstream.storage.objectstore.ListedObject;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.trainer.dataset.LabPhoto;
import dev.colorstream.trainer.dataset.PhotoSource;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The photos under a prefix of a bucket, in local folders: each content once, named by its SHA-256, either for training or
 * held out for the gate. By which of both its hash decides, so that a photo never changes sides. An object that was taken
 * once is not looked at again. Not safe from several threads.
 */
final class PhotoCollection {
    private static final long LARGEST_PHOTO = 64_000_000;
    private static final int SMALL = 16;
    private static final String UNFINISHED = ".";

    private final ObjectStore store;
    private final String bucket;
    private final String prefix;
    private final double heldOutShare;
    private final Path training;
    private final Path heldOut;
    private final Path journal;
    private final Set<String> taken = new HashSet<>();
    private final Set<String> trainingContents;
    private final Set<String> heldOutContents;

    /**
     * Opens the collection in a folder, which is made.
     *
     * @param heldOutShare of the photos that come, in (0,1)
     */
    PhotoCollection(ObjectStore store, String bucket, String prefix, double heldOutShare, Path folder)
            throws IOException {
        this.store = store;
        this.bucket = bucket;
        this.prefix = prefix;
        this.heldOutShare = heldOutShare;
        training = Files.createDirectories(folder.resolve("training"));
        heldOut = Files.createDirectories(folder.resolve("held-out"));
        journal = folder.resolve("taken.txt");
        if (Files.exists(journal)) {
            taken.addAll(Files.readAllLines(journal));
        }
        trainingContents = contents(training);
        heldOutContents = contents(heldOut);
    }

    private static Set<String> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(UNFINISHED))
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    /** Photos to train on and to choose the best network by. */
    Path training() {
        return training;
    }

    /** Photos that no training ever sees. */
    Path heldOut() {
        return heldOut;
    }

    /** How many photos there are, of both kinds. */
    int size() {
        return trainingContents.size() + heldOutContents.size();
    }

    /** How many are held out. */
    int heldOutPhotos() {
        return heldOutContents.size();
    }

    /** How many of those to train on a training keeps for validation. */
    int validation(double validationShare) {
        return (int) trainingContents.stream()
                .filter(sha256 -> PreparedPhotos.isForValidation(sha256, validationShare))
                .count();
    }

    /** Takes what is new under the prefix; tells of each object that is no photo to learn from. */
    void collect(Consumer<String> say) throws IOException {
        Iterator<ListedObject> objects = store.list(bucket, prefix).iterator();
        while (objects.hasNext()) {
            ListedObject object = objects.next();
            String entry =
                    object.size() + " " + URLEncoder.encode(object.address().key(), UTF_8);
            if (!taken.contains(entry)
                    && PhotoSource.isNamedLikeAPhoto(object.address().key())) {
                take(object, say);
                Files.writeString(journal, entry + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                taken.add(entry);
            }
        }
    }

    private void take(ListedObject object, Consumer<String> say) throws IOException {
        FetchOutcome outcome = store.fetch(object.address(), LARGEST_PHOTO);
        if (!(outcome instanceof FetchOutcome.Found found)) {
            say.accept("left out: " + object.address() + ": "
                    + (outcome instanceof FetchOutcome.Missing ? "gone again" : "more than 64 MB"));
        } else if (LabPhoto.decode(found.bytes(), SMALL).isEmpty()) {
            say.accept("left out: " + object.address() + ": no photo that can be read");
        } else {
            keep(found.bytes(), extension(object.address().key()));
        }
    }

    private void keep(byte[] bytes, String extension) throws IOException {
        String sha256 = Hashes.sha256Hex(bytes);
        if (trainingContents.contains(sha256) || heldOutContents.contains(sha256)) {
            return;
        }
        boolean isHeldOut = isHeldOut(sha256);
        Path folder = isHeldOut ? heldOut : training;
        Path unfinished = folder.resolve(UNFINISHED + sha256);
        Files.write(unfinished, bytes);
        Files.move(unfinished, folder.resolve(sha256 + "." + extension), StandardCopyOption.ATOMIC_MOVE);
        (isHeldOut ? heldOutContents : trainingContents).add(sha256);
    }

    /** Decides by other bits of the hash than the split into training and validation does. */
    private boolean isHeldOut(String sha256) {
        return Long.parseLong(sha256.substring(8, 16), 16) < heldOutShare * (1L << 32);
    }

    private static String extension(String key) {
        return key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
