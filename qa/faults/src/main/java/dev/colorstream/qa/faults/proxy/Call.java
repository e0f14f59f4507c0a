package dev.colorstream.qa.faults.proxy;

import java.util.List;

/**
 * A call of an object store.
 *
 * @param method of HTTP
 * @param path with bucket and key, as it was sent
 * @param head all lines before the body, the first one with method and path
 * @param length of the body in bytes
 */
public record Call(String method, String path, List<String> head, long length) {
    private static final String LENGTH = "content-length:";

    public Call {
        head = List.copyOf(head);
    }

    static Call of(List<String> head) {
        String[] words = head.get(0).split(" ", -1);
        long length = head.stream()
                .filter(line -> line.regionMatches(true, 0, LENGTH, 0, LENGTH.length()))
                .mapToLong(
                        line -> Long.parseLong(line.substring(LENGTH.length()).strip()))
                .findFirst()
                .orElse(0);
        return new Call(words[0], words[1], head, length);
    }
}
