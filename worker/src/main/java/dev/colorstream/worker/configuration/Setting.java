package dev.colorstream.worker.configuration;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be set. A flag goes before the environment, the environment before the file, the file before the default;
 * a secret has no flag.
 */
public enum Setting {
    CONFIG(
            "--config",
            "COLORSTREAM_CONFIG",
            "FILE",
            "",
            "Settings as a properties file: the names of the flags without their hyphens, as in 'consumers = 3'."),
    MODEL(
            "--model",
            "COLORSTREAM_MODEL",
            "DIR",
            "",
            "Folder of the model version that colors until a channel announces another; left out, the worker waits for that."),
    MODEL_VERSIONS(
            "--model-versions",
            "COLORSTREAM_MODEL_VERSIONS",
            "N",
            "3",
            "Model versions in memory at once: one for each channel, the one that replaces it, and those that requests pin."),
    WARM_UP_LIMIT(
            "--warm-up-limit-s",
            "COLORSTREAM_WARM_UP_LIMIT_S",
            "S",
            "300",
            "A model version that is not warm after that long is refused."),
    ENGINE(
            "--engine",
            "COLORSTREAM_ENGINE",
            "NAME",
            "auto",
            "What runs the network: dl4j, onnxruntime, or auto, which is dl4j where that can run and else onnxruntime; "
                    + "none paints no sensible color, to measure all else."),
    PASS("--pass-ms", "COLORSTREAM_PASS_MS", "MS", "0", "How long a pass of the engine none takes."),
    KAFKA("--bootstrap", "COLORSTREAM_KAFKA", "HOST:PORT", "localhost:9092", "Kafka brokers, parted by commas."),
    KAFKA_PROPERTIES(
            "--kafka-properties",
            "COLORSTREAM_KAFKA_PROPERTIES",
            "FILE",
            "",
            "Further Kafka client properties, for TLS and SASL."),
    S3("--s3", "COLORSTREAM_S3_ENDPOINT", "URL", "http://localhost:9000", "S3 store."),
    S3_REGION("--s3-region", "COLORSTREAM_S3_REGION", "REGION", "us-east-1", "Region of the S3 store."),
    S3_ACCESS_KEY("--s3-access-key", "COLORSTREAM_S3_ACCESS_KEY", "KEY", null, "Access key of the S3 store."),
    S3_SECRET_KEY("--s3-secret-key", "COLORSTREAM_S3_SECRET_KEY", "KEY", "", "Secret key of the S3 store."),
    S3_SECRET_KEY_FILE(
            "--s3-secret-key-file",
            "COLORSTREAM_S3_SECRET_KEY_FILE",
            "FILE",
            "",
            "File that holds the secret key; taken where no secret key is set."),
    S3_SESSION_TOKEN("--s3-session-token", "COLORSTREAM_S3_SESSION_TOKEN", "TOKEN", "", "Token of temporary keys."),
    S3_CERTIFICATES(
            "--s3-certificates",
            "COLORSTREAM_S3_CERTIFICATES",
            "FILE",
            "",
            "PEM file of the certificates to trust where S3 is reached by TLS, instead of those that Java trusts."),
    BUCKETS("--buckets", "COLORSTREAM_BUCKETS", "NAMES", "uploads", "Buckets that gray photos may lie in."),
    WORKER_ID("--id", "COLORSTREAM_WORKER_ID", "NAME", "", "Name of this worker; host and process by default."),
    HTTP_HOST("--http-host", "COLORSTREAM_HTTP_HOST", "HOST", "127.0.0.1", "Address of /livez, /readyz, /metrics."),
    HTTP_PORT(
            "--http-port", "COLORSTREAM_HTTP_PORT", "PORT", "0", "Port of /livez, /readyz, /metrics; 0 is a free one."),
    CONSUMERS("--consumers", "COLORSTREAM_CONSUMERS", "K", "3", "Share consumers, each with a window of its own."),
    WINDOW("--window", "COLORSTREAM_WINDOW", "N", "32", "Records that a consumer holds at once; some batches."),
    BATCH("--batch", "COLORSTREAM_BATCH", "N", "8", "Photos of a full micro-batch."),
    LINGER("--linger-ms", "COLORSTREAM_LINGER_MS", "MS", "50", "How long a photo waits for others of its batch."),
    FETCH_THREADS("--fetch-threads", "COLORSTREAM_FETCH_THREADS", "N", "8", "Photos that are fetched at once."),
    DECODE_THREADS(
            "--decode-threads", "COLORSTREAM_DECODE_THREADS", "N", "", "Photos decoded at once; half the cores."),
    COLORIZE_THREADS(
            "--colorize-threads",
            "COLORSTREAM_COLORIZE_THREADS",
            "N",
            "",
            "Batches that the network works on at once; the cores shared out to passes of $OMP_NUM_THREADS threads, 1 on a"
                    + " card."),
    ENCODE_THREADS(
            "--encode-threads", "COLORSTREAM_ENCODE_THREADS", "N", "", "Photos encoded at once; half the cores."),
    DELIVER_THREADS("--deliver-threads", "COLORSTREAM_DELIVER_THREADS", "N", "8", "Photos that are stored at once."),
    MAX_BYTES("--max-bytes", "COLORSTREAM_MAX_BYTES", "N", "67108864", "Larger files fail."),
    MAX_PIXELS(
            "--max-pixels",
            "COLORSTREAM_MAX_PIXELS",
            "N",
            "",
            "Larger photos fail; 100 million, less on a small heap."),
    PIXEL_BUDGET(
            "--pixel-budget",
            "COLORSTREAM_PIXEL_BUDGET",
            "N",
            "",
            "Pixels that are decoded at once, a quarter of them for express photos; 64 million, less on a small heap."),
    MISSING_GRACE(
            "--missing-grace-ms",
            "COLORSTREAM_MISSING_GRACE_MS",
            "MS",
            "5000",
            "How long after its request, by the time stamp of its record, a photo may come."),
    GRACE("--grace-s", "COLORSTREAM_GRACE_S", "S", "25", "How long photos in work may take when the worker ends.");

    private final String flag;
    private final String variable;
    private final String label;
    private final @Nullable String defaultValue;
    private final String description;

    Setting(String flag, String variable, String label, @Nullable String defaultValue, String description) {
        this.flag = flag;
        this.variable = variable;
        this.label = label;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    /** Its flag, with two hyphens. */
    public String flag() {
        return flag;
    }

    /** Its name in a file. */
    public String key() {
        return flag.substring(2);
    }

    /** Its environment variable. */
    public String variable() {
        return variable;
    }

    /** Whether no flag may tell it, since everybody on the machine can read a command line. */
    public boolean isSecret() {
        return this == S3_SECRET_KEY || this == S3_SESSION_TOKEN;
    }

    /** What its value is, for the help. */
    public String label() {
        return label;
    }

    /** Its value where it is not set: blank where that depends on other things, empty where it must be set. */
    public Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** What it does, for the help. */
    public String description() {
        return description;
    }
}
