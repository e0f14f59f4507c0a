package dev.colorstream.storage.objectstore;

import io.minio.MakeBucketArgs;
import io.minio.MinioAsyncClient;
import io.minio.errors.MinioException;
import java.util.concurrent.CompletionException;
import okhttp3.Response;

/**
 * Makes buckets as S3 has it: in the region us-east-1, whose name is no location constraint, by a request that names no place.
 * MinIO's own client names it all the same, which AWS, among others, refuses.
 */
final class BucketMaker extends MinioAsyncClient {
    private static final String REGION_WITHOUT_CONSTRAINT = "us-east-1";

    /** @param client whose connections are used and stay its own */
    BucketMaker(MinioAsyncClient client) {
        super(client);
    }

    void make(String bucket) throws MinioException {
        MakeBucketArgs asked = MakeBucketArgs.builder().bucket(bucket).build();
        try {
            if (REGION_WITHOUT_CONSTRAINT.equals(baseUrl.region())) {
                executePutAsync(asked, null, null, null)
                        .thenAccept(Response::close)
                        .join();
            } else {
                makeBucket(asked).join();
            }
        } catch (CompletionException e) {
            throwMinioException(e);
        }
    }
}
