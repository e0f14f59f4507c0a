package dev.colorstream.local.childjvm;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * A main class that lets any other main class end with its parent.
 *
 * <p>Arguments: what tells of the parent's end, {@code stdin} or the parent's process id; the name of the other main
 * class; then the words for it.
 */
public final class GuardedMain {
    static final String STANDARD_INPUT = "stdin";

    private GuardedMain() {}

    /** Watches the parent and runs the other main method on this thread. */
    public static void main(String[] args) throws Throwable {
        if (args[0].equals(STANDARD_INPUT)) {
            ChildMain.watchStandardInput();
        } else {
            ChildMain.watchProcess(Long.parseLong(args[0]));
        }
        var main = Class.forName(args[1]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
