package dev.colorstream.trainer.examples;

import dev.colorstream.colorizer.network.Architecture;
import dev.colorstream.colorizer.network.TrainingBatch;
import dev.colorstream.trainer.dataset.LabPhoto;
import dev.colorstream.trainer.dataset.PreparedPhotos;
import dev.colorstream.trainer.dataset.PreparedPhotos.Entry;
import dev.colorstream.trainer.dataset.Scenes;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes training batches of photos: a random crop, mirror, change of brightness and contrast and grain for each, as scans of
 * old photos differ, and its color as the network is held to it. The same seed, step and photos give the same batch. Safe from several threads.
 */
public final class ExampleMaker {
    /** A photo with no abs(a) or abs(b) above this is taken for gray and teaches nothing (Zhang et al. 2016, code). */
    private static final float GRAY = 5;

    private static final int[] NO_SCENES = {};

    private static final double CONTRAST = 0.2;
    private static final double BRIGHTNESS = 8;
    private static final double GRAIN = 2.5;

    private final PreparedPhotos photos;
    private final CellTargets targets;
    private final Optional<Scenes> scenes;
    private final long seed;

    /** @param scenes which scenes the training batches tell of, if any */
    public ExampleMaker(PreparedPhotos photos, CellTargets targets, Optional<Scenes> scenes, long seed) {
        this.photos = photos;
        this.targets = targets;
        this.scenes = scenes;
        this.seed = seed;
    }

    /** A batch to learn from. */
    public TrainingBatch training(List<Entry> entries, int size, int step) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + step);
        Batch batch = new Batch(entries.size(), size);
        for (Entry entry : entries) {
            LabPhoto photo = photos.load(entry);
            batch.add(photo, Crop.random(photo, size, random));
            batch.scanLast(random);
        }
        return batch.toTrainingBatch(
                scenes.map(known -> entries.stream().mapToInt(known::of).toArray())
                        .orElse(NO_SCENES));
    }

    /** A batch to validate with: each photo whole and as it is, its color alone. */
    public TrainingBatch validation(List<Entry> entries, int size) {
        Batch batch = new Batch(entries.size(), size);
        for (Entry entry : entries) {
            LabPhoto photo = photos.load(entry);
            batch.add(photo, Crop.whole(photo));
        }
        return batch.toTrainingBatch(NO_SCENES);
    }

    private final class Batch {
        private final int photos;
        private final int size;
        private final int side;
        private final float[] luminance;
        private final float[] rows;
        private int added;

        Batch(int photos, int size) {
            this.photos = photos;
            this.size = size;
            this.side = size / Architecture.REDUCTION;
            this.luminance = new float[photos * size * size];
            this.rows = new float[photos * side * side * targets.head().targetValues()];
        }

        /** Changes the luminance of the photo that was added last, as if it had come from a scanner. */
        void scanLast(RandomGenerator random) {
            double contrast = 1 + CONTRAST * random.nextDouble(-1, 1);
            double brightness = BRIGHTNESS * random.nextDouble(-1, 1);
            double grain = GRAIN * random.nextDouble();
            for (int i = (added - 1) * size * size; i < added * size * size; i++) {
                double scanned = 50 + (luminance[i] - 50) * contrast + brightness + grain * random.nextGaussian();
                luminance[i] = (float) Math.max(0, Math.min(100, scanned));
            }
        }

        void add(LabPhoto photo, Crop crop) {
            crop.average(photo, 0, size, LabPhoto.LIGHTNESS_STEP, 0, luminance, added * size * size);
            int cells = side * side;
            float[] a = new float[cells];
            float[] b = new float[cells];
            crop.average(photo, 1, side, 1, -LabPhoto.NEUTRAL, a, 0);
            crop.average(photo, 2, side, 1, -LabPhoto.NEUTRAL, b, 0);
            if (hasColor(a) || hasColor(b)) {
                for (int cell = 0; cell < cells; cell++) {
                    targets.write(
                            a[cell],
                            b[cell],
                            rows,
                            (added * cells + cell) * targets.head().targetValues());
                }
            }
            added++;
        }

        TrainingBatch toTrainingBatch(int[] scenesOfPhotos) {
            return new TrainingBatch(photos, size, luminance, rows, scenesOfPhotos);
        }
    }

    private static boolean hasColor(float[] plane) {
        for (float value : plane) {
            if (Math.abs(value) > GRAY) {
                return true;
            }
        }
        return false;
    }
}
