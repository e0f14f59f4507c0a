package dev.colorstream.qa.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class DeploymentTest {
    private static final Path ROOT = Path.of(System.getProperty("colorstream.root"));
    private static final Programs PROGRAMS = new Programs(ROOT);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu", "gpu-ort", "single-node"})
    void shouldFindNothingWrongWithAnOverlay(String overlay) {
        assertThat(OverlayCheck.problems(List.of(ROOT.resolve("k8s/overlays").resolve(overlay)), PROGRAMS))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"single-node, keda", "single-node, hpa", "cpu, hpa"})
    void shouldFindNothingWrongWithAnAutoscaler(String overlay, String autoscaler) {
        assertThat(scaled(ROOT.resolve("k8s"), overlay, autoscaler)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu", "gpu-ort"})
    void shouldFindNothingWrongWhereAClusterGetsAPrometheusOfOurs(String overlay) {
        Path k8s = ROOT.resolve("k8s");
        List<Path> together = List.of(
                k8s.resolve("overlays").resolve(overlay), k8s.resolve("monitoring"), k8s.resolve("autoscaling/keda"));
        assertThat(OverlayCheck.problems(together, PROGRAMS)).isEmpty();
    }

    @Test
    void shouldFindTheExamplesKafkaWhereTheOverlaysLookForIt() {
        assertThat(KafkaExampleCheck.problems(
                        ROOT.resolve("k8s/examples/strimzi.yaml"),
                        Overlay.read(List.of(ROOT.resolve("k8s/overlays/cpu")))))
                .isEmpty();
    }

    @Test
    void shouldFindNothingWrongWithTheComposeFile() {
        assertThat(ComposeCheck.problems(ROOT.resolve("docker-compose.yml"), PROGRAMS))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    base/worker.yaml                 | readinessProbe:           | readynessProbe:          | readynessProbe
                    base/worker.yaml                 | kind: Deployment          | kind: Deploymnt          | Deploymnt
                    base/worker.yaml                 | apps/v1                   | apps/v1beta1             | apps/v1beta1
                    base/worker.yaml                 | maxSurge: 1               | maxSurge: [1]            | maxSurge
                    base/worker.yaml                 | failureThreshold: 60      | failureThreshold: often  | failureThreshold
                    base/worker.yaml                 | /readyz                   | /ready                   | no path /ready
                    base/worker.yaml                 | port: http                | port: web                | port
                    base/worker.yaml                 | targetPort: http          | targetPort: web          | leads to the port
                    base/worker.yaml                 | containerPort: 8080       | containerPort: 8081      | 8080
                    base/worker.yaml                 | {name: worker}            | {name: wroker}           | wroker
                    base/worker.yaml                 | {name: colorstream,       | {name: colorstraem,      | colorstraem
                    base/worker.yaml                 | key: COLORSTREAM_S3_SEC   | key: COLORSTREAM_S3_SCE  | COLORSTREAM_S3_SCE
                    base/worker.yaml                 | COLORSTREAM_WORKER_ID     | COLORSTREAM_WORKER_NAME  | COLORSTREAM_WORKER_NAME
                    base/worker.yaml                 | colorstream/worker:0.1    | colorstream/woker:0.1    | woker
                    base/worker.yaml                 | worker:0.1.0-SNAPSHOT     | worker:0.1.1             | none that the build makes
                    base/worker.yaml                 | worker:0.1.0-SNAPSHOT     | worker:latest            | no version
                    base/worker.yaml                 | memory: 4Gi}              | memory: 2Gi}             | memory limit
                    base/worker.yaml                 | PeriodSeconds: 45         | PeriodSeconds: 30        | is killed before
                    base/worker.yaml                 | serviceAccountName: work  | serviceAccountName: wrok | runs as wrok
                    base/worker.yaml                 | mountPath: /tmp           | mountPth: /tmp           | mountPth
                    base/worker.yaml                 | emptyDir:                 | emptyDri:                | emptyDri
                    base/worker.yaml                 | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | root file system
                    base/dashboard.yaml              | /readyz                   | /ready                   | no path /ready
                    base/dashboard.yaml              | key: COLORSTREAM_DASHBOARD_TOKEN | key: COLORSTREAM_DASHBORD_TOKEN | COLORSTREAM_DASHBORD_TOKEN
                    base/dashboard.yaml              | - name: COLORSTREAM_DASHBOARD_TOKEN | - name: COLORSTREAM_DASHBORD_TOKEN | COLORSTREAM_DASHBORD_TOKEN
                    base/dashboard.yaml              | mountPath: /state         | mountPath: /sate         | where it cannot write
                    base/dashboard.yaml              | memory: 1536Mi}           | memory: 512Mi}           | memory limit
                    base/dashboard.yaml              | service: {name: dashboard | service: {name: dashbord | dashbord
                    base/dashboard.yaml              | port: {name: http}        | port: {name: web}        | no such port
                    base/dashboard.yaml              | pathType: Prefix          | pathTyp: Prefix          | pathTyp
                    base/dashboard.yaml              | hosts: [colorstream.      | hosts: [colorstraem.     | no TLS for
                    base/configuration.yaml          | COLORSTREAM_TLS_BEFORE: "true" | COLORSTREAM_TLS_BEFORE: "ture" | travel in the open
                    base/configuration.yaml          | COLORSTREAM_TLS_BEFORE    | COLORSTREAM_TLS_BEFOR    | COLORSTREAM_TLS_BEFOR
                    base/lifecycle.yaml              | store/uploads             | store/uplaods            | uplaods
                    base/lifecycle.yaml              | ilm rule import           | ilm rule imprt           | ilm rule
                    base/lifecycle.yaml              | < /lifecycle/uploads.json | < /lifecycle/uplaods.json | uplaods.json
                    base/lifecycle.yaml              | $COLORSTREAM_S3_ENDPOINT  | $COLORSTREAM_S3_ENDPONT  | COLORSTREAM_S3_ENDPONT
                    base/lifecycle/uploads.json      | "Expiration"              | "Expiraton"              | Expiraton
                    base/lifecycle/uploads.json      | jobs/                     | inbox/                   | no copy
                    base/lifecycle/uploads.json      | 30                        | 3                        | after 3 days
                    base/configuration.yaml          | COLORSTREAM_GRACE_S       | COLORSTREAM_GRACE        | COLORSTREAM_GRACE
                    base/configuration.yaml          | "8080"                    | 8080                     | COLORSTREAM_HTTP_PORT
                    base/configuration.yaml          | "25"                      | "soon"                   | soon
                    base/model.yaml                  | /app/models/              | /app/modles/             | not in the image
                    base/model.yaml                  | --if-none-served          | --if-none-srved          | --if-none-srved
                    base/configuration.yaml          | 0.0.0.0                   | 127.0.0.1                | 0.0.0.0
                    base/topics.yaml                 | --buckets                 | --bukets                 | --bukets
                    base/topics.yaml                 | [topics, create,          | [topic, create,          | topic
                    base/trainer.yaml                | --once                    | --onec                   | --onec
                    base/trainer.yaml                | claimName: training       | claimName: trainng       | trainng
                    base/trainer.yaml                | - name: COLORSTREAM_S3_S  | - name: COLORSTREAM_S3S  | COLORSTREAM_S3S
                    base/network.yaml                | podSelector: {}           | podSelectr: {}           | podSelectr
                    base/network.yaml                | [worker, topics,          | [wroker, topics,         | wroker
                    base/kustomization.yaml          | resources:                | resource:                | resource
                    base/kustomization.yaml          | - worker.yaml             | - wroker.yaml            | wroker.yaml
                    overlays/single-node/kafka.yaml  | KAFKA_PROCESS_ROLES       | KAFKA_PROCES_ROLES       | KAFKA_PROCES_ROLES
                    overlays/single-node/kafka.yaml  | port: 9092,               | port: 9094,              | kafka:9092
                    overlays/single-node/minio.yaml  | s3, containerPort         | S3, containerPort        | s3
                    overlays/single-node/minio.yaml  | KAFKA_ENABLE_INBOX        | KAFKA_ENBLE_INBOX        | KAFKA_ENBLE_INBOX
                    overlays/single-node/minio.yaml  | value: colorize.requests  | value: colorize.request  | colorize.request,
                    overlays/single-node/minio.yaml  | "kafka:9092"              | "kakfa:9092"             | kakfa
                    overlays/single-node/inbox.yaml  | :INBOX:                   | :INBX:                   | INBX
                    overlays/single-node/inbox.yaml  | --prefix inbox/           | --prefix jobs/           | jobs/
                    monitoring/grafana.yaml          | subPath: dashboard.json   | subPath: dashbord.json   | dashbord.json
                    """)
    void shouldTellATypoInAManifest(String file, String right, String wrong, String told) throws IOException {
        // given
        copy(ROOT.resolve("k8s"), folder.resolve("k8s"));
        replace(folder.resolve("k8s").resolve(file), right, wrong);

        // when
        List<String> problems = OverlayCheck.problems(List.of(folder.resolve("k8s/overlays/single-node")), PROGRAMS);

        // then
        assertThat(problems).isNotEmpty().anyMatch(problem -> problem.contains(told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    worker.yaml        | COLORSTREAM_ENGINE   | COLORSTREAM_ENGIN    | COLORSTREAM_ENGIN
                    worker.yaml        | metadata:\\n  name: w | metadata:\\n  name: v | patches what is not there
                    worker.yaml        | - name: worker       | - name: wroker       | wroker
                    kustomization.yaml | worker-gpu           | worker-gpus          | worker-gpus
                    kustomization.yaml | newName              | newNme               | newNme
                    trainer.yaml       | NVIDIA_DRIVER_C      | NVIDIA_DRIVR_C       | NVIDIA_DRIVR_C
                    """)
    void shouldTellATypoInAPatch(String file, String right, String wrong, String told) throws IOException {
        copy(ROOT.resolve("k8s"), folder.resolve("k8s"));
        replace(folder.resolve("k8s/overlays/gpu").resolve(file), unescaped(right), unescaped(wrong));

        assertThat(OverlayCheck.problems(List.of(folder.resolve("k8s/overlays/gpu")), PROGRAMS))
                .anyMatch(problem -> problem.contains(told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    keda | colorstream_backlog        | colorstream_backlogs      | colorstream_backlogs
                    keda | {topic=                    | {tpic=                    | a label other than
                    keda | "colorize.requests"}       | "colorize.reqests"}       | colorize.reqests
                    keda | prometheus.colorstream.svc | promtheus.colorstream.svc | promtheus
                    keda | svc:9090                   | svc:9091                  | 9091
                    keda | minReplicaCount            | minReplicaCont            | minReplicaCont
                    keda | maxReplicaCount: 8         | maxReplicaCount: "8"      | maxReplicaCount
                    keda | minReplicaCount: 1         | minReplicaCount: 10       | at least 10
                    keda | threshold: "50"            | threshold: 50             | threshold
                    keda | keda.sh/v1alpha1           | keda.sh/v1                | keda.sh/v1alpha1
                    keda | kind: Deployment           | kind: Deploymnt           | Deployment
                    keda | name: worker\\n  pollin    | name: wroker\\n  pollin   | wroker
                    hpa  | averageUtilization         | averageUtilisation        | averageUtilisation
                    hpa  | maxReplicas: 8             | maxReplica: 8             | maxReplica
                    hpa  | kind: Deployment           | kind: StatefulSet         | StatefulSet
                    hpa  | name: cpu                  | name: cpus                | cpus
                    """)
    void shouldTellATypoInAnAutoscaler(String autoscaler, String right, String wrong, String told) throws IOException {
        copy(ROOT.resolve("k8s"), folder.resolve("k8s"));
        replace(
                folder.resolve("k8s/autoscaling").resolve(autoscaler).resolve("worker.yaml"),
                unescaped(right),
                unescaped(wrong));

        assertThat(scaled(folder.resolve("k8s"), "single-node", autoscaler))
                .anyMatch(problem -> problem.contains(told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    metadataVersion          | metdataVersion           | metdataVersion
                    kafka.strimzi.io/v1\\nkind: KafkaN | kafka.strimzi.io/v1beta2\\nkind: KafkaN | kafka.strimzi.io/v1
                    roles: [controller,      | roles: [controler,       | roles
                    size: 100Gi              | size: 100G               | size
                    port: 9092               | port: "9092"             | port
                    name: colorstream        | name: colorstraem        | colorstraem
                    namespace: kafka         | namespace: kafak         | kafak
                    cluster: colorstream     | cluster: colorstraem     | colorstraem
                    group.share.max.size     | group.share.max.sise     | group.share.max.sise
                    """)
    void shouldTellATypoInTheExamplesKafka(String right, String wrong, String told) throws IOException {
        Path example = Files.copy(ROOT.resolve("k8s/examples/strimzi.yaml"), folder.resolve("strimzi.yaml"));
        replace(example, unescaped(right), unescaped(wrong));

        assertThat(KafkaExampleCheck.problems(example, Overlay.read(List.of(ROOT.resolve("k8s/overlays/cpu")))))
                .anyMatch(problem -> problem.contains(told));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    depends_on:                    | depnds_on:                  | depnds_on
                    mem_limit: 4g                  | mem_limt: 4g                | mem_limt
                    mem_limit: 4g                  | mem_limit: 2g               | memory limit
                    retries: 6                     | retries: often              | retries
                    services:                      | service:                    | service
                    COLORSTREAM_HTTP_PORT          | COLORSTREAM_HTTP_PRT        | COLORSTREAM_HTTP_PRT
                    COLORSTREAM_KAFKA: kafka:9092  | COLORSTREAM_KAFKA: kaffka:9092 | kaffka
                    http://minio:9000              | http://mino:9000            | mino
                    /app/models/                   | /app/modles/                | not in the image
                    localhost:8080/readyz          | localhost:8080/ready        | no path /ready
                    localhost:8080/readyz          | localhost:8081/readyz       | not probed where it listens
                    stop_grace_period: 40s         | stop_grace_period: 20s      | is killed after
                    colorstream/worker:0.1.0       | colorstream/wroker:0.1.0    | wroker
                    apache/kafka:4.3.1             | apache/kafka                | no version
                    KAFKA_LISTENERS                | KAFKA_LISTNERS              | KAFKA_LISTNERS
                    [topics, create                | [topics, crate              | crate
                    --run                          | --rn                        | --run
                    setup: {condition              | stup: {condition            | stup
                    prometheus.yml:/etc            | promtheus.yml:/etc          | promtheus.yml
                    ${GRAFANA_ADMIN_PASSWORD       | ${GRAFANA_PASSWORD          | GRAFANA_PASSWORD
                    user: "10001"                  | user: "0"                   | rights
                    COLORSTREAM_DASHBOARD_STATE    | COLORSTREAM_DASHBORD_STATE  | COLORSTREAM_DASHBORD_STATE
                    COLORSTREAM_TLS_BEFORE: "true" | COLORSTREAM_TLS_BEFORE: "no" | travel in the open
                    127.0.0.1:8080:8080            | 8080:8080                   | ports
                    store/uploads                  | store/uplaods               | uplaods
                    --prefix inbox/                | --prefix jobs/              | jobs/
                    sqs::INBOX:                    | sqs::INBX:                  | INBX
                    KAFKA_TOPIC_INBOX              | KAFKA_TOPC_INBOX            | KAFKA_TOPC_INBOX
                    TOPIC_INBOX: colorize.requests | TOPIC_INBOX: colorize.reqests | colorize.reqests
                    ./k8s/base/lifecycle           | ./k8s/base/lifecyle         | lifecyle
                    entrypoint:                    | entrypont:                  | entrypont
                    """)
    void shouldTellATypoInTheComposeFile(String right, String wrong, String told) throws IOException {
        Path file = Files.copy(ROOT.resolve("docker-compose.yml"), folder.resolve("docker-compose.yml"));
        replace(file, right, wrong);

        assertThat(ComposeCheck.problems(file, PROGRAMS)).anyMatch(problem -> problem.contains(told));
    }

    @Test
    void shouldRefuseAKeyThatIsGivenTwice() throws IOException {
        Path file = Files.copy(ROOT.resolve("docker-compose.yml"), folder.resolve("docker-compose.yml"));
        replace(file, "  kafka: {}\n", "  kafka: {}\n  kafka: {}\n");

        assertThat(ComposeCheck.problems(file, PROGRAMS))
                .singleElement()
                .asString()
                .contains("duplicate key");
    }

    @Test
    void shouldKeepNoSecretInTheRepository() {
        assertThat(Programs.read(ROOT.resolve(".env.example")).lines())
                .filteredOn(line -> !line.startsWith("#"))
                .allMatch(line -> line.endsWith("="));
        assertThat(Programs.read(ROOT.resolve(".gitignore")).lines()).contains(".env");
    }

    @Test
    void shouldAskPrometheusForMetricsThatThereAre() {
        // given
        String dashboard = Programs.read(ROOT.resolve("k8s/monitoring/dashboard.json"));
        String alerts = Programs.read(ROOT.resolve("k8s/monitoring/alerts.yml"));
        JsonNode panels = StrictYaml.MAPPER.readTree(dashboard).path("panels");
        Set<String> metrics = PROGRAMS.metrics();

        // when
        List<String> asked = Programs.matches(dashboard + alerts, "\\b(colorstream_[a-z_]+)").stream()
                .map(name -> name.replaceFirst("_(total|seconds_(sum|count|max)|sum|count)$", ""))
                .distinct()
                .toList();

        // then
        assertThat(panels).hasSizeGreaterThan(4);
        assertThat(asked).hasSizeGreaterThan(4).allMatch(metrics::contains);
    }

    @Test
    void shouldSayInTheRunbookWhatToDoAboutEachAlert() {
        // given
        String runbook = Programs.read(ROOT.resolve("docs/runbook.md"));

        // when
        Object rules =
                StrictYaml.documents(ROOT.resolve("k8s/monitoring/alerts.yml")).get(0);
        List<String> alerts = new ArrayList<>();
        StrictYaml.MAPPER
                .valueToTree(rules)
                .path("groups")
                .path(0)
                .path("rules")
                .forEach(rule -> alerts.add(rule.path("alert").asString()));

        // then
        assertThat(alerts)
                .hasSizeGreaterThan(4)
                .doesNotHaveDuplicates()
                .allSatisfy(alert -> assertThat(runbook)
                        .contains("\n## " + alert.charAt(0)
                                + alert.substring(1)
                                        .replaceAll("([A-Z])", " $1")
                                        .toLowerCase(Locale.ROOT) + "\n"));
    }

    @Test
    void shouldScrapeServicesWhereTheyListen() {
        // given
        Object configuration = StrictYaml.documents(ROOT.resolve("k8s/monitoring/prometheus.yml"))
                .get(0);
        JsonNode jobs = StrictYaml.MAPPER.valueToTree(configuration).path("scrape_configs");
        Map<String, Service> services =
                Overlay.read(List.of(ROOT.resolve("k8s/overlays/single-node"))).all(Service.class);

        // then
        assertThat(jobs).hasSize(2);
        for (JsonNode job : jobs) {
            String name = job.path("job_name").asString();
            assertThat(PROGRAMS.pathProblems(
                            dev.colorstream.local.launcher.Service.ofModule(name),
                            job.path("metrics_path").asString()))
                    .isEmpty();
            JsonNode names = job.path("dns_sd_configs").path(0);
            assertThat(names.path("names").path(0).asString()).isEqualTo(name);
            assertThat(Objects.requireNonNull(services.get(name)).getSpec().getPorts())
                    .extracting(ServicePort::getPort)
                    .containsExactly(names.path("port").asInt());
        }
    }

    private static List<String> scaled(Path k8s, String overlay, String autoscaler) {
        return OverlayCheck.problems(
                List.of(
                        k8s.resolve("overlays").resolve(overlay),
                        k8s.resolve("autoscaling").resolve(autoscaler)),
                PROGRAMS);
    }

    private static void replace(Path file, String right, String wrong) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(right);
        Files.writeString(file, text.replace(right, wrong));
    }

    private static String unescaped(String text) {
        return text.replace("\\n", "\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
