package dev.colorstream.contract;

/**
 * Where an object rests in an S3 store.
 *
 * @param bucket the bucket's name, not blank
 * @param key the object's key as the store knows it (decoded, never URL-encoded), not empty
 */
public record ObjectAddress(String bucket, String key) {
    public ObjectAddress {
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("bucket is blank (key " + key + ")");
        }
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key is empty (bucket " + bucket + ")");
        }
    }

    /**
     * Whether two slashes follow each other in the key. S3 knows such objects, but clients leave the empty part out and would
     * take another object for it.
     */
    public boolean hasEmptyPart() {
        return key.contains("//");
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
