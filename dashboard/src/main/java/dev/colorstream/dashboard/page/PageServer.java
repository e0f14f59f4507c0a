package dev.colorstream.dashboard.page;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.json.MalformedJsonException;
import dev.colorstream.dashboard.state.JobView;
import dev.colorstream.dashboard.state.LiveState;
import dev.colorstream.dashboard.state.PhotoState;
import dev.colorstream.dashboard.state.PhotoStatus;
import dev.colorstream.dashboard.state.StateNotReadyException;
import dev.colorstream.dashboard.study.Studies;
import dev.colorstream.dashboard.upload.KafkaUnavailableException;
import dev.colorstream.dashboard.upload.Uploads;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.objectstore.ObjectStore;
import dev.colorstream.storage.objectstore.StoreUnavailableException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: the page, its API, {@code /livez}, {@code /readyz} and {@code /metrics}. */
public final class PageServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    private static final String CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final Set<HandlerType> READS = Set.of(HandlerType.GET, HandlerType.HEAD);
    private static final int MAX_LIMIT = 200;
    private static final int LISTED_JOBS = 200;

    private final LiveState state;
    private final Uploads uploads;
    private final StudyRoutes studies;
    private final PhotoFiles files;
    private final ModelRegistry registry;
    private final Access access;
    private final Clock clock;
    private final Probes probes;
    private final Templates templates = new Templates();
    private final LiveProgress progress;
    private final Javalin server;

    /**
     * What tells of the process itself.
     *
     * @param metrics in the text form of Prometheus
     */
    public record Probes(BooleanSupplier alive, BooleanSupplier ready, Supplier<String> metrics) {}

    /** Starts it. */
    public PageServer(
            Binding binding,
            LiveState state,
            Uploads uploads,
            Studies studies,
            ObjectStore store,
            Clock clock,
            Probes probes) {
        this.state = state;
        this.uploads = uploads;
        this.studies = new StudyRoutes(studies, uploads, UploadRoutes.MAX_PHOTO);
        this.files = new PhotoFiles(store);
        this.registry = new ModelRegistry(store, Buckets.MODELS);
        this.access = new Access(binding.token(), binding.isLoopback());
        this.clock = clock;
        this.probes = probes;
        this.progress = new LiveProgress(state);
        server = Javalin.create(config -> configure(config, binding)).start();
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        progress.close();
        server.stop();
    }

    private void configure(JavalinConfig config, Binding binding) {
        config.startup.showJavalinBanner = false;
        config.jetty.host = binding.host();
        config.jetty.port = binding.port();
        binding.tls()
                .ifPresent(tls -> config.jetty.addConnector(
                        (jetty, plain) -> tls.connector(jetty, plain, binding.host(), binding.port())));
        config.staticFiles.add(files -> {
            files.hostedPath = "/assets";
            files.directory = "dev/colorstream/dashboard/assets";
            files.location = Location.CLASSPATH;
        });
        config.staticFiles.add(files -> {
            files.hostedPath = "/libraries";
            files.directory = "META-INF/resources/webjars";
            files.location = Location.CLASSPATH;
        });
        config.routes.before(this::guard);
        page(config, "/", "home");
        page(config, "/jobs", "jobs");
        page(config, "/models", "models");
        page(config, "/studies", "studies");
        config.routes.get("/studies/{id}", request -> html(request, "study", Map.of("study", request.pathParam("id"))));
        config.routes.get(
                "/studies/{id}/results", request -> html(request, "results", Map.of("study", request.pathParam("id"))));
        studies.add(config);
        config.routes.get("/jobs/{id}", request -> html(request, "job", Map.of("job", request.pathParam("id"))));
        config.routes.get("/login", request -> html(request, "login", Map.of("wrong", false)));
        config.routes.post("/login", request -> logIn(request, binding));
        config.routes.get("/api/jobs", request -> Answers.json(request, ApiJson.jobs(newestJobs())));
        new UploadRoutes(uploads).add(config);
        config.routes.get("/api/jobs/{id}", this::job);
        config.routes.get("/api/models", request -> Answers.json(request, ApiJson.models(state, clock.instant())));
        config.routes.get("/api/versions", request -> Answers.json(request, ApiJson.versions(registry.list())));
        config.routes.get("/api/results", this::results);
        config.routes.post("/api/replay", this::replay);
        config.routes.get("/api/photos/gray", request -> photo(request, PhotoFiles.Side.GRAY));
        config.routes.get("/api/photos/color", request -> photo(request, PhotoFiles.Side.COLOR));
        config.routes.sse("/api/events", progress::add);
        config.routes.get("/api/openapi.json", PageServer::openApi);
        config.routes.get("/livez", request -> probe(request, probes.alive(), "alive"));
        config.routes.get("/readyz", request -> probe(request, probes.ready(), "ready"));
        config.routes.get(
                "/metrics",
                request -> request.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(probes.metrics().get()));
        config.routes.exception(StateNotReadyException.class, (e, request) -> {
            request.header("Retry-After", "2");
            Answers.problem(request, 503, String.valueOf(e.getMessage()));
        });
        config.routes.exception(StoreUnavailableException.class, (e, request) -> {
            LOG.warn("The store does not answer", e);
            Answers.problem(request, 503, "the photo store does not answer; try again soon");
        });
        config.routes.exception(KafkaUnavailableException.class, (e, request) -> {
            LOG.warn("Kafka does not answer", e);
            Answers.problem(request, 503, "Kafka does not answer; try again soon");
        });
        config.routes.exception(
                IllegalArgumentException.class,
                (e, request) -> Answers.problem(request, 400, String.valueOf(e.getMessage())));
        config.routes.exception(
                MalformedJsonException.class,
                (e, request) -> Answers.problem(request, 400, String.valueOf(e.getMessage())));
    }

    private void page(JavalinConfig config, String path, String name) {
        config.routes.get(path, request -> html(request, name, Map.of()));
    }

    private void guard(Context request) {
        request.header("Content-Security-Policy", CSP);
        request.header("X-Content-Type-Options", "nosniff");
        request.header("Referrer-Policy", "no-referrer");
        request.header("Cross-Origin-Opener-Policy", "same-origin");
        request.header("Cross-Origin-Resource-Policy", "same-origin");
        String path = request.path();
        boolean open = path.equals("/livez")
                || path.equals("/readyz")
                || path.equals("/metrics")
                || path.equals("/login")
                || path.startsWith("/assets/");
        if (!access.isOfThisMachine(request) && !open) {
            stop(request, 403, "this page answers to localhost alone");
        } else if (!open && !access.isKnown(request)) {
            if (path.startsWith("/api/")) {
                stop(request, 401, "send the token: Authorization: Bearer TOKEN");
            } else {
                request.redirect("/login");
                request.skipRemainingHandlers();
            }
        } else if (!open && !READS.contains(request.method()) && !access.mayChange(request)) {
            stop(request, 403, "the page's mark is missing: reload the page");
        }
    }

    private static void stop(Context request, int status, String message) {
        Answers.problem(request, status, message);
        request.skipRemainingHandlers();
    }

    private void html(Context request, String page, Map<String, Object> values) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put("mark", access.mark());
        all.put("page", page);
        request.header("Cache-Control", "no-store");
        request.html(templates.page(page, all));
    }

    private void logIn(Context request, Binding binding) {
        Optional<String> session = access.sessionFor(
                Optional.ofNullable(request.formParam("token")).orElse(""));
        if (session.isEmpty()) {
            request.status(403);
            html(request, "login", Map.of("wrong", true));
            return;
        }
        request.cookie(new Cookie(
                Access.SESSION_COOKIE,
                session.orElseThrow(),
                "/",
                -1,
                binding.isSecure(),
                true,
                null,
                SameSite.STRICT));
        request.redirect("/");
    }

    private List<JobView> newestJobs() {
        List<JobView> jobs = state.jobs();
        return jobs.subList(0, Math.min(LISTED_JOBS, jobs.size()));
    }

    private void job(Context request) {
        Optional<JobView> job = state.job(request.pathParam("id"));
        if (job.isPresent()) {
            Answers.json(request, ApiJson.job(job.orElseThrow()));
        } else {
            Answers.problem(request, 404, "no such job, or its time of retention is over");
        }
    }

    private void results(Context request) {
        String job = Optional.ofNullable(request.queryParam("job"))
                .orElseThrow(() -> new IllegalArgumentException("'job' is missing: name the job"));
        String status = Optional.ofNullable(request.queryParam("status")).orElse("colored");
        int limit = Integer.parseInt(
                Optional.ofNullable(request.queryParam("limit")).orElse("48"));
        PhotoStatus wanted = PhotoStatus.ofWireName(status)
                .orElseThrow(() ->
                        new IllegalArgumentException("'status' is " + status + ": write waiting, colored or failed"));
        Answers.json(
                request,
                ApiJson.photos(state.photos(
                        job,
                        wanted,
                        Optional.ofNullable(request.queryParam("after")),
                        Math.max(1, Math.min(limit, MAX_LIMIT)))));
    }

    private Optional<PhotoState> asked(Context request) {
        return Optional.ofNullable(request.queryParam("request"))
                .map(RequestId::new)
                .flatMap(state::photo);
    }

    private void replay(Context request) {
        asked(request)
                .flatMap(PhotoState::request)
                .ifPresentOrElse(
                        wanted -> {
                            uploads.replay(wanted);
                            Answers.json(
                                    request,
                                    JsonObject.create()
                                            .put("request", wanted.id().value()));
                        },
                        () -> Answers.problem(request, 404, "no request is known that could be sent again"));
    }

    private void photo(Context request, PhotoFiles.Side side) throws IOException {
        Optional<ObjectAddress> address = asked(request).flatMap(known -> PhotoFiles.address(known, side));
        if (address.isPresent()) {
            files.send(request, address.orElseThrow());
        } else {
            Answers.problem(request, 404, "no such photo");
        }
    }

    private static void openApi(Context request) throws IOException {
        try (InputStream document = PageServer.class.getResourceAsStream("/dev/colorstream/dashboard/openapi.json")) {
            request.contentType("application/json");
            request.result(new String(Objects.requireNonNull(document).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void probe(Context request, BooleanSupplier holds, String name) {
        boolean well = holds.getAsBoolean();
        request.status(well ? 200 : 503).contentType("text/plain; charset=utf-8");
        request.result((well ? "" : "not ") + name + "\n");
    }
}
