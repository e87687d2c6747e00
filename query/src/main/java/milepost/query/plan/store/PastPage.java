package milepost.query.plan.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import milepost.query.plan.Indicators;
import milepost.query.plan.PlanRows;
import milepost.query.plan.SearchText;
import milepost.query.plan.store.PlanQuery.Position;
import milepost.query.plan.store.PlanQuery.Sort;
import org.jspecify.annotations.Nullable;

/** A page of the plans of a past moment, as the read tables would have listed them on its day. */
record PastPage(PlanQuery query, LocalDate day) {
    private record Listed(Position position, PlanRows rows) {}

    Plans.Page of(List<PlanRows> plans) {
        var found = plans.stream()
                .filter(this::matches)
                .map(rows -> new Listed(position(rows), rows))
                .sorted(Comparator.comparing(Listed::position, order()))
                .filter(listed -> query.after() == null || order().compare(listed.position, query.after()) > 0)
                .limit(query.limit() + 1L)
                .toList();
        var page = found.stream().limit(query.limit()).toList();
        return new Plans.Page(
                page.stream().map(Listed::rows).toList(),
                found.size() > page.size() ? Optional.of(page.getLast().position) : Optional.empty());
    }

    private boolean matches(PlanRows rows) {
        var plan = rows.plan();
        return is(query.country(), plan.countryCode())
                && (query.focusArea() == null
                        || rows.projects().stream()
                                .anyMatch(project -> project.focusAreas().contains(query.focusArea())))
                && query.words().stream().allMatch(SearchText.of(plan)::contains)
                && is(query.status(), plan.status().code)
                && is(query.overdue(), overdue(rows) > 0);
    }

    private static <T> boolean is(@Nullable T asked, T value) {
        return asked == null || asked.equals(value);
    }

    private Position position(PlanRows rows) {
        var plan = rows.plan();
        var value = switch (query.sort()) {
            case PLAN -> plan.plan().text();
            case CITY -> plan.city();
            case COUNTRY -> plan.country();
            case PROGRESS ->
                Objects.requireNonNullElse(indicators(rows).progress(), BigDecimal.ONE.negate())
                        .toPlainString();
            case OVERDUE -> Long.toString(overdue(rows));
            case DAYS_LATE ->
                Long.toString(Objects.requireNonNullElse(indicators(rows).daysLate(), Sort.NO_DAYS));
        };
        return new Position(value, plan.plan().text());
    }

    private Comparator<Position> order() {
        Comparator<Position> byValue = query.sort().isNumber()
                ? Comparator.comparing(position -> new BigDecimal(position.value()))
                : Comparator.comparing(Position::value, BYTES);
        var order = byValue.thenComparing(Position::plan);
        return query.descending() ? order.reversed() : order;
    }

    /** As UTF-8 is ordered, and the rows are: not as UTF-16, which has some of the newest letters before older ones. */
    private static final Comparator<String> BYTES =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private long overdue(PlanRows rows) {
        return rows.milestones().stream().filter(m -> m.isOverdue(day)).count();
    }

    private Indicators indicators(PlanRows rows) {
        return Indicators.of(rows.milestones(), rows.partnerships(), day);
    }
}
