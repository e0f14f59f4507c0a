package dev.colorstream.qa.deployment;

import dev.colorstream.local.launcher.Service;
import dev.colorstream.qa.deployment.StrictYaml.WrongFileException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what is wrong with an overlay: names that lead nowhere, and values that the programs would refuse. */
final class OverlayCheck {
    private static final String SECRET = "colorstream";
    private static final String NAME_LABEL = "app.kubernetes.io/name";

    private final Overlay overlay;
    private final Programs programs;
    private final Set<String> secretKeys;
    private final List<String> problems = new ArrayList<>();

    private OverlayCheck(Overlay overlay, Programs programs) {
        this.overlay = overlay;
        this.programs = programs;
        this.secretKeys = secretKeys(programs.root());
    }

    /** All problems of what these folders make together, a line each. */
    static List<String> problems(List<Path> folders, Programs programs) {
        try {
            OverlayCheck check = new OverlayCheck(Overlay.read(folders), programs);
            check.check();
            return check.problems;
        } catch (WrongFileException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** The names in .env.example, from which the Secret is made. */
    static Set<String> secretKeys(Path root) {
        return new TreeSet<>(Programs.matches(Programs.read(root.resolve(".env.example")), "(?m)^(\\w+)="));
    }

    private void check() {
        Stream.concat(overlay.objects().stream(), overlay.patches().stream())
                .forEach(object -> Overlay.pods(object).ifPresent(pods -> checkPods(object, pods)));
        overlay.objects().forEach(object -> Overlay.pods(object).ifPresent(pods -> checkWhole(object, pods)));
        overlay.patches().forEach(this::checkPatched);
        overlay.all(io.fabric8.kubernetes.api.model.Service.class).values().forEach(this::checkService);
        overlay.all(PodDisruptionBudget.class).forEach((name, budget) -> {
            if (podsWith(budget.getSpec().getSelector().getMatchLabels()).isEmpty()) {
                problems.add("the budget " + name + " is of no pods");
            }
        });
        overlay.all(NetworkPolicy.class).values().forEach(this::checkPolicy);
        overlay.all(Ingress.class).values().forEach(this::checkIngress);
        problems.addAll(ScalingCheck.problems(overlay, programs));
        problems.addAll(StoreCheck.problems(overlay));
    }

    private void checkPatched(HasMetadata patch) {
        boolean there = overlay.objects().stream()
                .anyMatch(object -> object.getKind().equals(patch.getKind())
                        && object.getMetadata()
                                .getName()
                                .equals(patch.getMetadata().getName()));
        if (!there) {
            problems.add(where(patch) + " patches what is not there");
        }
        Overlay.pods(patch).ifPresent(pods -> {
            Set<String> names = overlay.objects().stream()
                    .filter(object -> object.getKind().equals(patch.getKind())
                            && object.getMetadata()
                                    .getName()
                                    .equals(patch.getMetadata().getName()))
                    .flatMap(object -> Overlay.pods(object).stream())
                    .flatMap(whole -> whole.getSpec().getContainers().stream())
                    .map(Container::getName)
                    .collect(Collectors.toSet());
            for (Container container : pods.getSpec().getContainers()) {
                if (!names.contains(container.getName())) {
                    problems.add(where(patch) + " patches the container " + container.getName() + " of none");
                }
            }
        });
    }

    /** What holds for whole objects and patches alike: every name leads somewhere. */
    private void checkPods(HasMetadata object, PodTemplateSpec pods) {
        for (Volume volume : pods.getSpec().getVolumes()) {
            if (volume.getConfigMap() != null
                    && !overlay.all(ConfigMap.class)
                            .containsKey(volume.getConfigMap().getName())) {
                problem(object, "mounts the config map " + volume.getConfigMap().getName() + ", which is not there");
            }
            if (volume.getPersistentVolumeClaim() != null
                    && !overlay.all(PersistentVolumeClaim.class)
                            .containsKey(volume.getPersistentVolumeClaim().getClaimName())) {
                problem(object, "claims " + volume.getPersistentVolumeClaim().getClaimName() + ", which is not there");
            }
        }
        for (Container container : pods.getSpec().getContainers()) {
            String image = imageOf(object, container);
            problems.addAll(programs.variableProblems(image, variables(object, container), container.getArgs()));
            for (EnvVar variable : container.getEnv()) {
                if (variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null) {
                    checkSecret(object, variable.getValueFrom().getSecretKeyRef());
                }
            }
        }
    }

    private void checkSecret(HasMetadata object, SecretKeySelector key) {
        if (!key.getName().equals(SECRET) || !secretKeys.contains(key.getKey())) {
            problem(object, "takes " + key.getKey() + " from the secret " + key.getName() + ", .env.example has not");
        }
    }

    /** The image of a container, which a patch leaves to the object that it is laid over. */
    private String imageOf(HasMetadata object, Container container) {
        return overlay.image(
                container.getImage() != null
                        ? container.getImage()
                        : overlay.objects().stream()
                                .filter(whole -> whole.getKind().equals(object.getKind())
                                        && whole.getMetadata()
                                                .getName()
                                                .equals(object.getMetadata().getName()))
                                .flatMap(whole -> Overlay.pods(whole).stream())
                                .flatMap(pods -> pods.getSpec().getContainers().stream())
                                .filter(whole -> Objects.equals(whole.getName(), container.getName()))
                                .map(Container::getImage)
                                .findFirst()
                                .orElse(""));
    }

    private Set<String> variables(HasMetadata object, Container container) {
        Set<String> names = new TreeSet<>();
        container.getEnv().forEach(variable -> names.add(variable.getName()));
        names.addAll(configured(object, container).keySet());
        return names;
    }

    private Map<String, String> configured(HasMetadata object, Container container) {
        Map<String, String> values = new HashMap<>();
        for (EnvFromSource source : container.getEnvFrom()) {
            if (source.getConfigMapRef() == null) {
                problem(object, "takes variables from elsewhere than a config map");
                continue;
            }
            String name = source.getConfigMapRef().getName();
            overlay.configuration(name)
                    .ifPresentOrElse(
                            values::putAll,
                            () -> problem(object, "takes the config map " + name + ", which is not there"));
        }
        return values;
    }

    private void checkWhole(HasMetadata object, PodTemplateSpec pods) {
        PodSpec spec = pods.getSpec();
        Map<String, String> selector = selectorOf(object);
        if (!Objects.requireNonNullElse(pods.getMetadata().getLabels(), Map.<String, String>of())
                .entrySet()
                .containsAll(selector.entrySet())) {
            problem(object, "selects " + selector + ", which its pods are not");
        }
        if (spec.getServiceAccountName() != null
                && !overlay.all(ServiceAccount.class).containsKey(spec.getServiceAccountName())) {
            problem(object, "runs as " + spec.getServiceAccountName() + ", which is not there");
        }
        if (!Boolean.FALSE.equals(spec.getAutomountServiceAccountToken())) {
            problem(object, "is given the rights of a service account");
        }
        if (!Boolean.FALSE.equals(spec.getEnableServiceLinks())) {
            problem(object, "is given variables of all services, which Kafka's image takes for settings");
        }
        if (spec.getSecurityContext() == null
                || !Boolean.TRUE.equals(spec.getSecurityContext().getRunAsNonRoot())) {
            problem(object, "may run as root");
        }
        Set<String> volumes = spec.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
        if (object instanceof StatefulSet set) {
            set.getSpec()
                    .getVolumeClaimTemplates()
                    .forEach(claim -> volumes.add(claim.getMetadata().getName()));
        }
        for (Container container : spec.getContainers()) {
            problems.addAll(programs.imageProblems(overlay.image(container.getImage())));
            problems.addAll(programs.argumentProblems(overlay.image(container.getImage()), container.getArgs()));
            for (VolumeMount mount : container.getVolumeMounts()) {
                if (!volumes.contains(mount.getName())) {
                    problem(object, "mounts " + mount.getName() + ", which is no volume of its pods");
                }
                if (mount.getSubPath() != null) {
                    checkFile(object, spec, mount);
                }
            }
            for (Probe probe : probes(container)) {
                checkProbe(object, container, probe);
            }
            programs.service(overlay.image(container.getImage()))
                    .ifPresent(service -> checkOwn(object, spec, container, service));
        }
    }

    private void checkFile(HasMetadata object, PodSpec spec, VolumeMount mount) {
        for (Volume volume : spec.getVolumes()) {
            if (volume.getName().equals(mount.getName())
                    && volume.getConfigMap() != null
                    && overlay.configuration(volume.getConfigMap().getName())
                            .filter(files -> !files.containsKey(mount.getSubPath()))
                            .isPresent()) {
                problem(object, "mounts the file " + mount.getSubPath() + ", which its config map has not");
            }
        }
    }

    private void checkProbe(HasMetadata object, Container container, Probe probe) {
        IntOrString port = probe.getHttpGet() != null
                ? probe.getHttpGet().getPort()
                : probe.getTcpSocket() != null ? probe.getTcpSocket().getPort() : null;
        if (port == null || !hasPort(List.of(container), port)) {
            problem(object, "is probed on the port " + port + ", which it has not");
        }
        if (probe.getHttpGet() != null) {
            programs.service(overlay.image(container.getImage()))
                    .ifPresent(service -> problems.addAll(
                            programs.pathProblems(service, probe.getHttpGet().getPath())));
        }
    }

    private static List<Probe> probes(Container container) {
        return Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .filter(Objects::nonNull)
                .toList();
    }

    private void checkOwn(HasMetadata object, PodSpec spec, Container container, Service service) {
        if (container.getSecurityContext() == null
                || !Boolean.TRUE.equals(container.getSecurityContext().getReadOnlyRootFilesystem())
                || !Boolean.FALSE.equals(container.getSecurityContext().getAllowPrivilegeEscalation())
                || !container.getSecurityContext().getCapabilities().getDrop().contains("ALL")) {
            problem(object, "has rights or a root file system that it needs not");
        }
        Quantity memory = container.getResources().getLimits().get("memory");
        Quantity processors = container.getResources().getLimits().get("cpu");
        if (memory == null || processors == null) {
            problem(object, "has no limit of memory or CPU, which its JVM is made to fit");
            return;
        }
        int cpus = processors
                .getNumericalAmount()
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
        long limit = Quantity.getAmountInBytes(memory).longValueExact();
        Programs.memoryProblems(service, cpus, limit).forEach(problem -> problem(object, problem));
        if (service == Service.WORKER || service == Service.DASHBOARD) {
            ServerCheck.problems(overlay, programs, service, spec, container)
                    .forEach(problem -> problem(object, problem));
        }
    }

    private void checkIngress(Ingress ingress) {
        ingress.getSpec().getRules().stream()
                .flatMap(rule -> rule.getHttp().getPaths().stream())
                .map(path -> path.getBackend().getService())
                .filter(backend -> !leadsSomewhere(backend))
                .forEach(backend -> problem(ingress, "leads to " + backend.getName() + ", which has no such port"));
        Set<String> secured = ingress.getSpec().getTls().stream()
                .flatMap(tls -> tls.getHosts().stream())
                .collect(Collectors.toSet());
        ingress.getSpec().getRules().stream()
                .filter(rule -> !secured.contains(rule.getHost()))
                .forEach(rule -> problem(ingress, "has no TLS for " + rule.getHost()));
    }

    private boolean leadsSomewhere(IngressServiceBackend backend) {
        return Stream.ofNullable(overlay.all(io.fabric8.kubernetes.api.model.Service.class)
                        .get(backend.getName()))
                .flatMap(service -> service.getSpec().getPorts().stream())
                .anyMatch(port -> port.getName().equals(backend.getPort().getName())
                        || port.getPort().equals(backend.getPort().getNumber()));
    }

    private void checkService(io.fabric8.kubernetes.api.model.Service service) {
        List<PodSpec> pods = podsWith(service.getSpec().getSelector());
        if (pods.isEmpty()) {
            problem(service, "selects no pods");
        }
        List<Container> containers =
                pods.stream().flatMap(pod -> pod.getContainers().stream()).toList();
        for (ServicePort port : service.getSpec().getPorts()) {
            if (!hasPort(containers, port.getTargetPort())) {
                problem(service, "leads to the port " + port.getTargetPort() + ", which its pods have not");
            }
        }
    }

    private void checkPolicy(NetworkPolicy policy) {
        Set<String> names = new HashSet<>();
        overlay.objects().stream()
                .flatMap(object -> Overlay.pods(object).stream())
                .map(pods -> pods.getMetadata().getLabels().get(NAME_LABEL))
                .forEach(names::add);
        // Of a namespace of its own in clusters that have one.
        names.add("prometheus");
        String text = StrictYaml.MAPPER.writeValueAsString(policy.getSpec());
        List<String> named = new ArrayList<>(Programs.matches(text, "\"" + NAME_LABEL + "\":\"([^\"]+)\""));
        Programs.matches(text, "\"values\":\\[([^\\]]+)\\]")
                .forEach(values -> named.addAll(Programs.matches(values, "\"([^\"]+)\"")));
        for (String name : named) {
            if (!names.contains(name)) {
                problem(policy, "is about " + name + ", which no pods are");
            }
        }
        Programs.matches(text, "\"key\":\"([^\"]+)\"").stream()
                .filter(key -> !key.equals(NAME_LABEL))
                .forEach(key -> problem(policy, "asks for the label " + key + ", which no pods have"));
    }

    private List<PodSpec> podsWith(@Nullable Map<String, String> labels) {
        if (labels == null || labels.isEmpty()) {
            return List.of();
        }
        return overlay.objects().stream()
                .flatMap(object -> Overlay.pods(object).stream())
                .filter(pods -> pods.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .map(PodTemplateSpec::getSpec)
                .toList();
    }

    private static Map<String, String> selectorOf(HasMetadata object) {
        if (object instanceof io.fabric8.kubernetes.api.model.apps.Deployment deployment) {
            return deployment.getSpec().getSelector().getMatchLabels();
        }
        return object instanceof StatefulSet set ? set.getSpec().getSelector().getMatchLabels() : Map.of();
    }

    static boolean hasPort(List<Container> containers, IntOrString port) {
        return containers.stream()
                .flatMap(container -> container.getPorts().stream())
                .anyMatch(shown -> isPort(shown, port));
    }

    private static boolean isPort(ContainerPort shown, IntOrString port) {
        return port.getStrVal() == null
                ? shown.getContainerPort().equals(port.getIntVal())
                : port.getStrVal().equals(shown.getName());
    }

    private void problem(HasMetadata object, String what) {
        problems.add(where(object) + " " + what);
    }

    private static String where(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
