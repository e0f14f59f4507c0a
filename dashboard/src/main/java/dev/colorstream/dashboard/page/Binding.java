package dev.colorstream.dashboard.page;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where the page is bound, and what it asks for there.
 *
 * @param host a name or address of this machine
 * @param port 0 for a free one
 * @param token that people and programs must know
 * @param tls the server's own TLS
 * @param tlsBefore whether something before the server, an ingress for example, ends TLS
 */
public record Binding(String host, int port, Optional<String> token, Optional<Tls> tls, boolean tlsBefore) {
    private static final int SHORTEST_TOKEN = 16;

    public Binding {
        if (token.filter(value -> value.length() < SHORTEST_TOKEN).isPresent()) {
            throw new IllegalArgumentException("the token is shorter than " + SHORTEST_TOKEN + " characters");
        }
        if (!isLoopback(host)) {
            if (token.isEmpty()) {
                throw new IllegalArgumentException("bound to " + host
                        + ", the page is open to others: set a token with --token-file, or bind it to 127.0.0.1");
            }
            if (tls.isEmpty() && !tlsBefore) {
                throw new IllegalArgumentException("bound to " + host
                        + ", the token would travel in the open: set --tls-keystore, or --tls-before where an ingress ends"
                        + " TLS");
            }
        }
    }

    /** Whether only this machine reaches it. */
    public boolean isLoopback() {
        return isLoopback(host);
    }

    /** Where browsers of this machine find it. */
    public String url(int boundPort) {
        return (tls.isPresent() ? "https://" : "http://") + host + ":" + boundPort + "/";
    }

    /** Whether browsers reach it by https. */
    boolean isSecure() {
        return tls.isPresent() || tlsBefore;
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + host + "' is no address of this machine", e);
        }
    }
}
