package dev.colorstream.colorizer.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageOutputStreamImpl;

/**
 * A file in memory as a writer makes it, in blocks: it grows by one of them, where Java's own streams would copy all that is
 * there.
 */
final class FileInBlocks extends ImageOutputStreamImpl {
    private static final int BLOCK = 1 << 16;

    private final List<byte[]> blocks = new ArrayList<>();
    private long length;

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < length ? block()[(int) (streamPos++ % BLOCK)] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int count) {
        bitOffset = 0;
        if (streamPos >= length) {
            return -1;
        }
        // All that is there: readInt() takes less for the end.
        int read = (int) Math.min(count, length - streamPos);
        int done = 0;
        while (done < read) {
            int place = (int) (streamPos % BLOCK);
            int part = Math.min(read - done, BLOCK - place);
            System.arraycopy(block(), place, into, from + done, part);
            done += part;
            streamPos += part;
        }
        return read;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        flushBits();
        int written = 0;
        while (written < count) {
            int place = (int) (streamPos % BLOCK);
            int part = Math.min(count - written, BLOCK - place);
            System.arraycopy(bytes, from + written, block(), place, part);
            written += part;
            streamPos += part;
        }
        length = Math.max(length, streamPos);
    }

    /** The block that the position is in; those up to it are there after. */
    private byte[] block() {
        int number = (int) (streamPos / BLOCK);
        while (blocks.size() <= number) {
            blocks.add(new byte[BLOCK]);
        }
        return blocks.get(number);
    }

    @Override
    public long length() {
        return length;
    }

    /**
     * The file with something put in.
     *
     * @param insertion comes before the byte at {@code place}
     */
    byte[] with(byte[] insertion, int place) throws IOException {
        byte[] file = new byte[Math.toIntExact(length + insertion.length)];
        // Not by seek(): writers forbid to go back to what they have finished.
        streamPos = 0;
        readFully(file, 0, place);
        System.arraycopy(insertion, 0, file, place, insertion.length);
        readFully(file, place + insertion.length, (int) length - place);
        return file;
    }

    @Override
    public void close() throws IOException {
        // Java's own streams have finalizers: they are freed late.
        blocks.clear();
        super.close();
    }
}
