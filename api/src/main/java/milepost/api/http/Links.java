package milepost.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import milepost.command.Guess;
import milepost.command.Reason;
import milepost.command.Rejected;
import milepost.command.Rejected.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Pages: how long one is, and the link to the next, which keeps the request's other parameters. */
public final class Links {
    private static final int DEFAULT_LIMIT = 50;
    private static final int LARGEST_LIMIT = 200;

    private Links() {}

    /** The limit asked for, 50 unless told otherwise. */
    public static int limit(@Nullable Integer limit) {
        if (limit == null) return DEFAULT_LIMIT;
        if (limit >= 1 && limit <= LARGEST_LIMIT) return limit;
        throw refused("limit", "is a whole number from 1 to " + LARGEST_LIMIT);
    }

    /** The current request with another {@code after}, relative to the server; absent on the last page. */
    public static @Nullable String next(Optional<String> after) {
        return after.map(Links::next).orElse(null);
    }

    private static String next(String after) {
        var uri = ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQueryParam("after", encode(after))
                .build(true)
                .toUri();
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /** What {@code after} says, as {@link #next} wrote it. */
    public static @Nullable String decode(@Nullable String after) {
        if (after == null) return null;
        try {
            var said = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
            if (said.chars().anyMatch(Character::isISOControl)) throw unknown();
            return said;
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    /** The version after which the page begins; null on the first. */
    public static @Nullable Long version(@Nullable String after) {
        var said = decode(after);
        try {
            return said == null ? null : Long.valueOf(said);
        } catch (NumberFormatException e) {
            throw unknown();
        }
    }

    /** A refusal for an {@code after} that no page gave. */
    public static Rejected unknown() {
        return refused("after", "is what the last page's next link says, unchanged");
    }

    /** Refuses what is none of the words that a parameter takes; none at all is fine. */
    public static void oneOf(String parameter, @Nullable String value, Stream<String> known) {
        var words = known.toList();
        if (value != null && !words.contains(value))
            throw refused(parameter, "is one of " + String.join(", ", words) + Guess.of(value, words));
    }

    /** A refusal of one parameter. */
    public static Rejected refused(String parameter, String message) {
        return new Rejected(
                Reason.OUT_OF_BOUNDS, "A parameter is out of bounds.", List.of(new Field(parameter, message)));
    }

    private static String encode(String after) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(after.getBytes(StandardCharsets.UTF_8));
    }
}
