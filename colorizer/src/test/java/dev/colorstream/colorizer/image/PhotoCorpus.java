package dev.colorstream.colorizer.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All files that photos are tested with, made anew each time, always the same. */
final class PhotoCorpus {
    private PhotoCorpus() {}

    static List<CorpusFile> files() throws IOException {
        List<CorpusFile> files = new ArrayList<>(SoundPhotos.all());
        files.addAll(TiffPhotos.all());
        files.addAll(LaxPhotos.all());
        files.addAll(HostileFiles.all());
        return files;
    }
}
