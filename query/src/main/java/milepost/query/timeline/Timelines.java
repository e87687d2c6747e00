package milepost.query.timeline;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import milepost.event.PlanId;
import milepost.event.json.EventJson;
import milepost.query.history.History;
import milepost.query.history.Moment;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads timelines: listed by the first day each fact can mean, then by version. */
@Component
public class Timelines {
    private static final Comparator<Position> BY_DAY =
            Comparator.comparing(Position::firstDay).thenComparing(Position::version);

    private final JdbcClient jdbc;
    private final History history;

    Timelines(JdbcClient jdbc, History history) {
        this.jdbc = jdbc;
        this.history = history;
    }

    /** Where an entry stands in the list. */
    public record Position(LocalDate firstDay, long version) {
        static Position of(TimelineEntry entry) {
            return new Position(entry.firstDay(), entry.version());
        }
    }

    /** Some entries, and where the next ones begin, if there are more. */
    public record Page(List<TimelineEntry> entries, Optional<Position> next) {}

    /** A page of the plan's story at a moment; empty if there was no such plan. */
    public Optional<Page> of(PlanId plan, Moment moment, boolean newestFirst, int limit, @Nullable Position after) {
        var rows = moment.isNow() ? live(plan, newestFirst, limit, after) : Optional.<Page>empty();
        if (rows.isPresent()) return rows;
        var order = newestFirst ? BY_DAY.reversed() : BY_DAY;
        return history.of(plan, moment)
                .map(record -> TimelineEntry.of(record).stream()
                        .sorted(Comparator.comparing(Position::of, order))
                        .filter(entry -> after == null || order.compare(Position.of(entry), after) > 0)
                        .limit(limit + 1L)
                        .toList())
                .map(found -> page(found, limit));
    }

    private Optional<Page> live(PlanId plan, boolean newestFirst, int limit, @Nullable Position after) {
        var known = jdbc.sql("select version from timeline where plan = ?").param(plan.text());
        if (known.query(Long.class).optional().isEmpty()) return Optional.empty();
        var found = jdbc.sql("""
                        select body from timeline_entry
                        where plan = :plan
                          and (cast(:version as bigint) is null
                                or (first_day, version) %1$s (cast(:day as date), :version))
                        order by first_day %2$s, version %2$s limit :limit
                        """.formatted(newestFirst ? "<" : ">", newestFirst ? "desc" : "asc"))
                .param("plan", plan.text())
                .param("day", after == null ? null : after.firstDay())
                .param("version", after == null ? null : after.version())
                .param("limit", limit + 1)
                .query((row, i) -> EventJson.MAPPER.readValue(row.getString("body"), TimelineEntry.class))
                .list();
        return Optional.of(page(found, limit));
    }

    private static Page page(List<TimelineEntry> found, int limit) {
        var entries = found.stream().limit(limit).toList();
        return new Page(entries, found.size() > limit ? Optional.of(Position.of(entries.getLast())) : Optional.empty());
    }
}
