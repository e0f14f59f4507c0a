package dev.colorstream.dashboard.page;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.job.JobPage.JobPhoto;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.dashboard.upload.Archive;
import dev.colorstream.dashboard.upload.TemporaryFile;
import dev.colorstream.dashboard.upload.Uploads;
import dev.colorstream.dashboard.upload.Uploads.Lane;
import dev.colorstream.storage.objectstore.ObjectContent;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipException;

/** The API that brings photos, job by job. */
final class UploadRoutes {
    /** In bytes. */
    static final long MAX_PHOTO = 64L << 20;

    private static final long MAX_ARCHIVE = 4L << 30;
    private static final long MAX_LIST = 8L << 20;

    private final Uploads uploads;

    /** Two large ones at once could fill the folder of temporary files. */
    private final Semaphore archives = new Semaphore(1, true);

    UploadRoutes(Uploads uploads) {
        this.uploads = uploads;
    }

    void add(JavalinConfig config) {
        config.routes.post(
                "/api/jobs",
                request -> Answers.json(
                        request, JsonObject.create().put("id", uploads.open().value())));
        config.routes.post("/api/jobs/{id}/seal", this::seal);
        config.routes.post("/api/upload", this::upload);
    }

    private void seal(Context request) throws IOException {
        JobId job = new JobId(request.pathParam("id"));
        byte[] body = request.bodyInputStream().readNBytes((int) MAX_LIST + 1);
        if (body.length > MAX_LIST) {
            Answers.problem(request, 413, "the list has more than " + MAX_LIST + " bytes");
            return;
        }
        List<JobPhoto> photos = JsonObject.parse(body).objects("photos").stream()
                .map(photo -> new JobPhoto(photo.parsed("request", RequestId::new), photo.text("name")))
                .toList();
        int sealed = uploads.seal(job, photos);
        Answers.json(request, JsonObject.create().put("id", job.value()).put("photos", sealed));
    }

    private void upload(Context request) throws IOException, InterruptedException {
        JobId job = new JobId(Optional.ofNullable(request.queryParam("job")).orElse(""));
        String name = Optional.ofNullable(request.queryParam("name")).orElse("photo");
        if (!Archive.isNamed(name)) {
            Lane lane = "express".equals(request.queryParam("lane")) ? Lane.EXPRESS : Lane.BULK;
            spool(request, job, name, MAX_PHOTO, lane);
            return;
        }
        archives.acquire();
        try {
            spool(request, job, name, MAX_ARCHIVE, Lane.BULK);
        } finally {
            archives.release();
        }
    }

    private void spool(Context request, JobId job, String name, long limit, Lane lane) throws IOException {
        try (TemporaryFile file = TemporaryFile.create();
                InputStream body = request.bodyInputStream()) {
            if (file.fill(body, limit)) {
                Optional<ModelVersionId> version =
                        Optional.ofNullable(request.queryParam("version")).map(ModelVersionId::new);
                take(request, job, name, file.path(), lane, version);
            } else {
                Answers.problem(request, 413, "'" + name + "' has more than " + (limit >> 20) + " MiB");
            }
        }
    }

    private void take(Context request, JobId job, String name, Path file, Lane lane, Optional<ModelVersionId> version)
            throws IOException {
        List<JobPhoto> photos = new ArrayList<>();
        Map<String, String> refused = new LinkedHashMap<>();
        if (Archive.isNamed(name)) {
            try {
                Archive.visit(file, MAX_PHOTO, (entry, content) -> {
                            String path = Archive.unpacked(name, entry);
                            photos.add(add(job, path, content, lane, version));
                        })
                        .forEach(one -> refused.put(one.name(), one.reason()));
            } catch (ZipException e) {
                refused.put(name, "is no zip archive that can be read: " + e.getMessage());
            }
        } else {
            photos.add(add(job, name, ObjectContent.of(file), lane, version));
        }
        Answers.json(request, ApiJson.receipt(photos, refused));
    }

    private JobPhoto add(JobId job, String path, ObjectContent content, Lane lane, Optional<ModelVersionId> version) {
        return version.map(one -> uploads.add(job, path, content, lane, one))
                .orElseGet(() -> uploads.add(job, path, content, lane));
    }
}
