package dev.colorstream.local.launcher;

import dev.colorstream.contract.model.ModelManifest;
import dev.colorstream.local.childjvm.ChildJvm;
import dev.colorstream.local.childjvm.ChildNotReadyException;
import dev.colorstream.local.childjvm.DirectoryLock;
import dev.colorstream.local.childjvm.ForegroundJvm;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Colors photos with the whole system on this machine. */
@Command(
        name = "local",
        mixinStandardHelpOptions = true,
        description = {
            "Starts Kafka, S3 and a worker on this machine, colors the photos and ends them all;",
            "with --keep-running it starts the dashboard, too, and goes on.",
            "Data lies in ~/.colorstream, or in the folder that COLORSTREAM_HOME names.",
            "The exit status is 0 only if every photo was colored."
        })
final class LocalCommand implements Callable<Integer> {
    private static final DateTimeFormatter JOB_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--root", required = true, hidden = true)
    private Path root = Path.of("");

    @Option(names = "--home", hidden = true, defaultValue = "${env:COLORSTREAM_HOME:-${sys:user.home}/.colorstream}")
    private Path home = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "colorized",
            description = "Where the color photos go; default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = {
                "Folder of the model version to serve from now on;",
                "default: the one served before, at first the newest in models/."
            })
    private @Nullable Path model;

    @Option(
            names = "--keep-running",
            description =
                    "Go on until Ctrl-C, for more photos from other terminals; photos that earlier runs left unfinished are colored too.")
    private boolean keepRunning;

    @Option(
            names = "--dashboard-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the dashboard's page; default: a free one.")
    private int dashboardPort;

    @Option(names = "--no-dashboard", description = "Leave the dashboard out of --keep-running.")
    private boolean noDashboard;

    @Parameters(paramLabel = "PATH", description = "Photos, folders and zip archives; default: samples/.")
    private List<Path> paths = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        List<Path> photos = paths.isEmpty() ? List.of(root.resolve("samples")) : paths;
        for (Path photo : photos) {
            if (!Files.exists(photo)) {
                throw new ParameterException(spec().commandLine(), "There is no " + photo);
            }
        }
        Path version = model == null ? new ShippedModels(root.resolve("models")).newest() : model.toAbsolutePath();
        ModelManifest manifest = ShippedModels.manifest(version);
        try (var lock = takeHome()) {
            return run(lock.directory(), version, manifest, photos);
        }
    }

    private DirectoryLock takeHome() {
        try {
            return DirectoryLock.take(home.toAbsolutePath());
        } catch (UncheckedIOException e) {
            throw new UncheckedIOException(
                    e.getMessage() + ": name one that can be written by COLORSTREAM_HOME", e.getCause());
        }
    }

    private int run(Path directory, Path version, ModelManifest manifest, List<Path> photos) throws Exception {
        say("Starting Kafka and S3 in " + directory + " ...");
        try (var system = new LocalSystem(root.toAbsolutePath(), directory)) {
            system.provision();
            if (!keepRunning) {
                skipUnfinishedWork(system);
            }
            say("Starting a worker ...");
            if (model == null) {
                trainer(system, "publish", "--if-none-served", version.toString());
            } else {
                trainer(system, "publish", version.toString());
                trainer(system, "promote", manifest.version().value());
            }
            ChildJvm worker = system.startWorker();
            Optional<ChildJvm> dashboard = startDashboard(system);
            // A job of its own: what an earlier run asked for may have been left aside.
            var upload = new ArrayList<>(
                    List.of("upload", "--await", "--table", "--out", out.toString(), "--job", newJob()));
            photos.forEach(photo -> upload.add(photo.toString()));
            int status = await(system, worker, upload);
            if (keepRunning && worker.isAlive() && !system.isClosed()) {
                tellAddresses(system, worker, dashboard);
                worker.exit().join();
                return system.isClosed() ? status : workerEnded(worker);
            }
            return status;
        }
    }

    /** Runs a command of the trainer, which says what the channels serve. */
    private static void trainer(LocalSystem system, String... words) {
        try (ForegroundJvm command = system.startTool(Service.TRAINER, List.of(words))) {
            if (command.exit().join() != 0) {
                throw new IllegalStateException("The model version cannot be served: see above");
            }
        }
    }

    private static String newJob() {
        return "local-" + JOB_TIME.format(Clock.systemUTC().instant());
    }

    /** Waits for a tool's exit status; gives it up if the worker ends before it. */
    private int await(LocalSystem system, ChildJvm worker, List<String> arguments) {
        try (ForegroundJvm tool = system.startTool(Service.PRODUCER_TOOLS, arguments)) {
            CompletableFuture<Integer> toolExit = tool.exit();
            CompletableFuture.anyOf(toolExit, worker.exit()).join();
            if (toolExit.isDone() || system.isClosed()) {
                return toolExit.join();
            }
        }
        return workerEnded(worker);
    }

    private int workerEnded(ChildJvm worker) {
        spec().commandLine().getErr().println("colorstream: the worker ended by itself. " + worker.lastWords());
        return ExitCode.SOFTWARE;
    }

    private void skipUnfinishedWork(LocalSystem system) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", system.kafka()))) {
            var unfinished = new UnfinishedWork(admin);
            long count = unfinished.count();
            if (count > 0) {
                say("Leaving aside " + count + " photos that an earlier run did not finish"
                        + " (with --keep-running they are colored) ...");
                unfinished.skip();
            }
        }
    }

    /** Photos get their colors without the page, too; a run that ends by itself has none to look at it. */
    private Optional<ChildJvm> startDashboard(LocalSystem system) {
        if (noDashboard || !keepRunning) {
            return Optional.empty();
        }
        try {
            ChildJvm dashboard = system.startDashboard(dashboardPort);
            say("The dashboard is at " + dashboard.fact("dashboard"));
            return Optional.of(dashboard);
        } catch (ChildNotReadyException e) {
            say("Going on without the dashboard: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void tellAddresses(LocalSystem system, ChildJvm worker, Optional<ChildJvm> dashboard) {
        say("");
        dashboard.ifPresent(page -> say("Drop photos on the page " + page.fact("dashboard")));
        say("Running until Ctrl-C; the worker's state is at http://127.0.0.1:" + worker.fact("http") + "/metrics .");
        say("For more photos, in another terminal:");
        new TreeMap<>(system.environment()).forEach((name, value) -> say("  export " + name + "=" + value));
        say("  " + root.resolve("colorstream") + " upload --await --out colorized PHOTO...");
    }

    private void say(String line) {
        PrintWriter terminal = spec().commandLine().getOut();
        terminal.println(line);
        terminal.flush();
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}
