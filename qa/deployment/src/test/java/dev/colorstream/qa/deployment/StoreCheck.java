package dev.colorstream.qa.deployment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells what is wrong with an overlay's store and with what sets up its buckets. */
final class StoreCheck {
    private static final String BROKERS = "MINIO_NOTIFY_KAFKA_BROKERS_INBOX";

    private final Overlay overlay;
    private final List<String> problems = new ArrayList<>();

    private StoreCheck(Overlay overlay) {
        this.overlay = overlay;
    }

    /** All problems, a line each. */
    static List<String> problems(Overlay overlay) {
        StoreCheck check = new StoreCheck(overlay);
        Set<String> targets = check.notificationTargets();
        overlay.objects()
                .forEach(object -> Overlay.pods(object)
                        .ifPresent(pods -> pods.getSpec()
                                .getContainers()
                                .forEach(container -> check.check(object, container, targets))));
        overlay.configuration("lifecycle")
                .ifPresent(files -> files.forEach((name, file) -> check.problems.addAll(StoreSetup.ruleProblems(
                        name.replace(".json", ""), StrictYaml.MAPPER.readTree(Programs.read(Path.of(file)))))));
        return check.problems;
    }

    private void check(HasMetadata object, Container container, Set<String> targets) {
        if (!container.getImage().startsWith(StoreSetup.IMAGE)) {
            return;
        }
        Map<String, String> variables = overlay.variables(container);
        String commands = String.join("\n", container.getArgs());
        problems.addAll(StoreSetup.problems(variables, commands, targets));
        if (variables.containsKey(BROKERS) && !overlay.reaches(variables.get(BROKERS))) {
            problems.add(
                    object.getMetadata().getName() + " looks for " + variables.get(BROKERS) + ", which no service is");
        }
        Programs.matches(commands, "< (/\\S+)").stream()
                .filter(file -> !isMounted(container, Path.of(file)))
                .forEach(file ->
                        problems.add(object.getMetadata().getName() + " reads " + file + ", which is not mounted"));
    }

    /** The volumes of these containers are named like the config maps that they hold. */
    private boolean isMounted(Container container, Path file) {
        return container.getVolumeMounts().stream()
                .filter(mount -> Path.of(mount.getMountPath()).equals(file.getParent()))
                .flatMap(mount -> overlay.configuration(mount.getName()).stream())
                .anyMatch(files -> files.containsKey(String.valueOf(file.getFileName())));
    }

    private Set<String> notificationTargets() {
        Set<String> targets = new TreeSet<>();
        overlay.objects().stream()
                .flatMap(object -> Overlay.pods(object).stream())
                .flatMap(pods -> pods.getSpec().getContainers().stream())
                .forEach(container -> targets.addAll(StoreSetup.targets(
                        container.getEnv().stream().map(EnvVar::getName).toList())));
        return targets;
    }
}
