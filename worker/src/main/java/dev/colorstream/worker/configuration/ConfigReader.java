package dev.colorstream.worker.configuration;

import dev.colorstream.colorizer.image.DecodeLimits;
import dev.colorstream.colorizer.network.CpuBackend;
import dev.colorstream.colorizer.network.OnnxRuntimeEngine;
import dev.colorstream.colorizer.network.PassThreads;
import dev.colorstream.storage.objectstore.ObjectStoreConnection;
import dev.colorstream.storage.objectstore.TrustedCertificates;
import dev.colorstream.storage.objectstore.UnreadableCertificatesException;
import dev.colorstream.worker.configuration.ConfigOutcome.Configured;
import dev.colorstream.worker.configuration.ConfigOutcome.HelpWanted;
import dev.colorstream.worker.configuration.ConfigOutcome.Misconfigured;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads the configuration and tells all that is wrong with it at once. */
public final class ConfigReader {
    private static final long PIXELS = 100_000_000;
    private static final int PIXEL_BUDGET = 64_000_000;

    /** A decoded pixel's share of the heap, with room for what decoding and painting take for a while. */
    private static final int HEAP_PER_PIXEL = 16;

    /** An eighth for files that wait for a decoder, another for those that wait for the store. */
    private static final int HEAP_FOR_FILES = 8;

    private static final int MOST_FILE_BYTES = 1 << 30;

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();
    private final Map<Setting, String> flags = new EnumMap<>(Setting.class);
    private final Map<Setting, String> file = new EnumMap<>(Setting.class);

    private ConfigReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Reads flags, environment and the file that one of them names. */
    public static ConfigOutcome read(String[] arguments, Map<String, String> environment) {
        return new ConfigReader(environment).read(arguments);
    }

    private ConfigOutcome read(String[] arguments) {
        // Else the first unknown flag would hide all other problems.
        CommandLine commandLine = new CommandLine(spec()).setUnmatchedArgumentsAllowed(true);
        try {
            ParseResult parsed = commandLine.parseArgs(arguments);
            if (parsed.isUsageHelpRequested()) {
                return new HelpWanted(commandLine.getUsageMessage());
            }
            parsed.unmatched().forEach(word -> problems.add("'" + word + "' is unknown: see --help"));
            for (Setting setting : Setting.values()) {
                String value = parsed.matchedOptionValue(setting.flag(), "");
                if (setting.isSecret() && parsed.hasMatchedOption(setting.flag())) {
                    problem(
                            setting,
                            "is a secret, and everybody on this machine can read a command line: set the variable");
                } else if (!value.isBlank()) {
                    flags.put(setting, value.strip());
                }
            }
        } catch (ParameterException e) {
            problems.add(e.getMessage() + ": see --help");
        }
        return configured();
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("worker")
                .mixinStandardHelpOptions(false)
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this.")
                        .build());
        spec.usageMessage()
                .description("Colors the gray photos that requests on Kafka name.")
                .footer(Arrays.stream(Setting.values())
                        .filter(Setting::isSecret)
                        .map(secret -> "$" + secret.variable() + ", which has no flag: " + secret.description())
                        .toArray(String[]::new))
                .sortOptions(false);
        for (Setting setting : Setting.values()) {
            String otherwise = setting.defaultValue()
                    .filter(value -> !value.isBlank())
                    .map(value -> " Default: " + value + ".")
                    .orElse("");
            spec.addOption(OptionSpec.builder(setting.flag())
                    .type(String.class)
                    .paramLabel(setting.label())
                    .hidden(setting.isSecret())
                    .description(setting.description() + otherwise + " Else $" + setting.variable() + ".")
                    .build());
        }
        return spec;
    }

    private void readFile(Path path) {
        Optional<Properties> properties = properties(Setting.CONFIG, path);
        properties.ifPresent(read -> read.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> {
                    Optional<Setting> setting = Setting.ofKey(name).filter(known -> known != Setting.CONFIG);
                    if (setting.isEmpty()) {
                        problems.add("'" + name + "' in the file " + path
                                + " is unknown: see --help, and leave out the hyphens");
                    } else if (!read.getProperty(name).isBlank()) {
                        file.put(setting.orElseThrow(), read.getProperty(name));
                    }
                }));
    }

    private Optional<Properties> properties(Setting setting, Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
            return Optional.of(properties);
        } catch (IOException | IllegalArgumentException e) {
            problem(setting, "names the file " + path + ", which cannot be read: " + e);
            return Optional.empty();
        }
    }

    private ConfigOutcome configured() {
        text(Setting.CONFIG).map(Path::of).ifPresent(this::readFile);
        Engine engine = engine();
        WorkerConfig.Models models = models(engine);
        Duration pass = Duration.ofMillis(number(Setting.PASS, 0, 60_000, 0));
        Map<String, Object> kafka = kafka();
        Optional<ObjectStoreConnection> store = store();
        int halfTheCores = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        WorkerConfig.Http http = new WorkerConfig.Http(
                text(Setting.HTTP_HOST).orElse(""), (int) number(Setting.HTTP_PORT, 0, 65_535, 0));
        int consumers = (int) number(Setting.CONSUMERS, 1, 64, 0);
        int window = (int) number(Setting.WINDOW, 1, 500, 0);
        WorkerConfig.Batch batch = new WorkerConfig.Batch(
                (int) number(Setting.BATCH, 1, 256, 0), Duration.ofMillis(number(Setting.LINGER, 0, 10_000, 0)));
        WorkerConfig.Threads threads = new WorkerConfig.Threads(
                (int) number(Setting.FETCH_THREADS, 1, 64, 0),
                (int) number(Setting.DECODE_THREADS, 1, 256, halfTheCores),
                (int) number(Setting.COLORIZE_THREADS, 1, 256, passesAtOnce(engine)),
                (int) number(Setting.ENCODE_THREADS, 1, 256, halfTheCores),
                (int) number(Setting.DELIVER_THREADS, 1, 64, 0));
        long heap = Runtime.getRuntime().maxMemory();
        long heapPixels = heap / HEAP_PER_PIXEL;
        WorkerConfig.Limits limits = new WorkerConfig.Limits(
                number(Setting.MAX_BYTES, 1, Integer.MAX_VALUE - 8, 0),
                number(Setting.MAX_PIXELS, 1, DecodeLimits.MOST_PIXELS, Math.min(PIXELS, heapPixels)),
                (int) number(Setting.PIXEL_BUDGET, 1, DecodeLimits.MOST_PIXELS, Math.min(PIXEL_BUDGET, heapPixels)),
                (int) Math.min(MOST_FILE_BYTES, heap / HEAP_FOR_FILES),
                Duration.ofMillis(number(Setting.MISSING_GRACE, 0, 600_000, 0)));
        Duration grace = Duration.ofSeconds(number(Setting.GRACE, 0, 3_600, 0));
        Set<String> buckets = buckets();
        String id = workerId();
        if (!problems.isEmpty() || store.isEmpty()) {
            return new Misconfigured(problems);
        }
        return new Configured(new WorkerConfig(
                models,
                engine,
                pass,
                kafka,
                store.orElseThrow(),
                buckets,
                id,
                http,
                consumers,
                window,
                batch,
                threads,
                limits,
                grace));
    }

    /** One on a card; on CPUs the cores shared out. */
    private int passesAtOnce(Engine engine) {
        boolean onnxOnCard = engine != Engine.DL4J && OnnxRuntimeEngine.isOnCard();
        boolean dl4jOnCard = engine != Engine.ONNX_RUNTIME && CpuBackend.isOnCard();
        if (onnxOnCard || dl4jOnCard) {
            return 1;
        }
        return PassThreads.passesAtOnce(environment.getOrDefault(PassThreads.VARIABLE, ""));
    }

    private WorkerConfig.Models models(Engine engine) {
        Optional<Path> folder = text(Setting.MODEL).map(Path::of);
        if (engine == Engine.NONE && folder.isEmpty()) {
            problem(Setting.MODEL, "is not set: the engine " + Engine.NONE.configName() + " needs one to be like");
        }
        return new WorkerConfig.Models(
                folder,
                (int) number(Setting.MODEL_VERSIONS, 3, 64, 0),
                Duration.ofSeconds(number(Setting.WARM_UP_LIMIT, 1, 86_400, 0)));
    }

    private Engine engine() {
        String name = text(Setting.ENGINE).orElse("");
        return Engine.named(name).orElseGet(() -> {
            problem(Setting.ENGINE, "is '" + name + "': write one of " + Engine.names());
            return Engine.AUTO;
        });
    }

    private Map<String, Object> kafka() {
        Map<String, Object> kafka = new HashMap<>();
        text(Setting.KAFKA_PROPERTIES)
                .map(Path::of)
                .flatMap(path -> properties(Setting.KAFKA_PROPERTIES, path))
                .ifPresent(properties -> properties
                        .stringPropertyNames()
                        .forEach(name -> kafka.put(name, properties.getProperty(name))));
        text(Setting.KAFKA).ifPresent(brokers -> kafka.put("bootstrap.servers", brokers));
        return kafka;
    }

    private Optional<ObjectStoreConnection> store() {
        Optional<String> accessKey = text(Setting.S3_ACCESS_KEY);
        Optional<String> secretKey = text(Setting.S3_SECRET_KEY).or(this::secretKeyInFile);
        if (secretKey.isEmpty()) {
            problems.add(Setting.S3_SECRET_KEY.variable() + " is not set, nor a file in "
                    + Setting.S3_SECRET_KEY_FILE.variable() + ": set one of them");
        }
        if (accessKey.isEmpty() || secretKey.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObjectStoreConnection(
                    text(Setting.S3).orElse(""),
                    accessKey.orElseThrow(),
                    secretKey.orElseThrow(),
                    text(Setting.S3_SESSION_TOKEN),
                    text(Setting.S3_CERTIFICATES).map(file -> TrustedCertificates.read(Path.of(file))),
                    text(Setting.S3_REGION).orElse("")));
        } catch (UnreadableCertificatesException e) {
            problem(Setting.S3_CERTIFICATES, "does not hold: " + e.getMessage());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            problem(Setting.S3, "does not hold: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> secretKeyInFile() {
        return text(Setting.S3_SECRET_KEY_FILE).flatMap(file -> {
            try {
                String key = Files.readString(Path.of(file)).strip();
                if (key.isEmpty()) {
                    problem(Setting.S3_SECRET_KEY_FILE, "names the file " + file + ", which is empty");
                }
                return Optional.of(key).filter(text -> !text.isEmpty());
            } catch (IOException e) {
                problem(Setting.S3_SECRET_KEY_FILE, "names the file " + file + ", which cannot be read: " + e);
                return Optional.empty();
            }
        });
    }

    private Set<String> buckets() {
        Set<String> buckets = new TreeSet<>();
        for (String bucket : text(Setting.BUCKETS).orElse("").split(",", -1)) {
            if (!bucket.isBlank()) {
                buckets.add(bucket.strip());
            }
        }
        if (buckets.isEmpty()) {
            problem(Setting.BUCKETS, "names no bucket: write at least one");
        }
        return buckets;
    }

    private String workerId() {
        String id = text(Setting.WORKER_ID).orElseGet(ConfigReader::hostAndProcess);
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            problem(Setting.WORKER_ID, "is '" + id + "': write letters, digits, '.', '_' and '-'");
        }
        return id;
    }

    private static String hostAndProcess() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "worker";
        }
        return host + "-" + ProcessHandle.current().pid();
    }

    /** A whole number within bounds; a setting without a default of its own takes the other. */
    private long number(Setting setting, long least, long most, long otherwise) {
        Optional<String> text = text(setting);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.orElseThrow());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of bounds.
        }
        problem(setting, "is '" + text.orElseThrow() + "': write a whole number from " + least + " to " + most);
        return otherwise;
    }

    private Optional<String> text(Setting setting) {
        Optional<String> text = Optional.ofNullable(flags.get(setting))
                .or(() -> Optional.ofNullable(environment.get(setting.variable())))
                .or(() -> Optional.ofNullable(file.get(setting)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .or(setting::defaultValue);
        if (text.isEmpty()) {
            problem(setting, "is not set: it has no default");
        }
        return text.filter(value -> !value.isEmpty());
    }

    private void problem(Setting setting, String what) {
        problems.add(setting.flag() + " (" + setting.variable() + ") " + what);
    }
}
