package dev.colorstream.trainer.dataset;

import dev.colorstream.contract.Hashes;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The photos of a source as {@link LabPhoto}s in a temporary file, each content once, split into training and
 * validation by content: a photo stays on its side whatever comes or goes beside it. Safe from several threads.
 */
public final class PreparedPhotos implements Closeable {
    private static final int MAX_SHORT_SIDE = 160;
    private static final int BATCH = 512;

    private final Path file;
    private final FileChannel channel;
    private final List<Entry> training = new ArrayList<>();
    private final List<Entry> validation = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private int duplicates;
    private String fingerprint = "";

    /** A photo's place in the file; its content's SHA-256 in hexadecimal. */
    public record Entry(String name, String sha256, long offset, int width, int height) {}

    private PreparedPhotos(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Reads every photo of a source once.
     *
     * @param validationShare share of the photos kept for validation, in [0,1)
     */
    public static PreparedPhotos prepare(PhotoSource source, double validationShare) throws IOException {
        Path file = Files.createTempFile("colorstream-prepared-", ".lab");
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        PreparedPhotos prepared = new PreparedPhotos(file, channel);
        prepared.readAll(source, validationShare);
        return prepared;
    }

    private void readAll(PhotoSource source, double validationShare) throws IOException {
        Map<String, String> nameOfContent = new HashMap<>();
        List<PhotoName> names = source.photos();
        unreadable.addAll(source.unreadable());
        long offset = 0;
        for (int from = 0; from < names.size(); from += BATCH) {
            List<PhotoName> some = names.subList(from, Math.min(names.size(), from + BATCH));
            List<Read> read = IntStream.range(0, some.size())
                    .parallel()
                    .mapToObj(i -> Read.of(source, some.get(i)))
                    .toList();
            for (Read photo : read) {
                if (photo.lab().isEmpty()) {
                    unreadable.add(photo.name());
                } else if (nameOfContent.putIfAbsent(photo.sha256(), photo.name()) != null) {
                    duplicates++;
                } else {
                    LabPhoto lab = photo.lab().orElseThrow();
                    Entry entry = new Entry(photo.name(), photo.sha256(), offset, lab.width(), lab.height());
                    write(lab.planes(), offset);
                    offset += lab.planes().length;
                    (isForValidation(photo.sha256(), validationShare) ? validation : training).add(entry);
                }
            }
        }
        fingerprint = fingerprintOf(nameOfContent.keySet());
    }

    /** Those photos of another source whose contents are none of these: neither trained on nor validated on. */
    public List<PhotoName> unknownOf(PhotoSource other) {
        Set<String> known = Stream.concat(training.stream(), validation.stream())
                .map(Entry::sha256)
                .collect(Collectors.toSet());
        return other.photos().parallelStream()
                .filter(photo -> !known.contains(Read.sha256Of(other, photo)))
                .toList();
    }

    private record Read(String name, String sha256, Optional<LabPhoto> lab) {
        static Read of(PhotoSource source, PhotoName photo) {
            try {
                byte[] bytes = source.read(photo);
                String sha256 = Hashes.sha256Hex(bytes);
                return new Read(photo.path(), sha256, LabPhoto.decode(bytes, MAX_SHORT_SIDE));
            } catch (IOException e) {
                return new Read(photo.path(), "", Optional.empty());
            }
        }

        /** Of a photo's content; the empty string where it cannot be read. */
        static String sha256Of(PhotoSource source, PhotoName photo) {
            try {
                return Hashes.sha256Hex(source.read(photo));
            } catch (IOException e) {
                return "";
            }
        }
    }

    /**
     * Whether a photo is kept for validation. The first 32 bits of its content's hash decide, which are as good as random
     * and never change.
     */
    public static boolean isForValidation(String sha256, double share) {
        return Long.parseLong(sha256.substring(0, 8), 16) < share * (1L << 32);
    }

    private static String fingerprintOf(Iterable<String> hashes) {
        List<String> sorted = new ArrayList<>();
        hashes.forEach(sorted::add);
        sorted.sort(Comparator.naturalOrder());
        MessageDigest digest = Hashes.sha256();
        sorted.forEach(hash -> digest.update(HexFormat.of().parseHex(hash)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private void write(byte[] bytes, long offset) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, offset + buffer.position());
        }
    }

    /** The photos to learn from. */
    public List<Entry> training() {
        return Collections.unmodifiableList(training);
    }

    /** The photos that no training step sees. */
    public List<Entry> validation() {
        return Collections.unmodifiableList(validation);
    }

    /** Names of files that could not be read as photos, and of folders that could not be read. */
    public List<String> unreadable() {
        return Collections.unmodifiableList(unreadable);
    }

    /** How many photos were left out because another has the same content. */
    public int duplicates() {
        return duplicates;
    }

    /** SHA-256 over the contents' sorted hashes: which data this is, whatever the files are called. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Reads a photo back. */
    public LabPhoto load(Entry entry) {
        byte[] planes = new byte[3 * entry.width() * entry.height()];
        ByteBuffer buffer = ByteBuffer.wrap(planes);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, entry.offset() + buffer.position()) < 0) {
                    throw new IOException("the file is shorter than it was");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read prepared photo " + entry.name() + " from " + file, e);
        }
        return new LabPhoto(entry.width(), entry.height(), planes);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
