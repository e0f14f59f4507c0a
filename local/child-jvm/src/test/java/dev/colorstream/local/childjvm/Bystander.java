package dev.colorstream.local.childjvm;

import java.util.Map;

/** A program that serves on a thread of its own after its main method has returned. */
final class Bystander {
    private Bystander() {}

    public static void main(String[] args) {
        new Thread(Bystander::serve).start();
        new ReadyLine(Map.of("words", String.join(",", args))).tell();
    }

    private static void serve() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
