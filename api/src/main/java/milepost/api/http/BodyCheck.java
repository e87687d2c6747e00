package milepost.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import milepost.command.Reason;
import milepost.command.Rejected;
import milepost.command.Rejected.Field;
import milepost.log.RequestHashes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was found in a request's body beside its value.
 *
 * @param hashes of what is asked, if there is an Idempotency-Key that stands for it
 * @param malformed the fields that could not be read
 */
public record BodyCheck(@Nullable RequestHashes hashes, List<Field> malformed) {
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
        throw new Malformed(Malformed.FIELDS, fields);
    }

    private static boolean isWithin(String field, String whole) {
        return field.equals(whole) || field.startsWith(whole + ".") || field.startsWith(whole + "[");
    }

    static void keep(HttpServletRequest request, byte[] bytes, JsonNode tree, List<Field> malformed) {
        var hashes = IdempotencyKey.isGiven(request) ? Meaning.hashes(request, bytes, tree) : null;
        request.setAttribute(BodyCheck.class.getName(), new BodyCheck(hashes, List.copyOf(malformed)));
    }

    public static BodyCheck of(HttpServletRequest request) {
        var kept = (@Nullable BodyCheck) request.getAttribute(BodyCheck.class.getName());
        if (kept == null) throw new IllegalStateException("every write has a body");
        return kept;
    }
}
