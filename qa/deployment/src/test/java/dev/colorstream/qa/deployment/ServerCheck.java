package dev.colorstream.qa.deployment;

import dev.colorstream.local.launcher.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells what is wrong with a container that serves: values that it would refuse, addresses and ports that lead nowhere. */
final class ServerCheck {
    /** What a worker may need to end after the photos in work are done. */
    private static final long LAST_BATCH_SECONDS = 10;

    private ServerCheck() {}

    /** All problems, a line each. */
    static List<String> problems(
            Overlay overlay, Programs programs, Service service, PodSpec spec, Container container) {
        Map<String, String> variables = overlay.variables(container);
        List<String> refused =
                service == Service.WORKER ? programs.workerProblems(variables) : Programs.dashboardProblems(variables);
        if (!refused.isEmpty()) {
            return refused;
        }
        List<String> problems = new ArrayList<>();
        IntOrString port = new IntOrString(Integer.parseInt(variables.getOrDefault("COLORSTREAM_HTTP_PORT", "0")));
        if (!OverlayCheck.hasPort(List.of(container), port)) {
            problems.add("listens on the port " + port.getIntVal() + ", which its container does not show");
        }
        for (String name : List.of("COLORSTREAM_KAFKA", "COLORSTREAM_S3_ENDPOINT")) {
            String address = variables.getOrDefault(name, "").replaceFirst("https?://", "");
            if (!overlay.reaches(address)) {
                problems.add("looks for " + address + ", which no service is");
            }
        }
        problems.addAll(
                service == Service.WORKER ? patienceProblems(spec, variables) : stateProblems(container, variables));
        return problems;
    }

    private static List<String> patienceProblems(PodSpec spec, Map<String, String> variables) {
        long grace = Long.parseLong(variables.getOrDefault("COLORSTREAM_GRACE_S", "0")) + LAST_BATCH_SECONDS;
        return spec.getTerminationGracePeriodSeconds() != null && spec.getTerminationGracePeriodSeconds() >= grace
                ? List.of()
                : List.of("is killed before " + grace + " s, which its photos in work may take");
    }

    private static List<String> stateProblems(Container container, Map<String, String> variables) {
        String state = variables.getOrDefault("COLORSTREAM_DASHBOARD_STATE", "");
        return container.getVolumeMounts().stream()
                        .anyMatch(mount -> mount.getMountPath().equals(state))
                ? List.of()
                : List.of("keeps its state in '" + state + "', where it cannot write");
    }
}
