package dev.colorstream.local.embeddedkafka;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a node that is broker and controller at once, alone, and listens on the loopback address only.
 *
 * @param logDirectory where the node keeps its records; survives restarts
 * @param port where clients connect
 * @param controllerPort where the broker finds its controller
 */
record BrokerSettings(Path logDirectory, int port, int controllerPort) {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String CLIENTS = "CLIENTS";
    private static final String HOST = "127.0.0.1";

    /** The address for clients. */
    String bootstrap() {
        return HOST + ":" + port;
    }

    /** The settings under Kafka's names. */
    Map<String, String> toProperties(Access access) {
        String controller = HOST + ":" + controllerPort;
        var properties = new LinkedHashMap<String, String>();
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("process.roles", "broker,controller");
        properties.put("controller.quorum.voters", NODE_ID + "@" + controller);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put("listeners", CLIENTS + "://" + bootstrap() + "," + CONTROLLER_LISTENER + "://" + controller);
        properties.put("advertised.listeners", CLIENTS + "://" + bootstrap());
        properties.put(
                "listener.security.protocol.map",
                CLIENTS + ":" + access.protocol() + "," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.put("inter.broker.listener.name", CLIENTS);
        properties.putAll(access.toProperties());
        properties.put("log.dirs", logDirectory.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // A node that was killed is still registered; a restart waits until that session has run out.
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "1000");
        properties.put("controlled.shutdown.enable", "true");
        // Members that were killed keep their share of the partitions until their session has run out; the defaults, 45
        // s,
        // suit data centers. New members learn of their partitions with a heartbeat.
        for (String groupType : List.of("consumer", "share")) {
            properties.put("group." + groupType + ".min.heartbeat.interval.ms", "500");
            properties.put("group." + groupType + ".heartbeat.interval.ms", "500");
            properties.put("group." + groupType + ".assignment.interval.ms", "0");
            properties.put("group." + groupType + ".min.session.timeout.ms", "9000");
            properties.put("group." + groupType + ".session.timeout.ms", "9000");
        }
        for (String internalTopic :
                List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(internalTopic + ".replication.factor", "1");
            properties.put(internalTopic + ".num.partitions", "4");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // One machine's load on a small heap.
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("num.recovery.threads.per.data.dir", "1");
        properties.put("log.cleaner.threads", "1");
        properties.put("log.cleaner.dedupe.buffer.size", "8388608");
        return properties;
    }
}
