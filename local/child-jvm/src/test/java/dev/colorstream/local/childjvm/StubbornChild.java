package dev.colorstream.local.childjvm;

import java.util.Map;

/** A child whose shutdown hangs. */
final class StubbornChild {
    private StubbornChild() {}

    public static void main(String[] args) {
        ChildMain.run(() -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Thread.currentThread().join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            new ReadyLine(Map.of()).tell();
            Thread.currentThread().join();
        });
    }
}
