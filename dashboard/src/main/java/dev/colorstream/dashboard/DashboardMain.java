package dev.colorstream.dashboard;

import dev.colorstream.connection.ConnectionFailedException;
import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.contract.topic.BrokerUnavailableException;
import dev.colorstream.dashboard.Dashboard.Surroundings;
import dev.colorstream.dashboard.page.Binding;
import dev.colorstream.dashboard.page.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the dashboard. Once the page answers it prints {@code READY dashboard=<url> http=<port>}; it ends by SIGTERM. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows jobs, photos and models on a web page.")
public final class DashboardMain implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    @Option(
            names = "--http-host",
            paramLabel = "HOST",
            defaultValue = "${env:COLORSTREAM_HTTP_HOST:-127.0.0.1}",
            description = "Address of the page; any but this machine's own needs a token and TLS. Else"
                    + " $$COLORSTREAM_HTTP_HOST, else 127.0.0.1.")
    private String host = "";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "${env:COLORSTREAM_HTTP_PORT:-8080}",
            description = "Port of the page; 0 is a free one. Else $$COLORSTREAM_HTTP_PORT, else 8080.")
    private int port;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "${env:COLORSTREAM_DASHBOARD_TOKEN_FILE}",
            description =
                    "File that holds the token that the page asks for; else $$COLORSTREAM_DASHBOARD_TOKEN_FILE, else"
                            + " the token itself in $$COLORSTREAM_DASHBOARD_TOKEN.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--tls-keystore",
            paramLabel = "FILE",
            defaultValue = "${env:COLORSTREAM_TLS_KEYSTORE}",
            description = "PKCS12 file with the page's key and certificates; else $$COLORSTREAM_TLS_KEYSTORE.")
    private @Nullable Path keystore;

    @Option(
            names = "--tls-keystore-password-file",
            paramLabel = "FILE",
            defaultValue = "${env:COLORSTREAM_TLS_KEYSTORE_PASSWORD_FILE}",
            description = "File that holds its password; else $$COLORSTREAM_TLS_KEYSTORE_PASSWORD_FILE.")
    private @Nullable Path keystorePassword;

    @Option(
            names = "--tls-before",
            defaultValue = "${env:COLORSTREAM_TLS_BEFORE:-false}",
            description = "Something before the page, an ingress for example, ends TLS; else $$COLORSTREAM_TLS_BEFORE.")
    private boolean tlsBefore;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = "${env:COLORSTREAM_DASHBOARD_STATE:-dashboard-state}",
            description = "Where the state lies; what is lost there is read from Kafka again. Else"
                    + " $$COLORSTREAM_DASHBOARD_STATE, else dashboard-state.")
    private Path state = Path.of("");

    @Option(
            names = "--retention-days",
            paramLabel = "DAYS",
            defaultValue = "${env:COLORSTREAM_RETENTION_DAYS:-30}",
            description = "Photos and jobs that did not change for so long are forgotten; else"
                    + " $$COLORSTREAM_RETENTION_DAYS, else 30.")
    private int retentionDays;

    private final Map<String, String> environment = System.getenv();

    private DashboardMain() {}

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) {
        int exitCode = commandLine().execute(arguments);
        System.exit(exitCode);
    }

    /** Its options, each with the variable that stands in for it. */
    public static CommandLine commandLine() {
        return new CommandLine(new DashboardMain());
    }

    @Override
    public Integer call() throws InterruptedException {
        Dashboard dashboard;
        Binding binding;
        try {
            binding = binding();
            dashboard = new Dashboard(
                    new Surroundings(
                            connections.kafka(environment).clientProperties(),
                            connections.store(environment),
                            state,
                            Duration.ofDays(retentionDays),
                            binding),
                    Clock.systemUTC());
        } catch (IllegalArgumentException
                | IOException
                | ConnectionFailedException
                | StartRefusedException
                | BrokerUnavailableException e) {
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getErr()
                    .println("colorstream: the dashboard cannot start: " + e.getMessage());
            return ExitCode.USAGE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(dashboard::close, "ending"));
        System.out.println("READY dashboard=" + binding.url(dashboard.port()) + " http=" + dashboard.port());
        System.out.flush();
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private Binding binding() throws IOException {
        Optional<Tls> tls = keystore == null
                ? Optional.empty()
                : Optional.of(new Tls(keystore, secret(keystorePassword, "").orElse("")));
        return new Binding(host, port, secret(tokenFile, "COLORSTREAM_DASHBOARD_TOKEN"), tls, tlsBefore);
    }

    private Optional<String> secret(@Nullable Path file, String variable) throws IOException {
        if (file != null) {
            return Optional.of(Files.readString(file).strip());
        }
        return Optional.ofNullable(environment.get(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
