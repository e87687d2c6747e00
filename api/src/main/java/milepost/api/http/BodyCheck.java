package milepost.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import milepost.command.Reason;
import milepost.command.Rejected;
import milepost.command.Rejected.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * What was found in a request's body beside its value.
 *
 * @param hash of method, path and body, which an Idempotency-Key stands for
 * @param malformed the fields that could not be read
 */
public record BodyCheck(String hash, List<Field> malformed) {
    /**
     * Refuses a body that is not as it must be, with all that is to blame.
     *
     * @param outOfBounds of what could be read
     */
    public static void check(HttpServletRequest request, List<Field> outOfBounds) {
        of(request).check(() -> outOfBounds);
        if (!outOfBounds.isEmpty()) {
            throw new Rejected(Reason.OUT_OF_BOUNDS, "Some fields are out of bounds.", outOfBounds);
        }
    }

    /** Names what is out of bounds in the rest as well, so that one answer is enough to mend all. */
    public void check(Supplier<List<Field>> outOfBounds) {
        if (malformed.isEmpty()) return;
        var fields = new ArrayList<>(malformed);
        outOfBounds.get().stream()
                .filter(field -> malformed.stream().noneMatch(known -> isWithin(field.field(), known.field())))
                .forEach(fields::add);
        throw new Malformed("Some fields cannot be read.", fields);
    }

    private static boolean isWithin(String field, String whole) {
        return field.equals(whole) || field.startsWith(whole + ".") || field.startsWith(whole + "[");
    }

    static void keep(HttpServletRequest request, byte[] body, List<Field> malformed) {
        request.setAttribute(BodyCheck.class.getName(), new BodyCheck(hash(request, body), List.copyOf(malformed)));
    }

    public static BodyCheck of(HttpServletRequest request) {
        var kept = (@Nullable BodyCheck) request.getAttribute(BodyCheck.class.getName());
        return kept == null ? new BodyCheck(hash(request, new byte[0]), List.of()) : kept;
    }

    private static String hash(HttpServletRequest request, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var path = ServletRequestPathUtils.parse(request)
                    .pathWithinApplication()
                    .value();
            digest.update((request.getMethod() + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
