package dev.colorstream.trainer.examples;

import dev.colorstream.colorizer.lab.LinearRow;
import dev.colorstream.colorizer.lab.Srgb;
import dev.colorstream.colorizer.network.SceneClassifier;
import dev.colorstream.trainer.dataset.LabPhoto;
import dev.colorstream.trainer.dataset.PhotoSource.PhotoName;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.dataset.PreparedPhotos.Entry;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Color photos as a scene classifier sees them: squares in RGB, cropped and mirrored by chance to learn from. The same
 * seed, step and photos give the same batch. Safe from several threads.
 */
public final class SceneExamples {
    private static final int SIZE = SceneClassifier.SIZE;
    private static final int VALUES = SIZE * SIZE * 3;

    private final PreparedPhotos photos;
    private final List<String> scenes;
    private final long seed;

    /**
     * Photos with the scenes that they show.
     *
     * @param rgb photos x 64 x 64 x 3, row-major, each in [0,255]
     * @param scenes the index of each photo's scene
     */
    public record Batch(float[] rgb, int[] scenes) {}

    /** @param scenes the names of the folders that photos lie in, in the order of their indexes */
    public SceneExamples(PreparedPhotos photos, List<String> scenes, long seed) {
        this.photos = photos;
        this.scenes = List.copyOf(scenes);
        this.seed = seed;
    }

    /** A batch to learn from. */
    public Batch training(List<Entry> entries, int step) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + step);
        float[] rgb = new float[entries.size() * VALUES];
        for (int i = 0; i < entries.size(); i++) {
            LabPhoto photo = photos.load(entries.get(i));
            write(photo, Crop.random(photo, SIZE, random), rgb, i * VALUES);
        }
        return new Batch(rgb, scenesOf(entries));
    }

    /** A batch to validate with: each photo's whole middle. */
    public Batch validation(List<Entry> entries) {
        float[] rgb = new float[entries.size() * VALUES];
        for (int i = 0; i < entries.size(); i++) {
            LabPhoto photo = photos.load(entries.get(i));
            write(photo, Crop.whole(photo), rgb, i * VALUES);
        }
        return new Batch(rgb, scenesOf(entries));
    }

    private int[] scenesOf(List<Entry> entries) {
        return entries.stream()
                .mapToInt(entry -> scenes.indexOf(new PhotoName(entry.name()).scene()))
                .toArray();
    }

    private static void write(LabPhoto photo, Crop crop, float[] rgb, int offset) {
        float[][] lab = new float[3][SIZE * SIZE];
        crop.average(photo, 0, SIZE, LabPhoto.LIGHTNESS_STEP, 0, lab[0], 0);
        crop.average(photo, 1, SIZE, 1, -LabPhoto.NEUTRAL, lab[1], 0);
        crop.average(photo, 2, SIZE, 1, -LabPhoto.NEUTRAL, lab[2], 0);
        LinearRow linear = new LinearRow(SIZE * SIZE);
        linear.set(lab[0], lab[1], lab[2]);
        IntStream.range(0, SIZE * SIZE).forEach(pixel -> {
            rgb[offset + 3 * pixel] = Srgb.code(linear.red()[pixel]);
            rgb[offset + 3 * pixel + 1] = Srgb.code(linear.green()[pixel]);
            rgb[offset + 3 * pixel + 2] = Srgb.code(linear.blue()[pixel]);
        });
    }
}
