package dev.colorstream.qa.deployment;

import dev.colorstream.local.launcher.Service;
import dev.colorstream.qa.deployment.StrictYaml.WrongFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Tells what is wrong with docker-compose.yml: by a schema of the keys that it uses, and by what the programs are. */
final class ComposeCheck {
    private final Programs programs;
    private final JsonNode file;
    private final Set<String> secrets;
    private final List<String> problems = new ArrayList<>();

    private ComposeCheck(Programs programs, JsonNode file) {
        this.programs = programs;
        this.file = file;
        this.secrets = OverlayCheck.secretKeys(programs.root());
    }

    /** All problems of a file, a line each. */
    static List<String> problems(Path path, Programs programs) {
        JsonNode file;
        try {
            file = StrictYaml.MAPPER.valueToTree(StrictYaml.documents(path).get(0));
        } catch (WrongFileException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        ComposeCheck check = new ComposeCheck(programs, file);
        check.problems.addAll(Schema.COMPOSE.problems(file));
        if (check.problems.isEmpty()) {
            file.path("services")
                    .properties()
                    .forEach(service -> check.checkService(service.getKey(), service.getValue()));
            check.checkVariables(Programs.read(path));
        }
        return check.problems;
    }

    private void checkService(String name, JsonNode service) {
        String image = service.path("image").asString("");
        problems.addAll(programs.imageProblems(image));
        List<String> command = strings(service.path("command"));
        problems.addAll(programs.argumentProblems(image, command));
        Map<String, String> variables = new TreeMap<>();
        service.path("environment")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asString("")));
        problems.addAll(programs.variableProblems(image, variables.keySet(), command));
        service.path("depends_on").propertyNames().forEach(other -> {
            if (file.path("services").path(other).isMissingNode()) {
                problem(name, "waits for " + other + ", which is no service");
            }
        });
        strings(service.path("volumes")).forEach(volume -> checkVolume(name, volume));
        for (String host :
                List.of("COLORSTREAM_KAFKA", "COLORSTREAM_S3_ENDPOINT", "MINIO_NOTIFY_KAFKA_BROKERS_INBOX")) {
            Optional.ofNullable(variables.get(host)).ifPresent(address -> checkHost(name, address));
        }
        if (image.startsWith(StoreSetup.IMAGE)) {
            problems.addAll(StoreSetup.problems(
                    variables, String.join("\n", command).replace("$$", "$"), notificationTargets()));
        }
        programs.service(image).ifPresent(own -> checkOwn(name, service, own, variables));
    }

    private Set<String> notificationTargets() {
        Set<String> targets = new TreeSet<>();
        file.path("services")
                .forEach(service -> targets.addAll(
                        StoreSetup.targets(service.path("environment").propertyNames())));
        return targets;
    }

    private void checkOwn(String name, JsonNode service, Service own, Map<String, String> variables) {
        if (!service.path("user").asString("").equals("10001")
                || !service.path("read_only").asBoolean(false)
                || !strings(service.path("cap_drop")).contains("ALL")) {
            problem(name, "has rights or a root file system that it needs not");
        }
        // A number, or a variable with one to fall back to.
        int processors = Integer.parseInt(service.path("cpus").asString("1").replaceAll("\\D", ""));
        Programs.memoryProblems(own, processors, bytes(service.path("mem_limit").asString("0")))
                .forEach(problem -> problem(name, problem));
        if (own != Service.WORKER && own != Service.DASHBOARD) {
            return;
        }
        Map<String, String> told = new HashMap<>(variables);
        // Compose puts the secrets in their place.
        told.replaceAll((variable, value) -> value.startsWith("${") ? Programs.FROM_ELSEWHERE : value);
        List<String> refused = own == Service.WORKER ? programs.workerProblems(told) : Programs.dashboardProblems(told);
        refused.forEach(problem -> problem(name, problem));
        if (refused.isEmpty()) {
            checkProbe(name, service, own, told);
        }
        if (own == Service.WORKER && refused.isEmpty()) {
            checkPatience(name, service, told);
        }
    }

    private void checkProbe(String name, JsonNode service, Service own, Map<String, String> told) {
        String probed = String.join(" ", strings(service.path("healthcheck").path("test")));
        List<String> paths = Programs.matches(
                probed, "http://localhost:" + told.getOrDefault("COLORSTREAM_HTTP_PORT", "0") + "(/\\w+)");
        if (paths.isEmpty()) {
            problem(name, "is not probed where it listens: " + probed);
        }
        paths.forEach(path -> problems.addAll(programs.pathProblems(own, path)));
    }

    private void checkPatience(String name, JsonNode service, Map<String, String> told) {
        long grace = Long.parseLong(told.getOrDefault("COLORSTREAM_GRACE_S", "0"));
        long patience =
                Long.parseLong(service.path("stop_grace_period").asString("0").replace("s", ""));
        if (patience <= grace) {
            problem(name, "is killed after " + patience + " s, its photos in work may take " + grace);
        }
    }

    private void checkVolume(String name, String volume) {
        String source = volume.split(":", 2)[0];
        boolean known = source.startsWith("/")
                || source.startsWith("${")
                || (source.startsWith("./")
                        ? Files.exists(programs.root().resolve(source))
                        : !file.path("volumes").path(source).isMissingNode());
        if (!known) {
            problem(name, "mounts " + source + ", which is neither a volume nor a file");
        }
    }

    private void checkHost(String name, String address) {
        String host = address.replaceFirst("https?://", "").split(":", 2)[0];
        if (file.path("services").path(host).isMissingNode()) {
            problem(name, "looks for " + address + ", which is no service");
        }
    }

    /** What is put in from outside is in .env.example, or has a default of its own. */
    private void checkVariables(String text) {
        Programs.matches(text, "\\$\\{(\\w+):?\\?").stream()
                .filter(variable -> !secrets.contains(variable))
                .forEach(variable -> problems.add(variable + " is not in .env.example"));
    }

    private static long bytes(String text) {
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return text.endsWith("g") ? number << 30 : number << 20;
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(element -> strings.add(element.asString()));
        return strings;
    }

    private void problem(String service, String what) {
        problems.add(service + " " + what);
    }
}
