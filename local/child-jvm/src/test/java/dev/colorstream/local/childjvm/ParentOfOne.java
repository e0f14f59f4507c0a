package dev.colorstream.local.childjvm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A parent that starts one obedient child, tells its process id and waits. */
final class ParentOfOne {
    private ParentOfOne() {}

    public static void main(String[] args) throws InterruptedException {
        ChildJvm child =
                ChildJvm.start(ChildJvmTest.command(ObedientChild.class), Path.of(args[0]), Duration.ofSeconds(60));
        new ReadyLine(Map.of("child", "" + child.pid())).tell();
        Thread.currentThread().join();
    }
}
