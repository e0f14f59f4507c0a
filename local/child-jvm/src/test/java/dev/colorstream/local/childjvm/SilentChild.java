package dev.colorstream.local.childjvm;

/** A child that never says that it is ready. */
final class SilentChild {
    private SilentChild() {}

    public static void main(String[] args) {
        ChildMain.run(() -> {
            System.out.println("still thinking, pid=" + ProcessHandle.current().pid());
            Thread.currentThread().join();
        });
    }
}
