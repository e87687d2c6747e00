package milepost.query.past;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.query.plan.Network.Totals;

/**
 * What differs in all plans between two moments.
 *
 * @param plans those in which anything differs
 */
public record NetworkChanges(Sum from, Sum to, List<Changes> plans) {
    /** One end of the comparison, with the plans there were then added up. */
    public record Sum(LocalDate day, Totals total) {}

    /** @param records each plan's facts recorded by the later moment, in stream order */
    public static NetworkChanges between(List<List<Recorded>> records, Moment from, Moment to, LocalDate today) {
        var before = views(records, from, today);
        var after = views(records, to, today);
        var changed = IntStream.range(0, records.size())
                .boxed()
                .flatMap(i -> Changes.between(before.get(i), after.get(i)).stream())
                .filter(changes -> !changes.isEmpty())
                .toList();
        return new NetworkChanges(side(before, from.day(today)), side(after, to.day(today)), changed);
    }

    private static List<View> views(List<List<Recorded>> records, Moment moment, LocalDate today) {
        return records.stream().map(record -> View.of(record, moment, today)).toList();
    }

    private static Sum side(List<View> views, LocalDate day) {
        return new Sum(
                day,
                Totals.of(views.stream().flatMap(view -> view.rows().stream()).toList(), day));
    }
}
