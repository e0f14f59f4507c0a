package dev.colorstream.colorizer.network;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;

/**
 * {@code network.onnx}: a network as any ONNX runtime can run it, batch normalization folded into convolutions where
 * that is exact.
 *
 * <p>Input {@code luminance}: photos x 1 x S x S, L in [0,100]. Output {@code logits}: photos x S/4 x S/4 x 313,
 * unnormalized log probabilities of the ab bins, or {@code ab}: photos x S/4 x S/4 x 2, a and b divided by
 * {@link Head#AB_UNIT}. Photos and S are free; S is a multiple of {@link Architecture#SIZE_STEP}.
 */
public final class OnnxFile {
    private static final int FORMAT = 8;
    private static final int OPERATOR_SET = 17;

    private OnnxFile() {}

    /**
     * Writes a network whole or not at all; the same network gives the same bytes.
     *
     * @param version what the file shall say it is, for people
     * @throws IllegalArgumentException where a weight is missing or no finite number
     */
    public static void write(Path file, Architecture architecture, Weights weights, String version) {
        if (!weights.areFinite()) {
            throw new IllegalArgumentException(version + " holds weights that are no finite numbers");
        }
        FoldedNetwork folded = FoldedNetwork.of(architecture, weights);
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setProducerName("colorstream")
                .setDocString("Colorstream's model version " + version + ": predicts colors for gray photos. Input "
                        + OnnxGraph.LUMINANCE + ": photos x 1 x S x S, L of CIE Lab in [0,100]. Output "
                        + output(architecture.head()))
                .addMetadataProps(property("version", version))
                .addMetadataProps(property("architecture", architecture.name()))
                .setGraph(OnnxGraph.of(folded.architecture(), folded.weights()))
                .build();
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                model.writeTo(bytes);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the network " + file, e);
        }
    }

    private static String output(Head head) {
        return switch (head) {
            case BIN_DISTRIBUTION ->
                head.layer()
                        + ": photos x S/4 x S/4 x 313, log probabilities of the ab bins up to a constant for each cell.";
            case AB_PLANE -> head.layer() + ": photos x S/4 x S/4 x 2, a and b divided by " + (int) Head.AB_UNIT + ".";
        };
    }

    private static StringStringEntryProto.Builder property(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value);
    }
}
