package dev.colorstream.colorizer.torchfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The two resources were written by PyTorch 2.15: the state of a convolution from 1 to 2 channels and a batch normalization,
 * {@code arange(6).reshape(2, 3).t()}, {@code arange(10)[3:5]} and a tensor of halves; one as it writes today, one with
 * {@code _use_new_zipfile_serialization=False}.
 */
final class TorchFileTest {
    private static final String OLD = "state-before-1.6.pth";

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("network.pth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.pth", OLD})
    void shouldReadWhatPyTorchWrites(String name) throws IOException {
        Files.write(file, resource(name));

        Map<String, TorchTensor> tensors = TorchFile.read(file);

        // The counter of batches and the halves are no 32-bit floats.
        assertThat(tensors.keySet())
                .containsExactly(
                        "0.weight",
                        "0.bias",
                        "1.weight",
                        "1.bias",
                        "1.running_mean",
                        "1.running_var",
                        "transposed",
                        "part");
        TorchTensor kernel = Objects.requireNonNull(tensors.get("0.weight"));
        assertThat(kernel.shape()).containsExactly(2L, 1L, 3L, 3L);
        for (int i = 0; i < kernel.values().length; i++) {
            assertThat(kernel.values()[i]).isEqualTo(i % 8 * 0.25f - 1);
        }
        TorchTensor transposed = Objects.requireNonNull(tensors.get("transposed"));
        assertThat(transposed.shape()).containsExactly(3L, 2L);
        assertThat(transposed.values()).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(tensors)
                .extractingByKey("part")
                .extracting(TorchTensor::values)
                .isEqualTo(new float[] {3, 4});
    }

    @Test
    void shouldReadTheStateWithinACheckpointOfANetworkThatRanOnSeveralCards() throws IOException {
        // given: {"state_dict": {"module.w": tensor}}
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(latin("\u0080\u0002}X\n\u0000\u0000\u0000state_dict"));
        byte[] inner = tensorOfTwo("module.w", "FloatStorage", 2, 0);
        pickle.write(inner, 2, inner.length - 3);
        pickle.write(latin("s."));
        writeZipOf("state/data.pkl", pickle.toByteArray(), "state/data/0", new byte[2 * Float.BYTES]);

        assertThat(TorchFile.read(file)).containsOnlyKeys("w");
    }

    @Test
    void shouldSayThatTheWeightsAreHalves() throws IOException {
        writeZipOf(
                "state/data.pkl",
                tensorOfTwo("weight", "HalfStorage", 2, 0),
                "state/data/0",
                new byte[2 * Short.BYTES]);

        assertThatThrownBy(() -> TorchFile.read(file))
                .hasMessageContaining("network.pth holds torch.HalfStorage")
                .hasMessageContaining("network.float()");
    }

    @Test
    void shouldNameTheFileThatIsNone() {
        assertThatThrownBy(() -> TorchFile.read(file)).hasMessageContaining("network.pth is no file");
        assertThatThrownBy(() -> TorchFile.read(folder)).hasMessageContaining("is no file");
    }

    @Test
    void shouldNeverCallWhatAFileAsksToCall() throws IOException {
        // given: what Python would run as os.system("echo")
        writeZip("\u0002cos\nsystem\n(X\u0004\u0000\u0000\u0000echotR.");

        assertThatThrownBy(() -> TorchFile.read(file))
                .isInstanceOf(TorchFileException.class)
                .hasMessageContaining("network.pth asks to call os.system, which is not done");
    }

    @Test
    void shouldNameTheInstructionThatNoWeightsNeed() throws IOException {
        // given: the instruction that makes an object of any class
        writeZip("\u0002}\u0081.");

        assertThatThrownBy(() -> TorchFile.read(file))
                .hasMessageContaining("the pickle instruction 0x81 at byte 3")
                .hasMessageContaining("state_dict()");
    }

    @Test
    void shouldSayWhatAFileIsThatHoldsNoWeights() throws IOException {
        Files.writeString(file, "<html>404</html>");
        assertThatThrownBy(() -> TorchFile.read(file)).hasMessageContaining("network.pth is no PyTorch file");

        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> TorchFile.read(file)).hasMessageContaining("is no PyTorch file");

        writeZipOf("photo.jpg", new byte[1]);
        assertThatThrownBy(() -> TorchFile.read(file)).hasMessageContaining("is a zip without data.pkl");

        writeZip("\u0002K\u0001.");
        assertThatThrownBy(() -> TorchFile.read(file)).hasMessageContaining("holds no dictionary of weights");

        // A list that holds itself.
        writeZip("\u0002]q\u0000h\u0000a.");
        assertThatThrownBy(() -> TorchFile.read(file)).hasMessageContaining("holds no dictionary of weights");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, -1, Integer.MAX_VALUE})
    void shouldRefuseATensorThatReachesBeyondItsStorage(int offset) throws IOException {
        // given: two values from the offset on, in a storage of three
        writeZipOf(
                "state/data.pkl",
                tensorOfTwo("weight", "FloatStorage", 3, offset),
                "state/data/0",
                new byte[3 * Float.BYTES]);

        assertThatThrownBy(() -> TorchFile.read(file))
                .hasMessageContaining("the tensor weight of shape [2] does not lie within its storage");
    }

    @Test
    void shouldRefuseAStorageLargerThanAnyNetworkBeforeItTakesMemory() throws IOException {
        writeZipOf(
                "state/data.pkl",
                tensorOfTwo("weight", "DoubleStorage", Integer.MAX_VALUE, 0),
                "state/data/0",
                new byte[16]);

        assertThatThrownBy(() -> TorchFile.read(file))
                .hasMessageContaining("a storage of 2147483647 values; no network has so many");
    }

    @Test
    void shouldAnswerEveryDamageWithAFailureThatNamesTheFile() throws IOException {
        byte[] whole = resource(OLD);
        Random random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 3_000; round++) {
            // given
            byte[] damaged = whole.clone();
            for (int change = 0; change <= round % 3; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            int length = round % 2 == 0 ? damaged.length : random.nextInt(damaged.length);
            Files.write(file, Arrays.copyOf(damaged, length));

            // when, then
            try {
                TorchFile.read(file);
            } catch (TorchFileException e) {
                refused++;
                assertThat(e).hasMessageContaining("network.pth");
            }
        }
        assertThat(refused).isGreaterThan(1_500);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = TorchFileTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }

    /** A dictionary of one tensor of two values. */
    private static byte[] tensorOfTwo(String name, String type, int count, int offset) throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(latin("\u0080\u0002}X"));
        pickle.write(littleEndian(name.length()));
        pickle.write(latin(name + "ctorch._utils\n_rebuild_tensor_v2\n(("));
        pickle.write(latin("X\u0007\u0000\u0000\u0000storagectorch\n" + type + "\n"));
        pickle.write(latin("X\u0001\u0000\u0000\u00000X\u0003\u0000\u0000\u0000cpuJ"));
        pickle.write(littleEndian(count));
        pickle.write(latin("tQJ"));
        pickle.write(littleEndian(offset));
        pickle.write(latin("K\u0002\u0085K\u0001\u0085tRs."));
        return pickle.toByteArray();
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A pickle behind its first byte. */
    private void writeZip(String pickle) throws IOException {
        writeZipOf("state/data.pkl", latin("\u0080" + pickle));
    }

    private void writeZipOf(Object... namesAndContents) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
                zip.write((byte[]) namesAndContents[i + 1]);
            }
        }
    }
}
