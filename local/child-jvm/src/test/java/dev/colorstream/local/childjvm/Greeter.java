package dev.colorstream.local.childjvm;

/** A program that greets on the terminal and exits with status 7. */
final class Greeter {
    private Greeter() {}

    public static void main(String[] args) {
        System.out.println(System.getenv("GREETING") + " from the foreground");
        System.exit(7);
    }
}
