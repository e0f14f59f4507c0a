package dev.colorstream.storage.objectstore;

import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.storage.objectstore.FetchOutcome.Found;
import dev.colorstream.storage.objectstore.FetchOutcome.Missing;
import dev.colorstream.storage.objectstore.FetchOutcome.TooLarge;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MinioAsyncClient;
import io.minio.MinioClient;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.credentials.StaticProvider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Any S3 store, through MinIO's client; plain S3 only. */
public final class MinioObjectStore implements ObjectStore {
    private static final String METADATA_PREFIX = "x-amz-meta-";
    private static final int NOT_FOUND = 404;
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final int PAGE = 1000;
    private static final int MOST_CALLS_AT_ONCE = 256;
    private static final long SMALLEST_PART = 16L << 20;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(20);

    /** Answers about a key or bucket that no store can hold; nothing is there, and nothing will be. */
    private static final Set<String> NO_SUCH_NAME = Set.of(
            "NoSuchKey",
            "NoSuchBucket",
            "NoSuchVersion",
            "KeyTooLongError",
            "InvalidBucketName",
            "InvalidObjectName",
            "XMinioInvalidObjectName");

    /** Answers to a second creation of a bucket. */
    private static final Set<String> BUCKET_IS_THERE = Set.of("BucketAlreadyOwnedByYou", "BucketAlreadyExists");

    private final OkHttpClient http;
    private final MinioClient client;
    private final BucketMaker buckets;
    private final String endpoint;

    /** A store's client; nothing is sent before the first call. */
    public MinioObjectStore(ObjectStoreConnection connection) {
        endpoint = connection.endpoint();
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MOST_CALLS_AT_ONCE);
        dispatcher.setMaxRequestsPerHost(MOST_CALLS_AT_ONCE);
        OkHttpClient.Builder settings = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(MOST_CALLS_AT_ONCE / 4, 1, TimeUnit.MINUTES))
                .socketFactory(new NoDelaySocketFactory())
                .connectTimeout(CONNECT_LIMIT)
                .readTimeout(SILENCE_LIMIT)
                .writeTimeout(SILENCE_LIMIT);
        connection.certificates().ifPresent(certificates -> certificates.applyTo(settings));
        http = settings.build();
        StaticProvider credentials = new StaticProvider(
                connection.accessKey(),
                connection.secretKey(),
                connection.sessionToken().orElse(null));
        client = MinioClient.builder()
                .endpoint(endpoint)
                .region(connection.region())
                .credentialsProvider(credentials)
                .httpClient(http, false)
                .build();
        buckets = new BucketMaker(MinioAsyncClient.builder()
                .endpoint(endpoint)
                .region(connection.region())
                .credentialsProvider(credentials)
                .httpClient(http, false)
                .build());
    }

    @Override
    public FetchOutcome fetch(ObjectAddress address, long maxBytes) {
        return this.<FetchOutcome>answer("fetch " + address, () -> {
                    GetObjectArgs asked = GetObjectArgs.builder()
                            .bucket(address.bucket())
                            .object(key(address))
                            .build();
                    try (GetObjectResponse response = client.getObject(asked)) {
                        return read(response, maxBytes);
                    }
                })
                .orElseGet(Missing::new);
    }

    private static FetchOutcome read(GetObjectResponse response, long maxBytes) throws IOException {
        Headers headers = response.headers();
        String told = headers.get("Content-Length");
        long size = told == null ? 0 : Long.parseLong(told);
        if (size > maxBytes) {
            return new TooLarge(size);
        }
        byte[] bytes = response.readNBytes((int) Math.min(maxBytes, Integer.MAX_VALUE - 8));
        if (response.read() >= 0) {
            return new TooLarge(bytes.length + 1L);
        }
        String contentType = headers.get("Content-Type");
        return new Found(bytes, contentType == null ? "application/octet-stream" : contentType, metadata(headers));
    }

    @Override
    public boolean download(ObjectAddress address, Path file) {
        return answer("download " + address + " into " + file, () -> {
                    GetObjectArgs asked = GetObjectArgs.builder()
                            .bucket(address.bucket())
                            .object(key(address))
                            .build();
                    try (GetObjectResponse response = client.getObject(asked)) {
                        return Files.copy(response, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                })
                .isPresent();
    }

    @Override
    public void put(ObjectAddress address, ObjectContent content, String contentType, Map<String, String> metadata) {
        requireKeepable(metadata);
        String what = "put " + address;
        Optional<ObjectWriteResponse> stored = answer(what, () -> {
            try (InputStream bytes = content.open()) {
                return client.putObject(PutObjectArgs.builder().bucket(address.bucket()).object(key(address)).stream(
                                bytes, content.length(), partSize(content.length()))
                        .contentType(contentType)
                        .userMetadata(metadata)
                        .build());
            }
        });
        if (stored.isEmpty()) {
            throw unavailable(what, "the bucket does not exist, or takes no such key", null);
        }
    }

    /** Objects up to one part go in one request, which needs the fewest of a store's abilities. */
    private static long partSize(long length) {
        return Math.max(SMALLEST_PART, (length / 5_000 / SMALLEST_PART + 1) * SMALLEST_PART);
    }

    @Override
    public Optional<ObjectSummary> stat(ObjectAddress address) {
        return answer("stat " + address, () -> {
            StatObjectResponse response = client.statObject(StatObjectArgs.builder()
                    .bucket(address.bucket())
                    .object(key(address))
                    .build());
            return new ObjectSummary(response.size(), response.etag(), metadata(response.headers()));
        });
    }

    @Override
    public ObjectPage listPage(String bucket, String prefix, Optional<String> after) {
        return answer("list s3://" + bucket + "/" + prefix, () -> {
                    ListObjectsArgs.Builder asked = ListObjectsArgs.builder()
                            .bucket(bucket)
                            .prefix(prefix)
                            .recursive(true)
                            .maxKeys(PAGE);
                    after.ifPresent(asked::startAfter);
                    List<ListedObject> objects = new ArrayList<>();
                    for (Result<Item> result : client.listObjects(asked.build())) {
                        Item item = result.get();
                        objects.add(new ListedObject(
                                new ObjectAddress(bucket, item.objectName()),
                                item.size(),
                                item.etag(),
                                item.lastModified().toInstant()));
                        if (objects.size() == PAGE) {
                            return new ObjectPage(objects, false);
                        }
                    }
                    return new ObjectPage(objects, true);
                })
                .orElseGet(() -> new ObjectPage(List.of(), true));
    }

    @Override
    public boolean hasBucket(String bucket) {
        return answer("look for the bucket " + bucket, () -> exists(bucket)).orElse(false);
    }

    private boolean exists(String bucket) throws MinioException {
        return client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build());
    }

    @Override
    public void ensureBucket(String bucket) {
        String what = "make the bucket " + bucket;
        Optional<String> made = answer(what, () -> {
            if (!exists(bucket)) {
                make(bucket);
            }
            return bucket;
        });
        if (made.isEmpty()) {
            throw unavailable(what, "the store takes no bucket of that name", null);
        }
    }

    private void make(String bucket) throws MinioException {
        try {
            buckets.make(bucket);
        } catch (ErrorResponseException e) {
            // Another process was faster.
            if (!BUCKET_IS_THERE.contains(e.errorResponse().code())) {
                throw e;
            }
        }
    }

    @Override
    public void delete(ObjectAddress address) {
        answer("delete " + address, () -> {
            client.removeObject(RemoveObjectArgs.builder()
                    .bucket(address.bucket())
                    .object(key(address))
                    .build());
            return address;
        });
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /** The key for the client, which would leave an empty part out and so mean another object. */
    private static String key(ObjectAddress address) {
        if (address.hasEmptyPart()) {
            throw new IllegalArgumentException(address + " has an empty part: rename it");
        }
        return address.key();
    }

    /** The store's answer; empty where the bucket or the object does not exist. */
    private <T> Optional<T> answer(String what, StoreCall<T> call) {
        try {
            return Optional.of(call.run());
        } catch (IllegalArgumentException e) {
            // No bucket or key of that form can be asked for.
            return Optional.empty();
        } catch (ErrorResponseException e) {
            if (e.response().code() == NOT_FOUND
                    || NO_SUCH_NAME.contains(e.errorResponse().code())) {
                return Optional.empty();
            }
            throw unavailable(what, e.errorResponse().code() + ": " + e.getMessage(), e);
        } catch (MinioException | IOException | RuntimeException e) {
            // The client wraps a refused connection in an IllegalStateException, and an interrupt likewise.
            Throwable root = e;
            while (root.getCause() != null && root.getCause() != root) {
                root = root.getCause();
            }
            if (root instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            String mend = root instanceof CertPathBuilderException || root instanceof CertPathValidatorException
                    ? "; its certificate is not trusted here: name a PEM file of the one that signed it (s3-certificates)"
                    : "";
            throw unavailable(what, root + mend, e);
        }
    }

    private StoreUnavailableException unavailable(String what, String why, @Nullable Throwable cause) {
        String message = "The store " + endpoint + " could not " + what + ": " + why;
        return isFull(cause)
                ? StoreUnavailableException.ofStore(message, cause)
                : new StoreUnavailableException(message, cause);
    }

    /** It may take small objects and no large ones, which is no fault of theirs. */
    private static boolean isFull(@Nullable Throwable failure) {
        if (failure instanceof ErrorResponseException answer) {
            String code = Objects.requireNonNullElse(answer.errorResponse().code(), "");
            return answer.response().code() == INSUFFICIENT_STORAGE
                    || code.endsWith("StorageFull")
                    || code.endsWith("QuotaExceeded");
        }
        return failure instanceof ServerException error && error.statusCode() == INSUFFICIENT_STORAGE;
    }

    private static Map<String, String> metadata(Headers headers) {
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i).toLowerCase(Locale.ROOT);
            if (name.startsWith(METADATA_PREFIX)) {
                metadata.put(name.substring(METADATA_PREFIX.length()), headers.value(i));
            }
        }
        return metadata;
    }

    private static void requireKeepable(Map<String, String> metadata) {
        metadata.forEach((name, value) -> {
            if (!name.matches("[a-z0-9-]+") || !value.matches("([!-~]([ -~]*[!-~])?)?")) {
                throw new IllegalArgumentException("metadata " + name + " = '" + value
                        + "': names are lower-case letters, digits and hyphens, values printable ASCII");
            }
        });
    }

    /** A call of the client. */
    private interface StoreCall<T> {
        T run() throws MinioException, IOException;
    }
}
