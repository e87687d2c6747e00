package milepost.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import milepost.command.Rejected.Field;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a request's body beside its value.
 *
 * @param hash of method, path and body, which an Idempotency-Key stands for
 * @param malformed the fields that could not be read
 */
record Asked(String hash, List<Field> malformed) {
    static void keep(HttpServletRequest request, byte[] body, List<Field> malformed) {
        request.setAttribute(Asked.class.getName(), new Asked(hash(request, body), List.copyOf(malformed)));
    }

    static Asked of(HttpServletRequest request) {
        var kept = (@Nullable Asked) request.getAttribute(Asked.class.getName());
        return kept == null ? new Asked(hash(request, new byte[0]), List.of()) : kept;
    }

    private static String hash(HttpServletRequest request, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    (request.getMethod() + " " + request.getRequestURI() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
