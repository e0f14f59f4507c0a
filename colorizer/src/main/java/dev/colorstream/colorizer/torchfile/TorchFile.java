package dev.colorstream.colorizer.torchfile;

import dev.colorstream.colorizer.torchfile.Pickled.Storage;
import dev.colorstream.colorizer.torchfile.Pickled.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A network's state as {@code torch.save} writes it: since PyTorch 1.6 a zip of a pickle and one file for each storage,
 * before that pickles and storages one after another.
 */
public final class TorchFile {
    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_PICKLE_BYTES = 1 << 24;
    private static final BigInteger OLD_MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long OLD_PROTOCOL = 1001;
    private static final String FLOATS = "torch.FloatStorage";
    private static final String STATE = "state_dict";
    private static final String WRAPPER = "module.";
    private static final Map<String, Integer> BYTES_OF_A_VALUE = Map.of(
            FLOATS,
            4,
            "torch.DoubleStorage",
            8,
            "torch.HalfStorage",
            2,
            "torch.BFloat16Storage",
            2,
            "torch.LongStorage",
            8,
            "torch.IntStorage",
            4,
            "torch.ByteStorage",
            1,
            "torch.BoolStorage",
            1);

    private final String file;
    private final Map<String, ByteBuffer> storages = new HashMap<>();

    private TorchFile(Path file) {
        this.file = file.toString();
    }

    /**
     * The tensors of 32-bit floats by their names, in the file's order; tensors of other types, such as counters, are left
     * out. What lies in a dictionary {@code state_dict}, as checkpoints have it, is taken from there, and the prefix
     * {@code module.} that PyTorch's DataParallel puts before every name is left out.
     *
     * @throws TorchFileException where the file holds no weights, or is damaged
     * @throws IOException where it cannot be read
     */
    public static Map<String, TorchTensor> read(Path path) throws IOException {
        TorchFile file = new TorchFile(path);
        if (!Files.isRegularFile(path)) {
            throw file.fault("is no file: name the one that torch.save(network.state_dict(), file) wrote");
        }
        long size = Files.size(path);
        if (size > MOST_BYTES) {
            throw file.fault("has " + size + " bytes; up to " + MOST_BYTES + " are read");
        }
        Map<String, Tensor> tensors =
                isZip(path) ? file.readZip(path) : file.readOld(ByteBuffer.wrap(Files.readAllBytes(path)));
        Map<String, TorchTensor> read = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (tensor.storage().type().equals(FLOATS)) {
                read.put(name, file.values(name, tensor));
            }
        });
        if (read.isEmpty() && !tensors.isEmpty()) {
            Set<String> types = tensors.values().stream()
                    .map(tensor -> tensor.storage().type())
                    .collect(Collectors.toCollection(TreeSet::new));
            throw file.fault("holds " + String.join(", ", types)
                    + " and no weights of 32-bit floats: save network.float().state_dict()");
        }
        return read;
    }

    private static boolean isZip(Path path) throws IOException {
        try (InputStream start = Files.newInputStream(path)) {
            return new String(start.readNBytes(2), StandardCharsets.US_ASCII).equals("PK");
        }
    }

    private Map<String, Tensor> readZip(Path path) throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            String pickle = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.matches("[^/]+/data\\.pkl"))
                    .findFirst()
                    .orElseThrow(() -> fault("is a zip without data.pkl: give the file that"
                            + " torch.save(network.state_dict(), file) wrote"));
            String folder = pickle.substring(0, pickle.indexOf('/') + 1);
            if (zip.getEntry(folder + "byteorder") != null) {
                String order = new String(bytes(zip, folder + "byteorder", 16), StandardCharsets.US_ASCII);
                requireLittleEndian(order.strip().equals("little"));
            }
            Map<String, Tensor> tensors =
                    tensors(new Unpickler(ByteBuffer.wrap(bytes(zip, pickle, MOST_PICKLE_BYTES)), file).read());
            long sum = 0;
            for (Storage storage : storagesOf(tensors).values()) {
                long length = length(storage);
                sum += length;
                if (sum > MOST_BYTES) {
                    throw fault("tells of more than " + MOST_BYTES + " bytes of weights; no more are read");
                }
                byte[] bytes = bytes(zip, folder + "data/" + storage.key(), (int) length);
                storages.put(storage.key(), ByteBuffer.wrap(bytes));
            }
            return tensors;
        } catch (ZipException e) {
            throw new TorchFileException(file + " is a damaged zip: " + e.getMessage() + "; fetch it anew", e);
        }
    }

    /** An entry's content, whatever the zip says of its size. */
    private byte[] bytes(ZipFile zip, String name, int most) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw fault("lacks " + name + "; fetch it anew");
        }
        try (InputStream input = zip.getInputStream(entry)) {
            byte[] bytes = input.readNBytes(most);
            if (input.read() >= 0) {
                throw fault("holds more than " + most + " bytes in " + name + ", which is too much");
            }
            return bytes;
        }
    }

    private Map<String, Tensor> readOld(ByteBuffer bytes) {
        boolean isPickle = bytes.hasRemaining() && bytes.get(0) == Unpickler.PROTOCOL;
        if (!isPickle || !OLD_MAGIC.equals(new Unpickler(bytes, file).read())) {
            throw fault("is no PyTorch file: give one that torch.save(network.state_dict(), file) wrote");
        }
        if (!Long.valueOf(OLD_PROTOCOL).equals(new Unpickler(bytes, file).read())) {
            throw fault("has another form than " + OLD_PROTOCOL + ", the only one that PyTorch wrote before 1.6");
        }
        requireLittleEndian(new Unpickler(bytes, file).read() instanceof Map<?, ?> machine
                && Boolean.TRUE.equals(machine.get("little_endian")));
        Map<String, Tensor> tensors = tensors(new Unpickler(bytes, file).read());
        Map<String, Storage> byKey = storagesOf(tensors);
        if (!(new Unpickler(bytes, file).read() instanceof List<?> keys)) {
            throw fault("has no list of its storages");
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        for (Object key : keys) {
            if (!(key instanceof String) || !byKey.containsKey(key)) {
                throw fault("holds a storage that no tensor uses: save the network's state_dict() alone");
            }
            readOldStorage(bytes, byKey.get(key));
        }
        return tensors;
    }

    /** After its count, which is one more time in the pickle. */
    private void readOldStorage(ByteBuffer bytes, Storage storage) {
        long length = length(storage);
        if (bytes.remaining() < Long.BYTES || bytes.getLong() != storage.count() || length > bytes.remaining()) {
            throw fault("is cut off or damaged at storage " + storage.key() + "; fetch it anew");
        }
        storages.put(storage.key(), bytes.slice(bytes.position(), (int) length));
        bytes.position(bytes.position() + (int) length);
    }

    private void requireLittleEndian(boolean isLittleEndian) {
        if (!isLittleEndian) {
            throw fault("was written on a big-endian machine: save it on another");
        }
    }

    /** Up to {@link #MOST_BYTES}. */
    private long length(Storage storage) {
        Integer each = BYTES_OF_A_VALUE.get(storage.type());
        if (each == null) {
            throw fault("holds values of the type " + storage.type() + ", which weights have not");
        }
        if (storage.count() < 0 || storage.count() > MOST_BYTES / each) {
            throw fault("tells of a storage of " + storage.count() + " values; no network has so many");
        }
        return storage.count() * each;
    }

    private static Map<String, Storage> storagesOf(Map<String, Tensor> tensors) {
        return tensors.values().stream()
                .map(Tensor::storage)
                .collect(Collectors.toMap(Storage::key, Function.identity(), (first, second) -> first));
    }

    private Map<String, Tensor> tensors(Object state) {
        if (!(state instanceof Map<?, ?> whole)) {
            throw fault("holds no dictionary of weights: save the network's state_dict() alone");
        }
        Map<?, ?> entries = whole.get(STATE) instanceof Map<?, ?> nested ? nested : whole;
        boolean isWrapped = !entries.isEmpty()
                && entries.keySet().stream().allMatch(name -> name instanceof String text && text.startsWith(WRAPPER));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        entries.forEach((name, value) -> {
            if (name instanceof String text && value instanceof Tensor tensor) {
                tensors.put(isWrapped ? text.substring(WRAPPER.length()) : text, tensor);
            }
        });
        return tensors;
    }

    private TorchTensor values(String name, Tensor tensor) {
        FloatBuffer storage = storages.getOrDefault(tensor.storage().key(), ByteBuffer.allocate(0))
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        try {
            return new TorchTensor(tensor.shape(), TensorView.of(tensor).values(storage));
        } catch (IndexOutOfBoundsException e) {
            throw new TorchFileException(
                    file + " is damaged: the tensor " + name + " of shape " + tensor.shape()
                            + " does not lie within its storage",
                    e);
        }
    }

    private TorchFileException fault(String what) {
        return new TorchFileException(file + " " + what);
    }
}
