package milepost.query;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import milepost.event.Author;
import milepost.event.Event;
import milepost.event.Recorded;
import milepost.plan.PlanRecord;
import milepost.query.plan.PlanRows;
import org.jspecify.annotations.Nullable;

/** Facts as if they had been recorded one a day, from 1 March 2026 on. */
public final class Told {
    private static final Instant FIRST = Instant.parse("2026-03-01T09:00:00Z");

    private Told() {}

    public static List<Recorded> recorded(Event... facts) {
        var history = new ArrayList<Recorded>();
        for (var fact : facts) {
            var version = history.size() + 1L;
            history.add(new Recorded(version, version, at(version), Author.ANONYMOUS, fact));
        }
        return history;
    }

    public static List<Recorded> recorded(List<Event> facts) {
        return recorded(facts.toArray(Event[]::new));
    }

    public static Instant at(long version) {
        return FIRST.plusSeconds((version - 1) * 86_400);
    }

    public static PlanRecord record(Event... facts) {
        return PlanRecord.of(recorded(facts));
    }

    /** What read tables keep. */
    public static PlanRows rows(Event... facts) {
        return PlanRows.of(record(facts)).orElseThrow();
    }

    /** What had happened by a day; all of it, if none is named. */
    public static PlanRows rows(@Nullable LocalDate on, List<Event> facts) {
        return PlanRows.of(PlanRecord.of(recorded(facts)).on(on)).orElseThrow();
    }
}
