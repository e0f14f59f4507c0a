package dev.colorstream.local.embeddeds3;

import dev.colorstream.local.childjvm.ReadyLine;
import java.nio.file.Path;
import java.util.Map;

/** A process that starts an S3 server, tells its process id and waits. */
final class S3Owner {
    private S3Owner() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedS3 s3 = EmbeddedS3.start(Path.of(args[0]));
        new ReadyLine(Map.of("s3", Long.toString(s3.pid()))).tell();
        Thread.currentThread().join();
    }
}
