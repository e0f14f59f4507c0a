package dev.colorstream.dashboard.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies a stream up to a limit. */
public final class BoundedCopy {
    private static final int BUFFER = 1 << 16;

    private BoundedCopy() {}

    /** Whether the stream ended within the limit; nothing behind it is read. */
    public static boolean copy(InputStream in, OutputStream out, long maxBytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            copied += read;
            if (copied > maxBytes) {
                return false;
            }
            out.write(buffer, 0, read);
        }
        return true;
    }
}
