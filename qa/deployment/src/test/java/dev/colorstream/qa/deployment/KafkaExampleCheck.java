package dev.colorstream.qa.deployment;

import dev.colorstream.qa.deployment.StrictYaml.WrongFileException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what is wrong with the example of a Kafka by the Strimzi operator. */
final class KafkaExampleCheck {
    private static final String CLUSTER = "strimzi.io/cluster";

    private KafkaExampleCheck() {}

    /** All problems, a line each. */
    static List<String> problems(Path example, Overlay client) {
        List<String> problems = new ArrayList<>();
        try {
            List<HasMetadata> objects = Overlay.readObjects(example);
            String address = Optional.ofNullable(
                            client.configuration("connection").orElseThrow().get("COLORSTREAM_KAFKA"))
                    .orElse("");
            for (HasMetadata object : objects) {
                if (object instanceof GenericKubernetesResource kafka
                        && kafka.getKind().equals("Kafka")) {
                    check(problems, kafka, address);
                } else if (!isOfOne(object, objects)) {
                    problems.add(object.getMetadata().getName() + " belongs to "
                            + object.getMetadata().getLabels().get(CLUSTER) + ", which is not there");
                }
            }
        } catch (WrongFileException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return problems;
    }

    private static void check(List<String> problems, GenericKubernetesResource kafka, String wanted) {
        Integer port = kafka.get("spec", "kafka", "listeners", 0, "port");
        // The name that Strimzi gives the Service of a cluster.
        String address = kafka.getMetadata().getName() + "-kafka-bootstrap."
                + kafka.getMetadata().getNamespace() + ".svc:" + port;
        if (!address.equals(wanted)) {
            problems.add("the example listens on " + address + ", workers look for " + wanted);
        }
        Map<String, Object> settings = kafka.get("spec", "kafka", "config");
        Stream.ofNullable(settings)
                .flatMap(all -> all.keySet().stream())
                .filter(name -> !Programs.isKafkaSetting(name))
                .forEach(name -> problems.add("Kafka has no setting " + name));
    }

    private static boolean isOfOne(HasMetadata pool, List<HasMetadata> objects) {
        return objects.stream()
                .filter(object -> object.getKind().equals("Kafka"))
                .anyMatch(kafka -> kafka.getMetadata()
                                .getName()
                                .equals(pool.getMetadata().getLabels().get(CLUSTER))
                        && kafka.getMetadata()
                                .getNamespace()
                                .equals(pool.getMetadata().getNamespace()));
    }
}
