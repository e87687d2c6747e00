package milepost.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import milepost.command.Rejected.Field;
import org.jspecify.annotations.Nullable;

/** The key by which a request may be sent again. */
public final class IdempotencyKey {
    static final String NAME = "Idempotency-Key";

    private static final int LONGEST = 255;
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    private IdempotencyKey() {}

    static boolean isGiven(HttpServletRequest request) {
        return request.getHeader(NAME) != null;
    }

    /** The one of this request, if it has one. */
    public static @Nullable String of(HttpServletRequest request) {
        var key = request.getHeader(NAME);
        if (key == null) return null;
        if (key.isBlank() || key.length() > LONGEST) throw refused("must have 1 to " + LONGEST + " characters");
        if (key.indexOf(',') >= 0 && !QUOTED.matcher(key.strip()).matches()) {
            throw refused("must be one key, not a list of several; one with a comma stands in quotes");
        }
        return key;
    }

    private static Malformed refused(String message) {
        return new Malformed("The header Idempotency-Key cannot be used.", List.of(new Field(NAME, message)));
    }
}
