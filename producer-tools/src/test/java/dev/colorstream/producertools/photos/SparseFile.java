package dev.colorstream.producertools.photos;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/** A file in which many zeros at once take no space on the disk, as far as its file system can leave holes. */
final class SparseFile implements SeekableByteChannel {
    private static final int SMALLEST_HOLE = 4096;

    private final FileChannel file;

    SparseFile(Path path) throws IOException {
        file = FileChannel.open(path, CREATE_NEW, READ, WRITE);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() < SMALLEST_HOLE || !bytes.equals(ByteBuffer.allocate(bytes.remaining()))) {
            return file.write(bytes);
        }
        int skipped = bytes.remaining();
        bytes.position(bytes.limit());
        file.position(file.position() + skipped);
        return skipped;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return file.read(bytes);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
