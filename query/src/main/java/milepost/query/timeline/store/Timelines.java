package milepost.query.timeline.store;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import milepost.event.Happening;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.event.json.EventJson;
import milepost.log.Moment;
import milepost.log.store.History;
import milepost.log.store.LogTable;
import milepost.plan.PlanRecord;
import milepost.query.timeline.TimelineEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads timelines: listed by the first day each fact can mean, then by version; or by what was recorded last. */
@Component
public class Timelines {
    /** In which order a timeline is listed. */
    public enum Order {
        OLDEST_FIRST("(first_day, version) > (:day, :version)", "first_day, version"),
        NEWEST_FIRST("(first_day, version) < (:day, :version)", "first_day desc, version desc"),
        RECORDED_LAST_FIRST("version < :version", "version desc");

        private final String after;
        private final String listed;

        Order(String after, String listed) {
            this.after = after;
            this.listed = listed;
        }

        private Comparator<Position> comparator() {
            return switch (this) {
                case OLDEST_FIRST -> Position.BY_DAY;
                case NEWEST_FIRST -> Position.BY_DAY.reversed();
                case RECORDED_LAST_FIRST ->
                    Comparator.comparing(Position::version).reversed();
            };
        }
    }

    private final JdbcClient jdbc;
    private final History history;

    Timelines(JdbcClient jdbc, History history) {
        this.jdbc = jdbc;
        this.history = history;
    }

    /** Where an entry stands in the list. */
    public record Position(LocalDate firstDay, long version) {
        private static final Comparator<Position> BY_DAY =
                Comparator.comparing(Position::firstDay).thenComparing(Position::version);

        static Position of(TimelineEntry entry) {
            return new Position(entry.firstDay(), entry.version());
        }

        static Position of(Recorded fact) {
            return new Position(((Happening) fact.event()).on().earliest(), fact.version());
        }
    }

    /** Some entries, and where the next ones begin, if there are more. */
    public record Page(List<TimelineEntry> entries, Optional<Position> next) {}

    /** A page of the plan's story at a moment, from its record where that is ahead of the rows; empty if there was no such plan. */
    public Optional<Page> of(PlanId plan, Moment moment, Order order, int limit, @Nullable Position after) {
        if (moment.isNow() && history.isShown(plan, "timeline")) return Optional.of(live(plan, order, limit, after));
        try {
            return history.of(plan, moment).map(record -> page(told(record, order.comparator(), limit, after), limit));
        } catch (EventJson.Unreadable e) {
            if (!moment.isNow() || !hasRows(plan)) throw e;
            return Optional.of(live(plan, order, limit, after));
        }
    }

    /** Only what is shown is put into words. */
    private static List<TimelineEntry> told(
            PlanRecord record, Comparator<Position> order, int limit, @Nullable Position after) {
        return record.facts().stream()
                .map(fact -> new Told(Position.of(fact), fact))
                .filter(told -> after == null || order.compare(told.position, after) > 0)
                .sorted(Comparator.comparing(Told::position, order))
                .limit(limit + 1L)
                .map(told -> TimelineEntry.of(record.before(told.position.version), told.fact))
                .toList();
    }

    private record Told(Position position, Recorded fact) {}

    private boolean hasRows(PlanId plan) {
        return jdbc.sql("select exists (select from timeline where plan = ?)")
                .param(plan.text())
                .query(Boolean.class)
                .single();
    }

    private Page live(PlanId plan, Order order, int limit, @Nullable Position after) {
        var found = jdbc.sql("select body from timeline_entry where plan = :plan%s order by %s limit :limit"
                        .formatted(after == null ? "" : " and " + order.after, order.listed))
                .param("plan", plan.text())
                .param("day", after == null ? null : after.firstDay())
                .param("version", after == null ? null : after.version())
                .param("limit", limit + 1)
                .query((row, i) -> EventJson.MAPPER.readValue(row.getString("body"), TimelineEntry.class))
                .list();
        return page(found, limit);
    }

    /** An entry of some plan, and where its fact stands among those of all plans. */
    public record OfPlan(PlanId plan, long position, TimelineEntry entry) {}

    /** What was recorded last before a position, in all plans, as their rows tell it. */
    public List<OfPlan> recordedLast(long before, int limit) {
        return jdbc.sql(LogTable.recordedLast("timeline_entry"))
                .param("before", before)
                .param("limit", limit)
                .query((row, i) -> new OfPlan(
                        new PlanId(row.getString("plan")),
                        row.getLong("position"),
                        EventJson.MAPPER.readValue(row.getString("body"), TimelineEntry.class)))
                .list();
    }

    private static Page page(List<TimelineEntry> found, int limit) {
        var entries = found.stream().limit(limit).toList();
        return new Page(entries, found.size() > limit ? Optional.of(Position.of(entries.getLast())) : Optional.empty());
    }
}
