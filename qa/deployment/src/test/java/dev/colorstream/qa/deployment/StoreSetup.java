package dev.colorstream.qa.deployment;

import dev.colorstream.contract.Buckets;
import dev.colorstream.contract.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What MinIO and its client are told: variables, commands, and rules by which buckets delete what is old. */
final class StoreSetup {
    /** MinIO's image, which holds its client, too. */
    static final String IMAGE = "quay.io/minio/minio:";

    private static final String TARGET = "MINIO_NOTIFY_KAFKA_ENABLE_";
    private static final String TOPIC = "MINIO_NOTIFY_KAFKA_TOPIC_";

    /** The folder that others drop photos into; uploads of our own are asked for already. */
    private static final String INBOX = "inbox/";

    private static final String KNOWN = "MINIO_ROOT_USER|MINIO_ROOT_PASSWORD|MC_CONFIG_DIR|COLORSTREAM_KAFKA"
            + "|COLORSTREAM_S3_(ENDPOINT|REGION|ACCESS_KEY|SECRET_KEY)"
            + "|MINIO_NOTIFY_KAFKA_(ENABLE|BROKERS|TOPIC|QUEUE_DIR)_[A-Z]+";

    private static final List<String> COMMANDS = List.of("alias set", "event add", "ilm rule import");

    private StoreSetup() {}

    /** The targets of notifications that these variables name. */
    static Set<String> targets(Collection<String> variables) {
        Set<String> targets = new TreeSet<>();
        variables.stream()
                .filter(name -> name.startsWith(TARGET))
                .forEach(name -> targets.add(name.substring(TARGET.length())));
        return targets;
    }

    /**
     * What is wrong with a container of MinIO's image.
     *
     * @param variables with their values, blank where those come from elsewhere
     * @param commands of its client, if any
     * @param targets of notifications that the store has
     */
    static List<String> problems(Map<String, String> variables, String commands, Set<String> targets) {
        List<String> problems = new ArrayList<>();
        variables.forEach((name, value) -> {
            if (!name.matches(KNOWN)) {
                problems.add("MinIO knows no variable " + name);
            }
            if (name.startsWith(TOPIC) && !value.equals(Topics.REQUESTS)) {
                problems.add("notifications go to " + value + ", workers read " + Topics.REQUESTS);
            }
        });
        problemsOf(problems, commands, "store/([\\w-]+)", Buckets.all(), "no bucket of ours");
        problemsOf(problems, commands, "arn:minio:sqs::(\\w+):kafka", targets, "no target of the store");
        problemsOf(problems, commands, "--prefix (\\S+)", List.of(INBOX), "not " + INBOX);
        problemsOf(problems, commands, "\\$(\\w+)", variables.keySet(), "no variable of the container");
        problemsOf(problems, commands, "\\bmc (\\w+ \\w+(?: import)?)", COMMANDS, "no command that we use");
        return problems;
    }

    private static void problemsOf(
            List<String> problems, String commands, String pattern, Collection<String> known, String wrong) {
        Programs.matches(commands, pattern).stream()
                .filter(named -> !known.contains(named))
                .forEach(named -> problems.add("the store is told " + named + ", which is " + wrong));
    }

    /** What is wrong with the rules of a bucket, which the file is named after. */
    static List<String> ruleProblems(String bucket, JsonNode rules) {
        List<String> problems = new ArrayList<>(Schema.LIFECYCLE.problems(rules));
        if (!Buckets.all().contains(bucket)) {
            problems.add("there are rules for " + bucket + ", which is no bucket of ours");
        }
        long kept = resultsRetention().toDays();
        rules.path("Rules").forEach(rule -> {
            int days = rule.path("Expiration").path("Days").asInt(0);
            if (days < kept) {
                problems.add(bucket + " deletes after " + days + " days, while results name its photos for " + kept);
            }
            String prefix = rule.path("Filter").path("Prefix").asString("");
            if (bucket.equals(Buckets.UPLOADS) && (INBOX.startsWith(prefix) || prefix.startsWith(INBOX))) {
                problems.add(bucket + " deletes what others brought, of which there may be no copy");
            }
        });
        return problems;
    }

    private static Duration resultsRetention() {
        return Topics.all(1).stream()
                .filter(topic -> topic.name().equals(Topics.RESULTS))
                .map(topic -> Objects.requireNonNull(topic.configs().get("retention.ms")))
                .map(milliseconds -> Duration.ofMillis(Long.parseLong(milliseconds)))
                .findFirst()
                .orElseThrow();
    }
}
