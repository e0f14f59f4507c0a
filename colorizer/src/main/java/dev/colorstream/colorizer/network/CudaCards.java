package dev.colorstream.colorizer.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The NVIDIA cards of a machine, as their driver tells them.
 *
 * @param cards none where there is no driver
 */
record CudaCards(List<Card> cards) {
    /** A class of ND4J's CUDA build, which is on the class path only where the Maven profile {@code cuda} put it. */
    private static final String CUDA_BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";

    /** Of ONNX Runtime's CUDA build, which the Maven profile {@code cuda-ort} takes in place of the other. */
    private static final String ORT_CUDA_PROVIDER = "ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so";

    /** ND4J's library holds machine code for compute capability 3.7 to 8.6, and nothing that a driver could translate. */
    private static final int OLDEST_MAJOR = 3;

    private static final int OLDEST_MINOR = 7;
    private static final int FIRST_MAJOR_TOO_NEW = 9;

    private static final Pattern LINE = Pattern.compile("(.+), *(\\d+)\\.(\\d+)");

    CudaCards {
        cards = List.copyOf(cards);
    }

    /** A card by its name and compute capability. */
    record Card(String name, int major, int minor) {
        boolean runsNd4j() {
            return !isTooNewForNd4j() && (major > OLDEST_MAJOR || (major == OLDEST_MAJOR && minor >= OLDEST_MINOR));
        }

        boolean isTooNewForNd4j() {
            return major >= FIRST_MAJOR_TOO_NEW;
        }

        @Override
        public String toString() {
            return name + " (compute capability " + major + "." + minor + ")";
        }
    }

    /** Whether this is a build whose ND4J is for NVIDIA cards. */
    static boolean isCudaBuild() {
        return has(CUDA_BACKEND);
    }

    /** Whether this is a build whose ONNX Runtime is for NVIDIA cards. */
    static boolean isCudaOrtBuild() {
        return has(ORT_CUDA_PROVIDER);
    }

    private static boolean has(String resource) {
        return CudaCards.class.getClassLoader().getResource(resource) != null;
    }

    /** The cards of this machine or container. */
    static CudaCards here() {
        try {
            Process driver = new ProcessBuilder("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            driver.getOutputStream().close();
            String told = new String(driver.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            driver.waitFor();
            return parse(told);
        } catch (IOException e) {
            return new CudaCards(List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CudaCards(List.of());
        }
    }

    /** The cards in lines of name and compute capability; other lines are none. */
    static CudaCards parse(String told) {
        List<Card> cards = new ArrayList<>();
        told.lines()
                .map(String::strip)
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> cards.add(
                        new Card(line.group(1), Integer.parseInt(line.group(2)), Integer.parseInt(line.group(3)))));
        return new CudaCards(cards);
    }

    /**
     * The first card, the one that is taken.
     *
     * @param profile the Maven profile whose build wants it
     * @throws UnsupportedCpuException saying in one line that there is none
     */
    Card first(String profile) {
        return cards.stream()
                .findFirst()
                .orElseThrow(() -> new UnsupportedCpuException(
                        "this build is for NVIDIA cards, and nvidia-smi tells of none here: run it on a machine with a card"
                                + " and its driver, or take the build without the profile " + profile));
    }

    /**
     * Checks that ND4J runs on the first card.
     *
     * @throws UnsupportedCpuException saying in one line why it does not, and what does
     */
    void requireUsable() {
        Card card = first("cuda");
        if (card.isTooNewForNd4j()) {
            throw new UnsupportedCpuException("ND4J for CUDA 11.6 cannot run on the card " + card
                    + ": it holds no code for compute capability 9.0 and newer; take the build of the profile cuda-ort,"
                    + " whose engine onnxruntime serves there");
        }
        if (!card.runsNd4j()) {
            throw new UnsupportedCpuException("ND4J for CUDA 11.6 cannot run on the card " + card
                    + ": it has code for compute capability 3.7 to 8.9 (K80 to L4, RTX 40); take such a card, the engine"
                    + " onnxruntime, or the build without the profile cuda");
        }
    }

    /** Whether ND4J runs on the first card. */
    boolean areUsable() {
        return !cards.isEmpty() && cards.get(0).runsNd4j();
    }
}
