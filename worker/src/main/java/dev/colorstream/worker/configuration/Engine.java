package dev.colorstream.worker.configuration;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What runs the network. */
public enum Engine {
    /** Deeplearning4j: the reference. */
    DL4J("dl4j"),
    /** ONNX Runtime, on the model version's {@code network.onnx}. */
    ONNX_RUNTIME("onnxruntime"),
    /** Deeplearning4j where it can run, else ONNX Runtime. */
    AUTO("auto");

    private final String configName;

    Engine(String configName) {
        this.configName = configName;
    }

    /** Its name in the configuration. */
    public String configName() {
        return configName;
    }

    static Optional<Engine> named(String name) {
        return Arrays.stream(values())
                .filter(engine -> engine.configName.equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Engine::configName).collect(Collectors.joining(", "));
    }
}
