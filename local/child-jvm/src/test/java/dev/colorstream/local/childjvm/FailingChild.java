package dev.colorstream.local.childjvm;

/** A child that fails before it is ready, though a thread of it would live on. */
final class FailingChild {
    private FailingChild() {}

    public static void main(String[] args) {
        ChildMain.run(() -> {
            new Thread(FailingChild::waitForever).start();
            throw new IllegalStateException("the disk is full");
        });
    }

    private static void waitForever() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
