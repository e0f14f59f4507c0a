package dev.colorstream.qa.benchmarks;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.model.AnnouncementJson;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.model.ModelAnnouncement;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.qa.faults.guarantees.ExpectedEnd;
import dev.colorstream.qa.faults.guarantees.Guarantees;
import dev.colorstream.qa.faults.guarantees.Witness;
import dev.colorstream.qa.faults.proxy.Fault;
import dev.colorstream.qa.faults.scene.Scene;
import dev.colorstream.qa.faults.scene.WorkerProcess;
import dev.colorstream.storage.modelregistry.FolderOutcome.Opened;
import dev.colorstream.storage.modelregistry.ModelRegistry;
import dev.colorstream.storage.modelregistry.ModelVersionFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Keeps two workers at full load while one is killed, Kafka restarts, the store goes away and the model changes, in turn; tells
 * rate and memory each minute, and at the end what broke a promise. Exit code 1 where one was broken.
 */
@Command(name = "soak", mixinStandardHelpOptions = true, showDefaultValues = true)
final class SoakBenchmark implements Callable<Integer> {
    private static final JobId JOB = new JobId("soak");
    private static final int MOST_OPEN = 400;
    private static final int VERSIONS = 3;
    private static final Duration KAFKA_OUTAGE = Duration.ofSeconds(20);
    private static final Duration STORE_OUTAGE = Duration.ofSeconds(30);
    private static final Duration END_LIMIT = Duration.ofMinutes(10);

    @Option(names = "--root", defaultValue = ".", description = "The repository, built.")
    private Path root = Path.of("");

    @Option(names = "--model", required = true, description = "A version, whose copies under other names are swapped.")
    private Path model = Path.of("");

    @Option(names = "--samples", required = true, description = "Folder of JPEG photos.")
    private Path samples = Path.of("");

    @Option(names = "--photos", defaultValue = "500", description = "Different photos, which are asked for in turn.")
    private int photos;

    @Option(names = "--minutes", defaultValue = "30", description = "How long requests are sent.")
    private int minutes;

    @Option(names = "--fault-every-s", defaultValue = "90", description = "Seconds from one fault to the next.")
    private int faultEvery;

    private final List<ObjectAddress> sources = new ArrayList<>();
    private final List<ModelVersionId> versions = new ArrayList<>();
    private int sent;
    private int faults;

    private SoakBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SoakBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("colorstream-soak-");
        int broken = soak(folder);
        if (broken == 0) {
            FileUtils.deleteDirectory(folder.toFile());
        } else {
            System.out.println("Logs and objects are kept in " + folder);
        }
        return broken == 0 ? 0 : 1;
    }

    /** How many promises were broken. */
    private int soak(Path folder) throws Exception {
        try (Scene scene = new Scene(root, folder);
                Witness witness = scene.witness(JOB.value())) {
            store(scene);
            publish(scene, folder);
            announce(scene, versions.get(0));
            WorkerProcess lasting = scene.startFollowingWorker("lasting");
            WorkerProcess mortal = scene.startFollowingWorker("mortal-0");
            Table table = new Table("| minute | ended | photos/s | RSS of the worker that lasts | told twice |");
            long start = System.nanoTime();
            int ended = 0;
            for (int minute = 1; minute <= minutes; minute++) {
                long began = System.nanoTime();
                while (System.nanoTime() - start < TimeUnit.MINUTES.toNanos(minute)) {
                    if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos((long) faultEvery * (faults + 1))) {
                        mortal = harm(scene, mortal);
                    }
                    load(witness);
                }
                int now = sent - witness.guarantees().open();
                table.row(
                        "| %d | %d | %.1f | %d MiB | %d |",
                        minute,
                        now,
                        (now - ended) / ((System.nanoTime() - began) / 1e9),
                        lasting.residentMebibytes(),
                        witness.guarantees().repeated());
                ended = now;
            }
            return judge(witness);
        }
    }

    private void store(Scene scene) throws Exception {
        VariedPhotos varied = VariedPhotos.of(samples);
        for (int i = 0; i < photos; i++) {
            sources.add(scene.upload(JOB.value(), Integer.toString(i), varied.apply(i))
                    .source());
        }
    }

    private void publish(Scene scene, Path folder) {
        ModelVersionFolder original = ((Opened) ModelVersionFolder.open(model)).version();
        for (int number = 1; number <= VERSIONS; number++) {
            ModelVersionId version = new ModelVersionId("copy-" + number);
            new ModelRegistry(scene.store(), Buckets.MODELS)
                    .publish(SwapBenchmark.copy(original, folder.resolve("versions"), version));
            versions.add(version);
        }
    }

    private static void announce(Scene scene, ModelVersionId version) throws Exception {
        try (KafkaProducer<byte[], byte[]> announcer =
                new KafkaProducer<>(scene.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            announcer
                    .send(AnnouncementJson.write(
                            Topics.MODELS,
                            ModelAnnouncement.first(
                                    Channel.STABLE,
                                    version,
                                    1,
                                    Clock.systemUTC().instant(),
                                    "soak")))
                    .get();
        }
    }

    /** Sees what has ended, and asks for as many photos again. */
    private void load(Witness witness) {
        witness.look();
        List<ColorizeRequest> next = new ArrayList<>();
        while (witness.guarantees().open() + next.size() < MOST_OPEN) {
            next.add(new ColorizeRequest(
                    RequestId.hashOf(JOB.value(), Integer.toString(sent)),
                    Optional.of(JOB),
                    sources.get(sent++ % sources.size()),
                    RequestOptions.NONE,
                    Clock.systemUTC().instant()));
        }
        witness.send(next, ExpectedEnd.COLORED);
    }

    /** The next fault in turn, until it is over; gives the worker that may be killed. */
    private WorkerProcess harm(Scene scene, WorkerProcess mortal) throws Exception {
        WorkerProcess after = mortal;
        switch (faults++ % 4) {
            case 0 -> {
                System.out.println("a worker is killed");
                mortal.child().kill();
                after = scene.startFollowingWorker("mortal-" + faults);
            }
            case 1 -> {
                System.out.println("Kafka restarts");
                scene.killKafka();
                TimeUnit.MILLISECONDS.sleep(KAFKA_OUTAGE.toMillis());
                scene.restartKafka();
            }
            case 2 -> {
                System.out.println("the store goes away");
                scene.faultyStore().impose(new Fault.Cut());
                TimeUnit.MILLISECONDS.sleep(STORE_OUTAGE.toMillis());
                scene.faultyStore().mend();
            }
            default -> {
                ModelVersionId next = versions.get(faults / 4 % VERSIONS);
                System.out.println("the model becomes " + next);
                announce(scene, next);
            }
        }
        return after;
    }

    private static int judge(Witness witness) throws InterruptedException {
        Guarantees guarantees = witness.guarantees();
        long start = System.nanoTime();
        witness.look();
        while (!guarantees.allEnded() && System.nanoTime() - start < END_LIMIT.toNanos()) {
            TimeUnit.SECONDS.sleep(1);
            witness.look();
        }
        witness.lookAtObjects();
        List<String> violations = guarantees.violations();
        violations.forEach(System.out::println);
        System.out.println(violations.size() + " broken promises, " + guarantees.repeated() + " results told twice");
        return violations.size();
    }
}
