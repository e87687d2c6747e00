package milepost.api.http;

import static milepost.command.Reason.OUT_OF_BOUNDS;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import milepost.command.Reason;
import milepost.command.Rejected;
import milepost.command.Rejected.Field;
import milepost.event.PartialDate;
import milepost.event.PlanId;
import milepost.event.Years;
import milepost.log.Moment;
import milepost.log.store.History;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks the moments that requests ask for. */
@Component
public class Moments {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** Says which moment an answer is of, by the parameters that would ask for it, and the day of its numbers. */
    static final String HEADER = "Milepost-Moment";

    private final History history;
    private final Today today;
    private final HttpServletResponse response;

    Moments(History history, Today today, HttpServletResponse response) {
        this.history = history;
        this.today = today;
        this.response = response;
    }

    /** The moment for all plans, which have no version in common. */
    public Moment of(When when) {
        var moment = checked(when);
        response.setHeader(HEADER, told(moment));
        return moment;
    }

    private String told(Moment moment) {
        var parts = new ArrayList<String>();
        if (moment.asOf() != null) parts.add("asOf=" + moment.asOf());
        if (moment.version() != null) parts.add("version=" + moment.version());
        if (moment.on() != null) parts.add("on=" + moment.on());
        parts.add("day=" + moment.day(today.day()));
        return String.join("; ", parts);
    }

    private Moment checked(When when) {
        var asOf = when.asOf();
        if (asOf != null && when.version() != null) {
            throw refused("version", "stands not beside asOf: both say where to cut the record");
        }
        if (asOf != null && (asOf.isBefore(FIRST) || asOf.isAfter(LAST)))
            throw refused("asOf", "lies in the years 1 to 9999");
        if (asOf != null && !history.isSettled(asOf)) {
            var era = Years.era(PartialDate.of(LocalDate.ofInstant(asOf, ZoneOffset.UTC)));
            throw refused("asOf", "lies in the future; take one that has passed, or leave it out" + era);
        }
        within("on", when.on());
        if (when.version() != null && when.version() < 1) throw refused("version", "is the number of a fact, from 1");
        return new Moment(asOf, when.version(), when.on());
    }

    /** The moment for one plan; its version must be one that the plan has had. */
    public Moment of(When when, PlanId plan) {
        var moment = of(when);
        if (moment.version() != null) {
            var last = history.version(plan).orElseThrow(() -> unknown(plan, Moment.NOW));
            if (moment.version() > last) {
                throw refused("version", "lies beyond the last, " + last);
            }
        }
        return moment;
    }

    /** Refuses a day that no plan can speak of, which may have been counted by another era. */
    public static void within(String field, @Nullable LocalDate day) {
        if (day != null) within(field, PartialDate.of(day));
    }

    public static void within(String field, PartialDate date) {
        Years.refusal(date).ifPresent(message -> {
            throw refused(field, message);
        });
    }

    /** What was found, or a refusal that says there was no such plan then. */
    public static <T> T known(Optional<T> found, PlanId plan, Moment moment) {
        return found.orElseThrow(() -> unknown(plan, moment));
    }

    public static Rejected unknown(PlanId plan, Moment moment) {
        return Reason.PLAN_UNKNOWN.rejected(
                moment.isNow()
                        ? "There is no plan '" + plan + "'."
                        : "There was no plan '" + plan + "' then; a later moment may show it.");
    }

    private static Rejected refused(String field, String message) {
        return new Rejected(
                OUT_OF_BOUNDS, "The moment asked for cannot be answered.", List.of(new Field(field, message)));
    }
}
