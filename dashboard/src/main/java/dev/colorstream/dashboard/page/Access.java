package dev.colorstream.dashboard.page;

import dev.colorstream.contract.Hashes;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the page. Where it is bound to the loopback address, everybody on this machine, by a name of this machine;
 * elsewhere who knows the token. What changes anything needs the page's own mark besides, which no other site can read.
 */
final class Access {
    static final String SESSION_COOKIE = "colorstream-session";
    static final String MARK_HEADER = "X-Colorstream-Mark";

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    private static final int MARK_BYTES = 24;

    private final Optional<String> token;
    private final boolean loopbackOnly;
    private final String mark;

    /**
     * Rules of access.
     *
     * @param token that is asked for, if any
     * @param loopbackOnly whether other names than this machine's own are refused, so that no other site's name can be
     *     bound to this address
     */
    Access(Optional<String> token, boolean loopbackOnly) {
        this.token = token;
        this.loopbackOnly = loopbackOnly;
        byte[] random = new byte[MARK_BYTES];
        new SecureRandom().nextBytes(random);
        mark = HexFormat.of().formatHex(random);
    }

    /** What the page sends with all that changes something. */
    String mark() {
        return mark;
    }

    boolean isOfThisMachine(Context request) {
        if (!loopbackOnly) {
            return true;
        }
        String host = Optional.ofNullable(request.header("Host")).orElse("").toLowerCase(Locale.ROOT);
        String name = host.replaceFirst(":[0-9]+$", "");
        return LOOPBACK.contains(name);
    }

    /** Whether the request may see anything. */
    boolean isKnown(Context request) {
        return token.isEmpty() || hasBearer(request) || same(request.cookie(SESSION_COOKIE), session());
    }

    /** Whether the request may change anything; programs that send the token need no mark. */
    boolean mayChange(Context request) {
        return (token.isPresent() && hasBearer(request)) || same(request.header(MARK_HEADER), mark);
    }

    /** The value of the cookie for who knows the token; empty for who does not. */
    Optional<String> sessionFor(String given) {
        return token.filter(expected -> same(given, expected)).map(unused -> session());
    }

    private boolean hasBearer(Context request) {
        String header = Optional.ofNullable(request.header("Authorization")).orElse("");
        return header.startsWith("Bearer ") && same(header.substring("Bearer ".length()), token.orElseThrow());
    }

    /** Follows from the token, so that it holds over restarts, and ends with it. */
    private String session() {
        return Hashes.sha256Hex(("colorstream session of " + token.orElseThrow()).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean same(@Nullable String given, String expected) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
