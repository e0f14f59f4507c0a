package dev.colorstream.colorizer.image;

import dev.colorstream.colorizer.image.PhotoNotes.Resolution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The chunks of a PNG file (ISO/IEC 15948), walked without decoding: ImageIO checks neither sums nor the end. */
final class PngChunks {
    private static final int SIGNATURE = 8;
    private static final int AROUND_DATA = 12;

    /** Where the header chunk ends, which is the first. */
    static final int BEHIND_HEADER = SIGNATURE + AROUND_DATA + 13;

    private static final Set<String> OF_THE_PICTURE = Set.of("IHDR", "IDAT", "IEND");

    private static final int BITS = SIGNATURE + 16;
    private static final int COLOR_TYPE = SIGNATURE + 17;
    private static final int GRAY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int COLOR_BYTES = 3;

    private static final int MOST_PROFILE_BYTES = 4 << 20;
    private static final int UNIT_METER = 1;
    private static final byte PERCEPTUAL = 0;

    /** Pieces of 8 KB, the usual ones, of a file of 2 GB. */
    private static final int MOST_CHUNKS = 1 << 18;

    private PngChunks() {}

    /**
     * A chunk.
     *
     * @param position of its length field
     * @param length of its data
     */
    private record Chunk(String type, int position, int length) {
        int data() {
            return position + 8;
        }

        int end() {
            return position + AROUND_DATA + length;
        }
    }

    /** The chunks up to the end chunk, or up to the place where the file breaks. */
    private static List<Chunk> chunks(byte[] bytes) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer file = ByteBuffer.wrap(bytes);
        int position = SIGNATURE;
        while (position + AROUND_DATA <= bytes.length && chunks.size() < MOST_CHUNKS) {
            int length = file.getInt(position);
            if (length < 0 || length > bytes.length - position - AROUND_DATA) {
                break;
            }
            String type = new String(bytes, position + 4, 4, StandardCharsets.ISO_8859_1);
            Chunk chunk = new Chunk(type, position, length);
            chunks.add(chunk);
            if (type.equals("IEND")) {
                break;
            }
            position = chunk.end();
        }
        return chunks;
    }

    /** What is wrong with the chunks that the picture needs, or nothing. */
    static Optional<String> damage(byte[] bytes) {
        String last = "";
        for (Chunk chunk : chunks(bytes)) {
            last = chunk.type();
            boolean isCritical = Character.isUpperCase(last.charAt(0));
            if (isCritical && sum(bytes, chunk.position() + 4, 4 + chunk.length()) != sumOf(bytes, chunk)) {
                return Optional.of("chunk " + last + " at byte " + chunk.position() + " has a wrong checksum");
            }
        }
        return last.equals("IEND")
                ? Optional.empty()
                : Optional.of("the file ends at byte " + bytes.length + ", before its IEND chunk");
    }

    /** Width and height as the header says, or nothing where there is none. */
    static Optional<long[]> size(byte[] bytes) {
        boolean hasHeader = bytes.length >= 29 && new String(bytes, 12, 4, StandardCharsets.ISO_8859_1).equals("IHDR");
        ByteBuffer file = ByteBuffer.wrap(bytes);
        return hasHeader
                ? Optional.of(
                        new long[] {Integer.toUnsignedLong(file.getInt(16)), Integer.toUnsignedLong(file.getInt(20))})
                : Optional.empty();
    }

    /**
     * The file with nothing but its picture: texts and profiles, which may inflate without end, are not for a reader. Nor is
     * what a palette or a transparency holds too much: the JDK's reader takes that for damage.
     */
    static byte[] picture(byte[] bytes) {
        ByteArrayOutputStream picture = new ByteArrayOutputStream(bytes.length);
        picture.write(bytes, 0, SIGNATURE);
        int colors = 0;
        for (Chunk chunk : chunks(bytes)) {
            switch (chunk.type()) {
                case "PLTE" -> {
                    colors = Math.min(chunk.length() / COLOR_BYTES, 1 << bytes[BITS]);
                    write(picture, "PLTE", Arrays.copyOf(data(bytes, chunk), COLOR_BYTES * colors));
                }
                case "tRNS" ->
                    transparency(data(bytes, chunk), bytes[BITS], bytes[COLOR_TYPE], colors)
                            .ifPresent(data -> write(picture, "tRNS", data));
                default -> {
                    if (OF_THE_PICTURE.contains(chunk.type())) {
                        picture.write(bytes, chunk.position(), AROUND_DATA + chunk.length());
                    }
                }
            }
        }
        return picture.toByteArray();
    }

    /** What a picture of that color type can have of a transparency: one tone, or an opacity of each of the colors. */
    private static Optional<byte[]> transparency(byte[] data, int bits, int colorType, int colors) {
        return switch (colorType) {
            case GRAY -> data.length == 2 ? Optional.of(tone(data, bits)) : Optional.empty();
            case RGB -> data.length == 6 ? Optional.of(tone(data, bits)) : Optional.empty();
            case PALETTE ->
                Optional.of(Arrays.copyOf(data, Math.min(data.length, colors))).filter(cut -> cut.length > 0);
            default -> Optional.empty();
        };
    }

    /** The JDK's reader scales samples of few bits to 8 before it compares them with the tone. */
    private static byte[] tone(byte[] data, int bits) {
        int scale = switch (bits) {
            case 1 -> 255;
            case 2 -> 85;
            case 4 -> 17;
            default -> 1;
        };
        ByteBuffer tone = ByteBuffer.allocate(data.length);
        for (int i = 0; i < data.length; i += 2) {
            int sample = ByteBuffer.wrap(data).getShort(i) & ((1 << bits) - 1);
            tone.putShort((short) (scale * sample));
        }
        return tone.array();
    }

    /** The data of the first chunk of that type. */
    static Optional<byte[]> chunk(byte[] bytes, String type) {
        return chunks(bytes).stream()
                .filter(chunk -> chunk.type().equals(type))
                .findFirst()
                .map(chunk -> data(bytes, chunk));
    }

    private static byte[] data(byte[] bytes, Chunk chunk) {
        return Arrays.copyOfRange(bytes, chunk.data(), chunk.data() + chunk.length());
    }

    /** A profile goes before the word sRGB, and that before a gamma. */
    static ColorTags colorTags(byte[] bytes) {
        Optional<byte[]> profile = chunk(bytes, "iCCP").flatMap(PngChunks::inflatedProfile);
        if (profile.isPresent() || chunk(bytes, "sRGB").isPresent()) {
            return ColorTags.ofProfile(profile);
        }
        return chunk(bytes, "gAMA")
                .filter(data -> data.length == 4)
                .map(data -> ColorTags.ofGamma(ByteBuffer.wrap(data).getInt() / 100_000.0))
                .orElse(ColorTags.NONE);
    }

    static Optional<Resolution> resolution(byte[] bytes) {
        return chunk(bytes, "pHYs")
                .filter(data -> data.length == 9 && data[8] == UNIT_METER)
                .map(ByteBuffer::wrap)
                .flatMap(data -> FileMetadata.perMeter(data.getInt(), data.getInt()));
    }

    /** A name, 0, the method 0, and the profile deflated; nothing where it is larger than any honest one. */
    private static Optional<byte[]> inflatedProfile(byte[] data) {
        int name = 0;
        while (name < data.length && data[name] != 0) {
            name++;
        }
        if (name + 2 >= data.length || data[name + 1] != 0) {
            return Optional.empty();
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data, name + 2, data.length - name - 2);
            ByteArrayOutputStream profile = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            int read = inflater.inflate(part);
            while (read > 0 && profile.size() <= MOST_PROFILE_BYTES) {
                profile.write(part, 0, read);
                read = inflater.inflate(part);
            }
            return inflater.finished() ? Optional.of(profile.toByteArray()) : Optional.empty();
        } catch (DataFormatException broken) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    /** What an inscription says, as chunks that come behind the header chunk. */
    static byte[] inscription(Inscription inscription) throws IOException {
        PhotoNotes notes = inscription.notes();
        ByteArrayOutputStream chunks = new ByteArrayOutputStream(512);
        write(chunks, "sRGB", new byte[] {PERCEPTUAL});
        notes.resolution().ifPresent(resolution -> write(chunks, "pHYs", perMeter(resolution)));
        inscription.maker().ifPresent(maker -> write(chunks, "tEXt", ascii("Software\0" + maker)));
        if (notes.changed().isPresent()
                || notes.taken().isPresent()
                || notes.digitized().isPresent()) {
            write(chunks, "eXIf", ExifBlock.bytes(inscription));
        }
        return chunks.toByteArray();
    }

    private static void write(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] chunk = ByteBuffer.allocate(data.length + AROUND_DATA)
                .putInt(data.length)
                .put(ascii(type))
                .put(data)
                .array();
        ByteBuffer.wrap(chunk).putInt(data.length + 8, sum(chunk, 4, data.length + 4));
        file.writeBytes(chunk);
    }

    private static byte[] perMeter(Resolution resolution) {
        return ByteBuffer.allocate(9)
                .putInt((int) Math.round(resolution.horizontal() * FileMetadata.INCHES_PER_METER))
                .putInt((int) Math.round(resolution.vertical() * FileMetadata.INCHES_PER_METER))
                .put((byte) UNIT_METER)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int sumOf(byte[] bytes, Chunk chunk) {
        return ByteBuffer.wrap(bytes).getInt(chunk.data() + chunk.length());
    }

    private static int sum(byte[] bytes, int start, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, start, length);
        return (int) sum.getValue();
    }
}
