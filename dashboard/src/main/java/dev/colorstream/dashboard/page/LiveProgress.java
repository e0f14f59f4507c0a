package dev.colorstream.dashboard.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.dashboard.state.JobView;
import dev.colorstream.dashboard.state.LiveState;
import dev.colorstream.dashboard.state.StateNotReadyException;
import io.javalin.http.sse.SseClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells browsers of jobs as they change, as server-sent events. */
final class LiveProgress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveProgress.class);
    private static final long PERIOD_MS = 400;
    private static final int LISTED = 50;

    private final LiveState state;
    private final Map<SseClient, Listener> listeners = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "live-progress");
        thread.setDaemon(true);
        return thread;
    });

    LiveProgress(LiveState state) {
        this.state = state;
        var unused = clock.scheduleWithFixedDelay(this::tellAll, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /** Tells this browser from now on: of the job that it names, or of all. */
    void add(SseClient client) {
        client.keepAlive();
        Listener listener =
                new Listener(client, Optional.ofNullable(client.ctx().queryParam("job")));
        client.onClose(() -> listeners.remove(client));
        listeners.put(client, listener);
    }

    private void tellAll() {
        try {
            listeners.values().forEach(listener -> listener.tell(state));
        } catch (StateNotReadyException e) {
            LOG.debug("No progress to tell yet", e);
        } catch (RuntimeException e) {
            LOG.warn("Progress could not be told", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        listeners.keySet().forEach(SseClient::close);
    }

    private static final class Listener {
        private final SseClient client;
        private final Optional<String> job;
        private String told = "";
        private int silent;

        Listener(SseClient client, Optional<String> job) {
            this.client = client;
            this.job = job;
        }

        void tell(LiveState state) {
            String now = new String(JsonObject.write(news(state)), StandardCharsets.UTF_8);
            if (!now.equals(told)) {
                told = now;
                silent = 0;
                client.sendEvent(job.isPresent() ? "job" : "jobs", now);
            } else if (++silent % 40 == 0) {
                // Shows proxies that somebody listens, and us when nobody does.
                client.sendComment("still here");
            }
        }

        private ObjectNode news(LiveState state) {
            if (job.isPresent()) {
                return state.job(job.orElseThrow()).map(ApiJson::job).orElseGet(JsonObject::create);
            }
            List<JobView> jobs = state.jobs();
            return ApiJson.jobs(jobs.subList(0, Math.min(LISTED, jobs.size())));
        }
    }
}
