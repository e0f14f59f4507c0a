package dev.colorstream.storage.objectstore;

import java.net.URI;
import java.util.Optional;

/**
 * Where an S3 store answers, and whom it lets in.
 *
 * @param endpoint {@code http://host:port} or {@code https://host:port}, nothing behind
 * @param accessKey the public half of the credentials, not blank
 * @param secretKey the secret half, not blank
 * @param sessionToken what goes with temporary credentials, as STS gives them
 * @param certificates that the store's own are checked against; those of the Java runtime where none are named
 * @param region that requests are signed for, not blank; {@code us-east-1} where the store knows none
 */
public record ObjectStoreConnection(
        String endpoint,
        String accessKey,
        String secretKey,
        Optional<String> sessionToken,
        Optional<TrustedCertificates> certificates,
        String region) {
    /** The region of stores that know none. */
    public static final String DEFAULT_REGION = "us-east-1";

    public ObjectStoreConnection {
        URI uri;
        try {
            uri = URI.create(endpoint);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(notAnEndpoint(endpoint), e);
        }
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        boolean hasMore = uri.isOpaque()
                || uri.getUserInfo() != null
                || uri.getQuery() != null
                || uri.getFragment() != null
                || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        if (!isHttp || uri.getHost() == null || hasMore) {
            throw new IllegalArgumentException(notAnEndpoint(endpoint));
        }
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("the store's access key or secret key is blank: set both");
        }
        if (region.isBlank()) {
            throw new IllegalArgumentException("the store's region is blank: write " + DEFAULT_REGION);
        }
    }

    /** A connection with credentials that stay, to a store that the Java runtime trusts. */
    public ObjectStoreConnection(String endpoint, String accessKey, String secretKey, String region) {
        this(endpoint, accessKey, secretKey, Optional.empty(), Optional.empty(), region);
    }

    /** All but the secrets. */
    @Override
    public String toString() {
        return "ObjectStoreConnection[" + endpoint + ", " + accessKey + ", " + region + "]";
    }

    private static String notAnEndpoint(String endpoint) {
        return "'" + endpoint + "' is no S3 endpoint: write http://host:port or https://host:port";
    }
}
