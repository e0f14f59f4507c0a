package dev.colorstream.qa.deployment;

import dev.colorstream.contract.topic.Topics;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells what is wrong with what sets the count of workers: targets that are not there, numbers that nobody tells. */
final class ScalingCheck {
    private static final Set<String> REQUEST_TOPICS = Set.of(Topics.REQUESTS, Topics.EXPRESS_REQUESTS);

    /** The label by which the backlog is told. */
    private static final String LABEL = "topic";

    private final Overlay overlay;
    private final Set<String> metrics;
    private final List<String> problems = new ArrayList<>();

    private ScalingCheck(Overlay overlay, Programs programs) {
        this.overlay = overlay;
        this.metrics = programs.metrics();
    }

    /** All problems of the overlay's autoscalers, a line each. */
    static List<String> problems(Overlay overlay, Programs programs) {
        ScalingCheck check = new ScalingCheck(overlay, programs);
        overlay.all(HorizontalPodAutoscaler.class).values().forEach(check::checkPlain);
        overlay.all(GenericKubernetesResource.class).values().forEach(check::checkKeda);
        return check.problems;
    }

    private void checkPlain(HorizontalPodAutoscaler scaler) {
        var spec = scaler.getSpec();
        Optional<Deployment> target = target(
                scaler,
                spec.getScaleTargetRef().getApiVersion(),
                spec.getScaleTargetRef().getKind(),
                spec.getScaleTargetRef().getName());
        if (spec.getMinReplicas() < 1 || spec.getMinReplicas() > spec.getMaxReplicas()) {
            problem(scaler, "wants at least " + spec.getMinReplicas() + " and at most " + spec.getMaxReplicas());
        }
        for (MetricSpec metric : spec.getMetrics()) {
            String resource =
                    metric.getResource() == null ? "" : metric.getResource().getName();
            boolean requested = target.stream()
                    .flatMap(deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
                    .allMatch(
                            container -> container.getResources().getRequests().containsKey(resource));
            if (!requested) {
                problem(scaler, "measures " + resource + ", of which its pods request nothing");
            }
        }
    }

    private void checkKeda(GenericKubernetesResource scaler) {
        target(
                scaler,
                scaler.get("spec", "scaleTargetRef", "apiVersion"),
                scaler.get("spec", "scaleTargetRef", "kind"),
                scaler.get("spec", "scaleTargetRef", "name"));
        Integer least = scaler.get("spec", "minReplicaCount");
        Integer most = scaler.get("spec", "maxReplicaCount");
        if (least != null && most != null && least > most) {
            problem(scaler, "wants at least " + least + " and at most " + most);
        }
        List<?> triggers = scaler.get("spec", "triggers");
        for (int i = 0; triggers != null && i < triggers.size(); i++) {
            String query = scaler.get("spec", "triggers", i, "metadata", "query");
            String server = scaler.get("spec", "triggers", i, "metadata", "serverAddress");
            checkQuery(scaler, query);
            checkServer(scaler, server);
        }
    }

    private void checkQuery(HasMetadata scaler, String query) {
        List<String> asked = Programs.matches(query, "([a-zA-Z_:][\\w:]*)\\{");
        if (asked.isEmpty() || !metrics.containsAll(asked)) {
            problem(scaler, "asks for " + asked + ", which no service tells: " + query);
        }
        if (!Set.of(LABEL).containsAll(Programs.matches(query, "(\\w+)\\s*=~?\\s*\""))) {
            problem(scaler, "asks for a label other than " + LABEL + ": " + query);
        }
        List<String> topics = Programs.matches(query, "=\\s*\"([^\"]*)\"");
        if (topics.isEmpty() || !REQUEST_TOPICS.containsAll(topics)) {
            problem(scaler, "asks for " + topics + ", which are no topics of requests");
        }
    }

    /** SERVICE.NAMESPACE.svc:PORT */
    private void checkServer(HasMetadata scaler, String address) {
        boolean there = Programs.matches(address, "https?://([a-z0-9-]+)\\.colorstream\\.svc:\\d+").stream()
                .flatMap(name -> Stream.ofNullable(overlay.all(Service.class).get(name)))
                .flatMap(service -> service.getSpec().getPorts().stream())
                .anyMatch(port -> address.endsWith(":" + port.getPort()));
        if (!there) {
            problem(scaler, "asks " + address + ", where nothing listens");
        }
    }

    private Optional<Deployment> target(HasMetadata scaler, String apiVersion, String kind, String name) {
        Optional<Deployment> found = Optional.ofNullable(
                        overlay.all(Deployment.class).get(name))
                .filter(deployment -> deployment.getKind().equals(kind)
                        && deployment.getApiVersion().equals(apiVersion));
        if (found.isEmpty()) {
            problem(scaler, "scales " + apiVersion + " " + kind + " " + name + ", which is not there");
        } else if (found.orElseThrow().getSpec().getReplicas() != null) {
            problem(scaler, "scales " + name + ", whose own count would be set again whenever it is applied");
        }
        return found;
    }

    private void problem(HasMetadata scaler, String what) {
        problems.add(scaler.getKind() + " " + scaler.getMetadata().getName() + " " + what);
    }
}
