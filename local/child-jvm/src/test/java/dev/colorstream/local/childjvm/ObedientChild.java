package dev.colorstream.local.childjvm;

import java.util.Map;

/** A child that is ready at once and waits for its end; tells its environment's {@code GREETING}. */
final class ObedientChild {
    private ObedientChild() {}

    public static void main(String[] args) {
        ChildMain.run(() -> {
            System.out.println("a line before");
            String pid = Long.toString(ProcessHandle.current().pid());
            new ReadyLine(Map.of("greeting", System.getenv("GREETING"), "pid", pid)).tell();
            Thread.currentThread().join();
        });
    }
}
