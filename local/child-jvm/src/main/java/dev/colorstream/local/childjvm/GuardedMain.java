package dev.colorstream.local.childjvm;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * A main class that lets any other main class end with its parent.
 *
 * <p>Arguments: the name of the other main class, then the words for it.
 */
public final class GuardedMain {
    private GuardedMain() {}

    /** Watches the parent and runs the other main method on this thread. */
    public static void main(String[] args) throws Throwable {
        ChildMain.watchParent();
        var main = Class.forName(args[0]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
