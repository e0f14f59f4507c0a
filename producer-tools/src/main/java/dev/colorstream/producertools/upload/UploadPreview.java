package dev.colorstream.producertools.upload;

import dev.colorstream.producertools.jobs.JobBook;
import dev.colorstream.producertools.photos.PhotoFile;
import dev.colorstream.producertools.photos.PhotoVisitor;
import dev.colorstream.producertools.photos.PhotoWalk;
import dev.colorstream.producertools.photos.UnpackLimits;
import dev.colorstream.producertools.upload.UploadReport.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** What an upload would do, without a write. */
final class UploadPreview implements PhotoVisitor {
    private final UploadOrder order;
    private final JobBook book;
    private final List<Refused> refused = new ArrayList<>();
    private int fresh;
    private int known;
    private long bytes;
    private int skipped;

    private UploadPreview(UploadOrder order, JobBook book) {
        this.order = order;
        this.book = book;
    }

    /** The report of the upload that the order would be. */
    static UploadReport of(UploadOrder order, JobBook book, InputStream standardInput) {
        UploadPreview preview = new UploadPreview(order, book);
        new PhotoWalk(preview, UnpackLimits.DEFAULT).walk(order.sources(), standardInput);
        return new UploadReport(
                order.job(), preview.fresh, preview.known, 0, preview.bytes, preview.refused, preview.skipped);
    }

    @Override
    public void photo(PhotoFile file) {
        try {
            GrayPhoto photo = GrayPhoto.read(order.job(), file);
            if (book.lists(photo.listed())) {
                known++;
            } else {
                fresh++;
                bytes += photo.content().length;
            }
        } catch (IOException e) {
            refused(file.name(), "cannot be uploaded: " + e.getMessage());
        }
    }

    @Override
    public void refused(String name, String reason) {
        refused.add(new Refused(name, reason));
    }

    @Override
    public void skipped(String name) {
        skipped++;
    }
}
