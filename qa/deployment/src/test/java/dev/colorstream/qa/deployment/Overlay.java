package dev.colorstream.qa.deployment;

import dev.colorstream.qa.deployment.StrictYaml.WrongFileException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a kustomize overlay makes of all its files, each read strictly.
 *
 * @param objects as the files give them, with images named as the overlay says
 * @param patches parts of objects that are laid over those
 * @param renamed names of images by the names that stand in the files
 */
record Overlay(List<HasMetadata> objects, List<HasMetadata> patches, Map<String, String> renamed) {
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Namespace.class,
            ConfigMap.class,
            ServiceAccount.class,
            Service.class,
            PersistentVolumeClaim.class,
            Deployment.class,
            StatefulSet.class,
            Job.class,
            CronJob.class,
            Ingress.class,
            NetworkPolicy.class,
            PodDisruptionBudget.class,
            HorizontalPodAutoscaler.class);

    /** What operators that are no part of Kubernetes add to it. */
    private static final List<String> CUSTOM_GROUPS = List.of("keda.sh/", "kafka.strimzi.io/");

    /** A kustomization.yaml; a field that stands not here is refused. */
    record Kustomization(
            String apiVersion,
            String kind,
            @Nullable String namespace,
            @Nullable List<Labels> labels,
            @Nullable List<String> resources,
            @Nullable List<Image> images,
            @Nullable List<Patch> patches,
            @Nullable List<Generator> configMapGenerator) {
        record Labels(Map<String, String> pairs) {}

        record Image(String name, String newName) {}

        record Patch(String path) {}

        record Generator(String name, List<String> files) {}
    }

    /**
     * Reads what is applied together, and all that it builds upon.
     *
     * @throws WrongFileException naming the file and what is wrong with it
     */
    static Overlay read(List<Path> folders) {
        Overlay overlay = new Overlay(new ArrayList<>(), new ArrayList<>(), new HashMap<>());
        folders.forEach(overlay::add);
        return overlay;
    }

    private void add(Path folder) {
        Path file = folder.resolve("kustomization.yaml");
        Kustomization kustomization =
                StrictYaml.bind(file, StrictYaml.documents(file).get(0), Kustomization.class);
        if (!kustomization.kind().equals("Kustomization")
                || !kustomization.apiVersion().equals("kustomize.config.k8s.io/v1beta1")) {
            throw new WrongFileException(file, "is no Kustomization of kustomize.config.k8s.io/v1beta1");
        }
        for (String resource : listOf(kustomization.resources())) {
            Path path = existing(file, resource);
            if (Files.isDirectory(path)) {
                add(path);
            } else {
                objects.addAll(readObjects(path));
            }
        }
        for (Kustomization.Patch patch : listOf(kustomization.patches())) {
            patches.addAll(readObjects(existing(file, patch.path())));
        }
        for (Kustomization.Generator generator : listOf(kustomization.configMapGenerator())) {
            Map<String, String> files = new HashMap<>();
            for (String name : generator.files()) {
                Path named = existing(file, name);
                files.put(String.valueOf(named.getFileName()), named.toString());
            }
            objects.add(new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName(generator.name())
                    .endMetadata()
                    .withData(files)
                    .build());
        }
        listOf(kustomization.images()).forEach(image -> renamed.put(image.name(), image.newName()));
    }

    private static <T> List<T> listOf(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Path existing(Path file, String named) {
        Path path = file.resolveSibling(named).normalize();
        if (!Files.exists(path)) {
            throw new WrongFileException(file, "names " + named + ", which is not there");
        }
        return path;
    }

    /**
     * The objects in a file, each read strictly.
     *
     * @throws WrongFileException naming the file and what is wrong with it
     */
    static List<HasMetadata> readObjects(Path file) {
        List<HasMetadata> read = new ArrayList<>();
        for (Object document : StrictYaml.documents(file)) {
            if (!(document instanceof Map<?, ?> map)) {
                throw new WrongFileException(file, "holds a document that is no object");
            }
            if (CUSTOM_GROUPS.stream().anyMatch(String.valueOf(map.get("apiVersion"))::startsWith)) {
                read.add(readCustom(file, map));
                continue;
            }
            Class<? extends HasMetadata> type = KINDS.stream()
                    .filter(known -> HasMetadata.getKind(known).equals(map.get("kind"))
                            && HasMetadata.getApiVersion(known).equals(map.get("apiVersion")))
                    .findFirst()
                    .orElseThrow(() -> new WrongFileException(
                            file, "the kind " + map.get("apiVersion") + " " + map.get("kind") + " is unknown"));
            read.add(StrictYaml.bind(file, document, type));
        }
        return read;
    }

    private static GenericKubernetesResource readCustom(Path file, Map<?, ?> document) {
        List<String> problems = Schema.CUSTOM_RESOURCES.problems(StrictYaml.MAPPER.valueToTree(document));
        if (!problems.isEmpty()) {
            throw new WrongFileException(file, String.join("; ", problems));
        }
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion(String.valueOf(document.get("apiVersion")));
        resource.setKind(String.valueOf(document.get("kind")));
        resource.setMetadata(StrictYaml.bind(file, Objects.requireNonNull(document.get("metadata")), ObjectMeta.class));
        resource.setAdditionalProperty("spec", document.get("spec"));
        return resource;
    }

    /** The objects of one kind, by their names. */
    <T extends HasMetadata> Map<String, T> all(Class<T> kind) {
        return objects.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .collect(Collectors.toMap(object -> object.getMetadata().getName(), object -> object));
    }

    /** A config map's values, with what patches say. */
    Optional<Map<String, String>> configuration(String name) {
        List<ConfigMap> layers = Stream.concat(objects.stream(), patches.stream())
                .filter(ConfigMap.class::isInstance)
                .map(ConfigMap.class::cast)
                .filter(map -> map.getMetadata().getName().equals(name))
                .toList();
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        layers.forEach(layer -> values.putAll(layer.getData()));
        return Optional.of(values);
    }

    /** A container's variables with their values, as far as those are told here. */
    Map<String, String> variables(Container container) {
        Map<String, String> values = new HashMap<>();
        for (EnvFromSource source : container.getEnvFrom()) {
            if (source.getConfigMapRef() != null) {
                configuration(source.getConfigMapRef().getName()).ifPresent(values::putAll);
            }
        }
        for (EnvVar variable : container.getEnv()) {
            values.put(
                    variable.getName(),
                    variable.getValueFrom() == null ? variable.getValue() : Programs.FROM_ELSEWHERE);
        }
        return values;
    }

    /** Whether something listens on HOST:PORT: a name without dots is a Service of this namespace, others lie elsewhere. */
    boolean reaches(@Nullable String address) {
        String[] parts = String.valueOf(address).split(":", 2);
        Service service = all(Service.class).get(parts[0]);
        return parts.length == 2
                && (parts[0].contains(".")
                        || (service != null
                                && service.getSpec().getPorts().stream()
                                        .anyMatch(port -> port.getPort() == Integer.parseInt(parts[1]))));
    }

    /** The pods that an object makes, where it makes any. */
    static Optional<PodTemplateSpec> pods(HasMetadata object) {
        if (object instanceof Deployment deployment) {
            return Optional.of(deployment.getSpec().getTemplate());
        } else if (object instanceof StatefulSet set) {
            return Optional.of(set.getSpec().getTemplate());
        } else if (object instanceof Job job) {
            return Optional.of(job.getSpec().getTemplate());
        } else if (object instanceof CronJob job) {
            return Optional.of(job.getSpec().getJobTemplate().getSpec().getTemplate());
        }
        return Optional.empty();
    }

    /** An image by the name that it has in this overlay. */
    String image(String named) {
        int colon = named.lastIndexOf(':');
        return colon < 0
                ? named
                : renamed.getOrDefault(named.substring(0, colon), named.substring(0, colon)) + named.substring(colon);
    }
}
