package dev.colorstream.connection;

/** The names of the connection options, as flags and in the environment. */
public final class ConnectionNames {
    public static final String KAFKA_FLAG = "--bootstrap";
    public static final String KAFKA_VARIABLE = "COLORSTREAM_KAFKA";
    public static final String KAFKA_PROPERTIES_FLAG = "--kafka-properties";
    public static final String KAFKA_PROPERTIES_VARIABLE = "COLORSTREAM_KAFKA_PROPERTIES";
    public static final String S3_FLAG = "--s3";
    public static final String S3_VARIABLE = "COLORSTREAM_S3_ENDPOINT";
    public static final String S3_REGION_FLAG = "--s3-region";
    public static final String S3_REGION_VARIABLE = "COLORSTREAM_S3_REGION";
    public static final String S3_ACCESS_KEY_FLAG = "--s3-access-key";
    public static final String S3_ACCESS_KEY_VARIABLE = "COLORSTREAM_S3_ACCESS_KEY";
    public static final String S3_SECRET_KEY_FLAG = "--s3-secret-key";
    public static final String S3_SECRET_KEY_VARIABLE = "COLORSTREAM_S3_SECRET_KEY";
    public static final String S3_SECRET_KEY_FILE_FLAG = "--s3-secret-key-file";
    public static final String S3_SECRET_KEY_FILE_VARIABLE = "COLORSTREAM_S3_SECRET_KEY_FILE";

    public static final String S3_CERTIFICATES_FLAG = "--s3-certificates";
    public static final String S3_CERTIFICATES_VARIABLE = "COLORSTREAM_S3_CERTIFICATES";

    /** Has no flag: temporary keys come from programs, which set them in the environment. */
    public static final String S3_SESSION_TOKEN_VARIABLE = "COLORSTREAM_S3_SESSION_TOKEN";

    public static final String PROFILE_FLAG = "--profile";
    public static final String PROFILE_VARIABLE = "COLORSTREAM_PROFILE";
    public static final String PROFILES_FILE_VARIABLE = "COLORSTREAM_PROFILES";

    private ConnectionNames() {}
}
