package milepost.api.read;

import java.time.Instant;
import java.time.LocalDate;
import milepost.api.http.Links;
import milepost.api.http.Moments;
import milepost.log.Moment;
import milepost.log.store.History;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks the two moments that a comparison asks for. */
@Component
class ComparedMoments {
    private final History history;

    ComparedMoments(History history) {
        this.history = history;
    }

    /** The two, the earlier one first, as reads of the past know them. */
    record Span(Moment from, Moment to) {}

    /**
     * The moments a request means.
     *
     * @param last the plan's last version; null for the network, whose plans have none in common
     */
    Span of(Between between, @Nullable Long last, LocalDate today) {
        var given = between.given();
        if (!given.from().goesWith(given.to())) {
            throw Links.refused(
                    "to", "is not of the same kind as from: both are versions, instants or days, or one is now");
        }
        var kind = given.from() instanceof ComparedMoment.Now ? given.to() : given.from();
        var asOf = between.asOf();
        if (asOf != null && !(kind instanceof ComparedMoment.Day))
            throw Links.refused("asOf", "stands only beside days");
        if (asOf != null) settled("asOf", asOf);
        return switch (kind) {
            case ComparedMoment.Version v -> versions(given, last);
            case ComparedMoment.At at -> instants(given);
            case ComparedMoment.Day day -> days(given, asOf, today);
            case ComparedMoment.Now now -> new Span(Moment.NOW, Moment.NOW);
        };
    }

    private static Span versions(Between.Given given, @Nullable Long last) {
        if (last == null) {
            throw Links.refused(
                    given.from() instanceof ComparedMoment.Version ? "from" : "to",
                    "is an instant, a day, or now: plans have no version in common");
        }
        var from = version("from", given.from(), last);
        var to = version("to", given.to(), last);
        if (from > to) throw after();
        return new Span(new Moment(null, from, null), new Moment(null, to, null));
    }

    private static long version(String field, ComparedMoment end, long last) {
        if (!(end instanceof ComparedMoment.Version version)) return last;
        if (version.number() < 1) throw Links.refused(field, "is the number of a fact, from v1");
        if (version.number() > last) throw Links.refused(field, "lies beyond the last version, v" + last);
        return version.number();
    }

    private Span instants(Between.Given given) {
        var from = instant("from", given.from());
        var to = instant("to", given.to());
        if (to != null && (from == null || from.isAfter(to))) throw after();
        return new Span(new Moment(from, null, null), new Moment(to, null, null));
    }

    private @Nullable Instant instant(String field, ComparedMoment end) {
        if (!(end instanceof ComparedMoment.At at)) return null;
        settled(field, at.instant());
        return at.instant();
    }

    private static Span days(Between.Given given, @Nullable Instant asOf, LocalDate today) {
        var from = day("from", given.from(), asOf, today);
        var to = day("to", given.to(), asOf, today);
        if (from.day(today).isAfter(to.day(today))) throw after();
        return new Span(from, to);
    }

    /** What was known then of a day that is not over everywhere is told of that day; now is all that is known. */
    private static Moment day(String field, ComparedMoment end, @Nullable Instant asOf, LocalDate today) {
        if (!(end instanceof ComparedMoment.Day day)) return asOf == null ? Moment.NOW : new Moment(asOf, null, today);
        Moments.within(field, day.date());
        return new Moment(asOf, null, day.date());
    }

    private void settled(String field, Instant instant) {
        if (!history.isSettled(instant))
            throw Links.refused(field, "lies in the future; take one that has passed, or now");
    }

    private static RuntimeException after() {
        return Links.refused("from", "lies after to; swap the two");
    }
}
