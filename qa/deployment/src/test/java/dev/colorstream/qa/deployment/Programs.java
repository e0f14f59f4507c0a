package dev.colorstream.qa.deployment;

import dev.colorstream.connection.ConnectionNames;
import dev.colorstream.dashboard.DashboardMain;
import dev.colorstream.dashboard.page.Binding;
import dev.colorstream.dashboard.state.BoundedRocksDb;
import dev.colorstream.local.childjvm.ClassPath;
import dev.colorstream.local.launcher.Machine;
import dev.colorstream.local.launcher.Service;
import dev.colorstream.producertools.ColorstreamCli;
import dev.colorstream.trainer.TrainerMain;
import dev.colorstream.worker.configuration.ConfigOutcome.Misconfigured;
import dev.colorstream.worker.configuration.ConfigReader;
import dev.colorstream.worker.configuration.Setting;
import dev.colorstream.worker.status.Health;
import dev.colorstream.worker.status.StatusServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What the programs in the images are, told by themselves: their real options, settings, paths and limits.
 *
 * @param root the repository's root
 */
record Programs(Path root) {
    /** What the memory limit leaves for the JVM's own code, threads and buffers, beside heap and native memory. */
    private static final long HEADROOM = 256L << 20;

    /** Stands for a value that is not in the files, a secret above all. */
    static final String FROM_ELSEWHERE = "from-elsewhere-and-long";

    /** NVIDIA's container runtime reads these, not the program. */
    private static final Set<String> OF_THE_CONTAINER_RUNTIME =
            Set.of("NVIDIA_VISIBLE_DEVICES", "NVIDIA_DRIVER_CAPABILITIES");

    private static final Pattern VARIABLE_IN_ARGUMENT = Pattern.compile("\\$\\((\\w+)\\)");
    private static final String OWN = "colorstream/";

    /** What the profiles cuda and cuda-ort add to an image's name. */
    private static final String FOR_CARDS = "(-gpu(-ort)?)";

    private static final String OF_IMAGES = "/app/";
    private static final String MODELS = OF_IMAGES + "models/";
    private static final int NOT_FOUND = 404;

    /** Our service in an image, where the image is one that the build makes. */
    Optional<Service> service(String image) {
        return Optional.of(image).filter(builtImages()::contains).map(ours -> Service.ofModule(module(ours)));
    }

    private static String module(String image) {
        return image.substring(OWN.length()).replaceFirst(FOR_CARDS + "?:.*", "");
    }

    /** What is wrong with the name of an image: ours must be one that the build makes, others' must tell a version. */
    List<String> imageProblems(String image) {
        if (!image.matches(".+:[^/]+") || image.endsWith(":latest")) {
            return List.of("the image " + image + " has no version");
        }
        return image.startsWith(OWN) && !builtImages().contains(image)
                ? List.of("the image " + image + " is none that the build makes: " + builtImages())
                : List.of();
    }

    /** The images of {@code mvn -Pimages}, with and without the profiles for cards, as the poms say. */
    Set<String> builtImages() {
        String parent = read(root.resolve("pom.xml"));
        String pattern = first(parent, "<to><image>(.+?)</image></to>");
        String version = first(parent, "<artifactId>colorstream</artifactId>\\s*<version>(.+?)</version>");
        List<String> suffixes = new ArrayList<>(List.of(""));
        suffixes.addAll(matches(parent, "<image.suffix>" + FOR_CARDS + "</image.suffix>"));
        Set<String> images = new TreeSet<>();
        for (String module : matches(parent, "<module>(.+?)</module>")) {
            String pom = read(root.resolve(module).resolve("pom.xml"));
            if (pom.contains("<artifactId>jib-maven-plugin</artifactId>")) {
                for (String suffix : pom.contains("<image.suffix/>") ? List.of("") : suffixes) {
                    images.add(pattern.replace("${project.artifactId}", module)
                            .replace("${image.suffix}", suffix)
                            .replace("${project.version}", version));
                }
            }
        }
        return images;
    }

    /** What is wrong with a container's variables, but for their values. */
    List<String> variableProblems(String image, Set<String> names, List<String> arguments) {
        Set<String> known = new TreeSet<>();
        Optional<Service> service = service(image);
        if (service.isEmpty()) {
            return image.startsWith("apache/kafka:") ? kafkaProblems(names) : List.of();
        } else if (service.orElseThrow() == Service.WORKER) {
            Arrays.stream(Setting.values()).map(Setting::variable).forEach(known::add);
        } else if (service.orElseThrow() == Service.DASHBOARD) {
            known.addAll(dashboardVariables());
        } else {
            known.addAll(Set.of(
                    ConnectionNames.KAFKA_VARIABLE,
                    ConnectionNames.KAFKA_PROPERTIES_VARIABLE,
                    ConnectionNames.S3_VARIABLE,
                    ConnectionNames.S3_REGION_VARIABLE,
                    ConnectionNames.S3_ACCESS_KEY_VARIABLE,
                    ConnectionNames.S3_SECRET_KEY_VARIABLE,
                    ConnectionNames.S3_SECRET_KEY_FILE_VARIABLE));
        }
        known.addAll(OF_THE_CONTAINER_RUNTIME);
        arguments.forEach(argument -> known.addAll(matches(argument, VARIABLE_IN_ARGUMENT.pattern())));
        return names.stream()
                .filter(name -> !known.contains(name))
                .map(name -> image + " knows no variable " + name)
                .toList();
    }

    /** Whether a broker knows a setting of this name. */
    static boolean isKafkaSetting(String name) {
        return AbstractKafkaConfig.CONFIG_DEF.names().contains(name);
    }

    private static List<String> kafkaProblems(Set<String> names) {
        return names.stream()
                .filter(name -> !name.equals("KAFKA_HEAP_OPTS"))
                .filter(name -> !name.startsWith("KAFKA_")
                        || !isKafkaSetting(name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.')))
                .map(name -> "Kafka has no setting " + name)
                .toList();
    }

    /** What a worker says to these values. */
    List<String> workerProblems(Map<String, String> variables) {
        List<String> problems = new ArrayList<>();
        if (ConfigReader.read(new String[0], variables) instanceof Misconfigured wrong) {
            problems.addAll(wrong.problems());
        }
        Optional.ofNullable(variables.get(Setting.MODEL.variable()))
                .ifPresent(model -> problems.addAll(modelProblems(model)));
        if (!variables.getOrDefault(Setting.HTTP_HOST.variable(), "").equals("0.0.0.0")) {
            problems.add(Setting.HTTP_HOST.variable() + " must be 0.0.0.0: probes come from outside the container");
        }
        return problems;
    }

    /** What is wrong with the folder of a model version in the images of the worker and the trainer. */
    private List<String> modelProblems(String folder) {
        return folder.startsWith(MODELS) && Files.isDirectory(root.resolve(folder.substring(OF_IMAGES.length())))
                ? List.of()
                : List.of("the model version " + folder + " is not in the image");
    }

    /** The variables that the dashboard's own help names. */
    private static Set<String> dashboardVariables() {
        Set<String> variables = new TreeSet<>();
        DashboardMain.commandLine()
                .getCommandSpec()
                .options()
                .forEach(option ->
                        variables.addAll(matches(String.join(" ", option.description()), "\\$(COLORSTREAM_\\w+)")));
        return variables;
    }

    /** What a dashboard says to these values. */
    static List<String> dashboardProblems(Map<String, String> variables) {
        List<String> problems = new ArrayList<>();
        String host = variables.getOrDefault("COLORSTREAM_HTTP_HOST", "");
        if (!host.equals("0.0.0.0")) {
            problems.add("COLORSTREAM_HTTP_HOST must be 0.0.0.0: probes come from outside the container");
        }
        try {
            int port = Integer.parseInt(variables.getOrDefault("COLORSTREAM_HTTP_PORT", ""));
            boolean tlsBefore = Boolean.parseBoolean(variables.get("COLORSTREAM_TLS_BEFORE"));
            Optional<String> token = Optional.ofNullable(variables.get("COLORSTREAM_DASHBOARD_TOKEN"));
            var unused = new Binding(host, port, token, Optional.empty(), tlsBefore);
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return problems;
    }

    /** What a program says to its arguments. */
    List<String> argumentProblems(String image, List<String> arguments) {
        Optional<Service> service = service(image);
        if (service.isEmpty()) {
            return List.of();
        }
        if (service.orElseThrow() == Service.WORKER || service.orElseThrow() == Service.DASHBOARD) {
            return arguments.isEmpty() ? List.of() : List.of(image + " is set by variables");
        }
        CommandLine program =
                service.orElseThrow() == Service.TRAINER ? TrainerMain.commandLine() : ColorstreamCli.commandLine();
        try {
            CommandLine.ParseResult parsed = program.parseArgs(arguments.toArray(String[]::new));
            if (!parsed.hasSubcommand()) {
                return List.of(image + " is given no command");
            }
            return arguments.stream()
                    .filter(argument -> argument.startsWith(OF_IMAGES))
                    .flatMap(argument -> modelProblems(argument).stream())
                    .toList();
        } catch (ParameterException e) {
            return List.of(image + ": " + e.getMessage());
        }
    }

    /** Whether a service answers on this path. */
    List<String> pathProblems(Service service, String path) {
        if (service == Service.WORKER) {
            return workerPathProblems(path);
        }
        String server = read(root.resolve("dashboard/src/main/java/dev/colorstream/dashboard/page/PageServer.java"));
        return matches(server, "config\\.routes\\.get\\(\\s*\"(/[^\"]+)\"").contains(path)
                ? List.of()
                : List.of("a dashboard has no path " + path);
    }

    private static List<String> workerPathProblems(String path) {
        try (StatusServer server = new StatusServer("127.0.0.1", 0, new Health(), () -> "")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .build();
            int status = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status == NOT_FOUND ? List.of("a worker has no path " + path) : List.of();
        } catch (IOException e) {
            return List.of("a worker does not answer on " + path + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether heap, native memory and headroom fit a memory limit, with the flags that the JVM gets under it. */
    static List<String> memoryProblems(Service service, int processors, long limit) {
        List<String> flags = service.command(
                        new ClassPath(List.of()), new Machine(processors, limit, true), List.of(), Map.of())
                .jvmFlags();
        long heap = number(flags, "-Xmx(\\d+)m") << 20;
        long process = service == Service.PRODUCER_TOOLS
                ? 0
                : service == Service.DASHBOARD
                        ? BoundedRocksDb.ALL
                        : number(flags, "-Dorg.bytedeco.javacpp.maxphysicalbytes=(\\d+)");
        return heap + process + HEADROOM <= limit
                ? List.of()
                : List.of("a memory limit of " + limit + " is less than the heap's " + heap + " and " + process
                        + " with native memory, and " + HEADROOM + " of headroom");
    }

    /** The names of our metrics in the form of Prometheus, without their suffixes. */
    Set<String> metrics() {
        Set<String> metrics = new TreeSet<>();
        for (String module : List.of("worker", "storage", "dashboard")) {
            try (Stream<Path> sources = Files.walk(root.resolve(module).resolve("src/main"))) {
                sources.filter(Files::isRegularFile)
                        .flatMap(source -> matches(read(source), "\"(colorstream(?:\\.[a-z]+)+)\"").stream())
                        .forEach(name -> metrics.add(name.replace('.', '_')));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return metrics;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String first(String text, String pattern) {
        return matches(text, pattern).get(0);
    }

    private static long number(List<String> flags, String pattern) {
        return flags.stream()
                .map(Pattern.compile(pattern)::matcher)
                .filter(Matcher::matches)
                .map(match -> Long.parseLong(match.group(1)))
                .findFirst()
                .orElseThrow();
    }
}
