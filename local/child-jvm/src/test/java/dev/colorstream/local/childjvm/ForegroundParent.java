package dev.colorstream.local.childjvm;

import java.util.Map;

/** A parent that runs the greeter on its own terminal and tells its exit status. */
final class ForegroundParent {
    private ForegroundParent() {}

    public static void main(String[] args) throws InterruptedException {
        int status;
        try (var greeter = ForegroundJvm.start(ChildJvmTest.command(Greeter.class))) {
            status = greeter.exit().join();
        }
        new ReadyLine(Map.of("status", Integer.toString(status))).tell();
    }
}
