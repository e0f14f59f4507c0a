package dev.colorstream.qa.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Any number of JPEG photos, no two the same, made of a few by a comment behind their first marker. */
final class VariedPhotos implements IntFunction<byte[]> {
    private static final int MARKER_BYTES = 2;
    private static final int COMMENT_BYTES = 8;
    private static final short COMMENT = (short) 0xFFFE;

    private final List<byte[]> photos;

    private VariedPhotos(List<byte[]> photos) {
        this.photos = photos;
    }

    /** Made of all files below the folder that end with {@code .jpg}. */
    static VariedPhotos of(Path folder) throws IOException {
        List<byte[]> photos = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList()) {
                photos.add(Files.readAllBytes(file));
            }
        }
        if (photos.isEmpty()) {
            throw new IllegalArgumentException("no .jpg file in " + folder + ": name a folder of JPEG photos");
        }
        return new VariedPhotos(photos);
    }

    @Override
    public byte[] apply(int number) {
        byte[] photo = photos.get(number % photos.size());
        return ByteBuffer.allocate(photo.length + COMMENT_BYTES)
                .put(photo, 0, MARKER_BYTES)
                .putShort(COMMENT)
                .putShort((short) (COMMENT_BYTES - MARKER_BYTES))
                .putInt(number)
                .put(photo, MARKER_BYTES, photo.length - MARKER_BYTES)
                .array();
    }
}
