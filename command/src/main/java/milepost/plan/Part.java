package milepost.plan;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;
import milepost.event.Happening;
import milepost.event.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * One part of a plan and what it has come to with a fact; its earlier facts and states hang below, as they were.
 *
 * @param before what it was without the fact; absent before its first
 * @param fact the latest about it
 * @param lastHappened the latest day that any of its facts counts from
 * @param since the version of its first fact
 */
public record Part(@Nullable Part before, Recorded fact, State state, LocalDate lastHappened, long since) {
    static Part and(@Nullable Part before, Recorded fact) {
        var event = (Happening) fact.event();
        var day = event.countsFrom();
        return before == null
                ? new Part(null, fact, State.evolve(null, fact), day, fact.version())
                : new Part(
                        before,
                        fact,
                        State.evolve(before.state, fact),
                        day.isAfter(before.lastHappened) ? day : before.lastHappened,
                        before.since);
    }

    /** Its facts, in stream order. */
    public List<Recorded> facts() {
        return after(0, fact -> true);
    }

    /** It before a version was recorded. */
    @Nullable
    Part before(long version) {
        var part = this;
        while (part != null && part.fact.version() >= version) part = part.before;
        return part;
    }

    @Nullable
    Part without(long version) {
        return again(before(version), other -> other.version() != version);
    }

    /** Whether it was there on a day: before its beginning counts nothing is told of it, whatever was recorded. */
    boolean hasBegun(LocalDate day) {
        var beginning = state.beginning();
        return beginning == null || !beginning.countsFrom().isAfter(day);
    }

    /** What had happened to it by a day: most days this is what is there, and only what lies above is folded again. */
    @Nullable
    Part on(LocalDate day) {
        if (!lastHappened.isAfter(day)) return this;
        var part = before;
        while (part != null && part.lastHappened.isAfter(day)) part = part.before;
        return again(part, fact -> !((Happening) fact.event()).countsFrom().isAfter(day));
    }

    /** The lower link, and the wanted ones of those above it again. */
    private @Nullable Part again(@Nullable Part below, Predicate<Recorded> wanted) {
        var part = below;
        for (var fact : after(below == null ? 0 : below.fact.version(), wanted)) part = and(part, fact);
        return part;
    }

    private List<Recorded> after(long version, Predicate<Recorded> wanted) {
        var facts = new ArrayDeque<Recorded>();
        for (var part = this; part != null && part.fact.version() > version; part = part.before) {
            if (wanted.test(part.fact)) facts.push(part.fact);
        }
        return List.copyOf(facts);
    }
}
