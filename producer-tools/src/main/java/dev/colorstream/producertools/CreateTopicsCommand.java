package dev.colorstream.producertools;

import dev.colorstream.connection.ConnectionFailedException;
import dev.colorstream.connection.ConnectionOptions;
import dev.colorstream.connection.KafkaConnection;
import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.topic.BrokerUnavailableException;
import dev.colorstream.contract.topic.Topic;
import dev.colorstream.contract.topic.TopicProvisioner;
import dev.colorstream.contract.topic.Topics;
import dev.colorstream.storage.objectstore.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes topics and buckets that are missing, and sets the share group. */
@Command(
        name = "create",
        description = "Makes the topics that are missing and sets the workers' share group. What is there stays.")
final class CreateTopicsCommand implements Callable<Integer> {
    private static final Duration PROPAGATION = Duration.ofSeconds(15);

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connections = new ConnectionOptions();

    @Option(
            names = "--partitions",
            defaultValue = "" + Topics.DEFAULT_PARTITIONS,
            description = "Partitions of the topics that grow with the load (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--replication",
            defaultValue = "" + TopicProvisioner.BROKER_DEFAULT_REPLICATION,
            description = "Replicas of each topic; -1 leaves it to the brokers (default: ${DEFAULT-VALUE}).")
    private short replication;

    @Option(names = "--buckets", description = "Makes the buckets that are missing, too.")
    private boolean buckets;

    CreateTopicsCommand(Console console) {
        this.console = console;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        if (partitions < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--partitions is " + partitions + ": write a whole number from 1 on");
        }
        if (replication < 1 && replication != TopicProvisioner.BROKER_DEFAULT_REPLICATION) {
            throw new ParameterException(
                    spec.commandLine(), "--replication is " + replication + ": write a whole number from 1 on, or -1");
        }
        createTopics(connections.kafka(console.environment()));
        if (buckets) {
            try (ObjectStore store = connections.openStore(console.environment())) {
                Buckets.all().forEach(store::ensureBucket);
            }
            console.out().println("buckets: " + String.join(", ", Buckets.all()));
        }
        return ExitCode.OK;
    }

    private void createTopics(KafkaConnection kafka) {
        List<Topic> topics = Topics.all(partitions);
        try (Admin admin = kafka.admin()) {
            TopicProvisioner provisioner = new TopicProvisioner(admin);
            List<String> made = provisioner.create(topics, replication);
            console.out()
                    .println("topics made: " + (made.isEmpty() ? "none, all were there" : String.join(", ", made)));
            List<String> missing = provisioner.missingWithin(PROPAGATION, topics);
            if (!missing.isEmpty()) {
                throw new ConnectionFailedException(
                        "Kafka at " + kafka.bootstrap() + " still differs: " + String.join(", ", missing)
                                + ": mend it there, topics that exist are never changed",
                        null);
            }
        } catch (BrokerUnavailableException e) {
            throw kafka.failed(e);
        }
        console.out().println("share group set: " + Topics.WORKER_GROUP);
    }
}
