package milepost.query.plan.store;

import java.util.List;
import milepost.event.Years;
import org.jspecify.annotations.Nullable;

/**
 * Which plans to list, and in which order.
 *
 * @param country ISO 3166-1 alpha-2, in capitals
 * @param overdue only plans with (or without) an overdue milestone
 * @param words what is to be found in its text, all of them: see {@code SearchText}
 * @param limit of the page, 1 to 200
 * @param after where the last page ended
 */
public record PlanQuery(
        @Nullable String country,
        @Nullable String focusArea,
        @Nullable String status,
        @Nullable Boolean overdue,
        List<String> words,
        Sort sort,
        boolean descending,
        int limit,
        @Nullable Position after) {
    /** What plans can be sorted by; ties are settled by id. */
    public enum Sort {
        PLAN("plan", "plan collate \"C\"", "text"),
        CITY("city", "city collate \"C\"", "text"),
        COUNTRY("country", "country collate \"C\"", "text"),
        /** Plans without progress stand below all others. */
        PROGRESS("progress", "coalesce(progress, -1)", "numeric"),
        OVERDUE(
                "overdue",
                "(select count(*) from milestone where milestone.plan = plan.plan and open_until < :day)",
                "numeric"),
        /** Plans without a date ahead or behind stand below all others, as do those with dates that no plan can mean. */
        DAYS_LATE("daysLate", """
                coalesce(cast(:day as date) - (select min(open_until) from milestone where milestone.plan = plan.plan
                    and open_until between '%s' and '%s'), -1000000)""".formatted(Years.FIRST_DAY, Years.LAST_DAY), "numeric");

        /** Where there is no number of days. */
        static final long NO_DAYS = -1_000_000;

        public final String code;
        final String expression;
        final String type;

        Sort(String code, String expression, String type) {
            this.code = code;
            this.expression = expression;
            this.type = type;
        }

        public boolean isNumber() {
            return type.equals("numeric");
        }
    }

    /** Where a page ended: the value sorted by and the plan's id. */
    public record Position(String value, String plan) {}
}
