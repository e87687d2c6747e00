package milepost.api.read;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import milepost.api.http.Malformed;
import milepost.command.Rejected.Field;
import org.jspecify.annotations.Nullable;

/** The two moments of a comparison, as a request's parameters name them. */
record Between(
        @Parameter(
                description = "A version (v17), an instant (RFC 3339), a day, month or year (its last day), or now.",
                required = true,
                example = "2019-12-31")
        @Nullable
        String from,

        @Parameter(description = "The same kind, not before it; now unless told otherwise.", example = "2025-12-31")
        @Nullable
        String to,

        @Parameter(
                description =
                        "Beside days: what the record said then; an instant, or a day, month or year, to its end where"
                                + " the network is; not in the future.",
                schema = @Schema(type = "string"),
                example = "2026-11-20T08:15:30Z")
        @Nullable
        Instant asOf) {
    private static final String FORMS = " is no version (v17), no instant (2026-11-20T08:15:30Z; a + is written %2B),"
            + " no date (2019-12-31, 2019-12 or 2019), nor now";

    /** Both ends as they were meant. */
    record Given(ComparedMoment from, ComparedMoment to) {}

    /** @throws Malformed naming each that has none of the forms */
    Given given() {
        var unreadable = new ArrayList<Field>();
        if (from == null) unreadable.add(Field.missing("from"));
        var begin = read("from", from, unreadable);
        var end = read("to", to, unreadable);
        if (!unreadable.isEmpty()) throw new Malformed("Some parameters cannot be read.", unreadable);
        return new Given(begin, end);
    }

    private static ComparedMoment read(String name, @Nullable String text, ArrayList<Field> unreadable) {
        if (text == null) return new ComparedMoment.Now();
        try {
            return ComparedMoment.read(text);
        } catch (IllegalArgumentException e) {
            unreadable.add(new Field(name, "cannot be read: '" + text + "'" + FORMS + "; " + e.getMessage()));
            return new ComparedMoment.Now();
        }
    }
}
