package dev.colorstream.local.childjvm;

import java.util.Map;

/** A parent that runs a program on its own terminal: the greeter, whose exit status it tells, or the bystander. */
final class ForegroundParent {
    private ForegroundParent() {}

    public static void main(String[] args) {
        Class<?> program = args.length == 0 ? Greeter.class : Bystander.class;
        try (var child = ForegroundJvm.start(ChildJvmTest.command(program))) {
            int status = child.exit().join();
            new ReadyLine(Map.of("status", Integer.toString(status))).tell();
        }
    }
}
