package dev.colorstream.colorizer.torchfile;

import dev.colorstream.colorizer.torchfile.Pickled.Name;
import dev.colorstream.colorizer.torchfile.Pickled.None;
import dev.colorstream.colorizer.torchfile.Pickled.Storage;
import dev.colorstream.colorizer.torchfile.Pickled.Tensor;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads pickles of weights, of the protocols 2 to 4. A pickle is a program; of its instructions only those are known that
 * build tensors, dictionaries, lists, texts and numbers, and of the functions that it may call only the three that PyTorch
 * writes for weights. Nothing is looked up or run.
 *
 * <p>Source: the descriptions in Python's {@code pickletools}.
 */
final class Unpickler {
    /** The instruction that a pickle begins with. */
    static final byte PROTOCOL = (byte) 0x80;

    private static final int MOST_VALUES = 1 << 20;
    private static final Object MARK = new Object();

    private final ByteBuffer input;
    private final String file;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int values;

    /**
     * @param input at the pickle's first byte; left behind its last
     * @param file what errors call the file
     */
    Unpickler(ByteBuffer input, String file) {
        this.input = input.order(ByteOrder.LITTLE_ENDIAN);
        this.file = file;
    }

    /**
     * The one value that the pickle builds.
     *
     * @throws TorchFileException where it is cut off, contradicts itself or asks for what weights do not need
     */
    Object read() {
        try {
            while (true) {
                int at = input.position();
                int instruction = input.get() & 0xff;
                if (instruction == '.') {
                    return pop();
                }
                step(instruction, at);
            }
        } catch (BufferUnderflowException e) {
            throw new TorchFileException(file + " is cut off within its pickle; fetch it anew", e);
        } catch (ClassCastException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | UnsupportedOperationException e) {
            throw new TorchFileException(
                    file + " is damaged: its pickle contradicts itself before byte " + input.position(), e);
        }
    }

    private void step(int instruction, int at) {
        switch (instruction) {
            case 0x80 -> requireProtocol(input.get());
            case 0x95 -> input.getLong(); // The length of a frame, which tells nothing more.
            case '(' -> push(MARK);
            case '0' -> pop();
            case 'N' -> push(new None());
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push((long) (input.get() & 0xff));
            case 'M' -> push((long) (input.getShort() & 0xffff));
            case 'J' -> push((long) input.getInt());
            case 0x8a -> push(integer(input.get() & 0xff));
            case 'G' -> push(input.order(ByteOrder.BIG_ENDIAN).getDouble());
            case 'X' -> push(text(input.getInt()));
            case 0x8c, 'U' -> push(text(input.get() & 0xff));
            case '}' -> push(new LinkedHashMap<String, Object>());
            case ']' -> push(new ArrayList<Object>());
            case ')' -> push(List.of());
            case 't' -> push(List.copyOf(popToMark()));
            case 0x85 -> push(tuple(1));
            case 0x86 -> push(tuple(2));
            case 0x87 -> push(tuple(3));
            case 'a' -> appendAll(List.of(pop()));
            case 'e' -> appendAll(popToMark());
            case 's' -> putAll(tuple(2));
            case 'u' -> putAll(popToMark());
            case 'q' -> memo.put(input.get() & 0xff, peek());
            case 'r' -> memo.put(input.getInt(), peek());
            case 0x94 -> memo.put(memo.size(), peek());
            case 'h' -> push(remembered(input.get() & 0xff));
            case 'j' -> push(remembered(input.getInt()));
            case 'c' -> push(new Name(line() + "." + line()));
            case 0x93 -> {
                List<Object> name = tuple(2);
                push(new Name((String) name.get(0) + "." + (String) name.get(1)));
            }
            case 'Q' -> push(storage(pop()));
            case 'R' -> {
                List<Object> call = tuple(2);
                push(called((Name) call.get(0), list(call.get(1))));
            }
            case 'b' -> pop(); // An object's attributes: what PyTorch notes of its own modules.
            default ->
                throw new TorchFileException(
                        ("%s holds the pickle instruction 0x%02x at byte %d, which no file of weights"
                                        + " needs: save the network's state_dict() alone")
                                .formatted(file, instruction, at));
        }
        input.order(ByteOrder.LITTLE_ENDIAN);
    }

    private void requireProtocol(byte protocol) {
        if (protocol < 2 || protocol > 4) {
            throw new TorchFileException(file + " is a pickle of protocol " + protocol + "; 2 to 4 are read");
        }
    }

    private Object called(Name function, List<Object> arguments) {
        return switch (function.name()) {
            case "collections.OrderedDict" -> new LinkedHashMap<String, Object>();
            case "torch._utils._rebuild_tensor_v2" ->
                new Tensor(
                        (Storage) arguments.get(0),
                        (Long) arguments.get(1),
                        integers(arguments.get(2)),
                        integers(arguments.get(3)));
            case "torch._utils._rebuild_parameter" -> (Tensor) arguments.get(0);
            default ->
                throw new TorchFileException(file + " asks to call " + function.name()
                        + ", which is not done: a file of weights needs no such thing. Save the network's state_dict()"
                        + " alone, and do not open files that you do not trust elsewhere either");
        };
    }

    /** The description of a storage: 'storage', its type, its key, its device, its count, and in old files its view. */
    private static Storage storage(Object description) {
        List<Object> parts = list(description);
        if (parts.size() < 5 || !"storage".equals(parts.get(0))) {
            throw new IllegalArgumentException("a reference to something that is no storage");
        }
        return new Storage(((Name) parts.get(1)).name(), (String) parts.get(2), (Long) parts.get(4));
    }

    private static List<Long> integers(Object value) {
        return list(value).stream().map(Long.class::cast).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    private Object integer(int length) {
        byte[] digits = bytes(length);
        for (int i = 0; i < length / 2; i++) {
            byte digit = digits[i];
            digits[i] = digits[length - 1 - i];
            digits[length - 1 - i] = digit;
        }
        BigInteger integer = length == 0 ? BigInteger.ZERO : new BigInteger(digits);
        return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
    }

    private String text(int length) {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > input.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        input.get(bytes);
        return bytes;
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (byte next = input.get(); next != '\n'; next = input.get()) {
            line.append((char) (next & 0xff));
        }
        return line.toString();
    }

    private void push(Object value) {
        if (++values > MOST_VALUES) {
            throw new TorchFileException(file + " builds more than " + MOST_VALUES + " values: no network has so many");
        }
        stack.push(value);
    }

    private Object pop() {
        if (stack.isEmpty()) {
            throw new IllegalArgumentException("it takes a value where there is none");
        }
        return stack.pop();
    }

    private Object peek() {
        Object top = pop();
        stack.push(top);
        return top;
    }

    private List<Object> tuple(int length) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            elements.add(pop());
        }
        Collections.reverse(elements);
        return List.copyOf(elements);
    }

    private List<Object> popToMark() {
        List<Object> elements = new ArrayList<>();
        for (Object next = pop(); next != MARK; next = pop()) {
            elements.add(next);
        }
        Collections.reverse(elements);
        return elements;
    }

    private void appendAll(List<Object> elements) {
        list(peek()).addAll(elements);
    }

    @SuppressWarnings("unchecked")
    private void putAll(List<Object> keysAndValues) {
        Map<String, Object> dictionary = (Map<String, Object>) peek();
        for (int i = 0; i + 1 < keysAndValues.size(); i += 2) {
            // A text as each key, since a list that holds itself has no hash.
            dictionary.put((String) keysAndValues.get(i), keysAndValues.get(i + 1));
        }
    }

    private Object remembered(int place) {
        Object value = memo.get(place);
        if (value == null) {
            throw new IllegalArgumentException("it remembers nothing at " + place);
        }
        return value;
    }
}
