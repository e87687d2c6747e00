package milepost.query.plan;

import static milepost.event.Story.BUSES;
import static milepost.event.Story.BUSES_ADRIFT;
import static milepost.event.Story.BUSES_AGAIN;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_MISSED;
import static milepost.event.Story.BUSES_POSTPONED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.FERRY_SCHEDULED;
import static milepost.event.Story.FERRY_WITHDRAWN;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARTNERSHIP_AGREED;
import static milepost.event.Story.PARTNERSHIP_ENDED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.SURVEY_LOGGED;
import static milepost.event.Story.TICKETS;
import static milepost.event.Story.TICKETS_PARTLY_MET;
import static milepost.event.Story.TICKETS_SCHEDULED;
import static milepost.event.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.query.Told;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorsTest {
    /** Buses weigh 2, all else 1; the ferry has no date, the survey was never scheduled. */
    private static final List<Event> STORY = List.of(
            OPENED,
            PROJECT_ADDED,
            SURVEY_LOGGED,
            BUSES_SCHEDULED,
            TICKETS_SCHEDULED,
            FERRY_SCHEDULED,
            BUSES_POSTPONED,
            FERRY_WITHDRAWN,
            BUSES_MISSED,
            BUSES_AGAIN,
            BUSES_MET,
            TICKETS_PARTLY_MET);

    @ParameterizedTest(name = "on {0} EV {1}, PV {2}, SPI {3}, progress {4}, overdue {5}: {6}")
    @CsvSource(nullValues = "-", textBlock = """
            2018-01-01, 0,   0, -,        -,     0, no milestone yet: no progress and not 0
            2018-11-01, 0,   0, -,        1,     0, the survey was never scheduled and counts in progress only
            2019-04-01, 0,   0, -,        0.2,   0, buses tickets and ferry are scheduled: 1 of 5
            2020-12-31, 0,   0, -,        0.2,   0, the last day of the buses' first due date: nothing was due before
            2021-01-01, 0,   2, 0,        0.25,  0, buses were planned for 2020 though due in June now; no more ferry
            2021-06-30, 0,   2, 0,        0.25,  0, buses are missed
            2021-07-01, 0,   2, 0,        0.25,  0, and what is missed is not overdue
            2021-09-01, 0,   2, 0,        0.25,  0, buses are due in 2022
            2022-11-29, 0,   2, 0,        0.25,  0, the day before
            2022-11-30, 2,   2, 1,        0.75,  0, buses are met: late but all that was planned is earned
            2023-06-29, 2,   2, 1,        0.75,  0, tickets are due tomorrow
            2023-06-30, 2.5, 2, 1.25,     0.875, 0, half of the tickets on the day they are due: ahead of the plan
            2023-07-01, 2.5, 3, 0.833333, 0.875, 1, the other half is overdue
            2026-11-20, 2.5, 3, 0.833333, 0.875, 1, and stays so
            """)
    void the_plan_of_lakeside(
            LocalDate day,
            String earned,
            String planned,
            @Nullable String spi,
            @Nullable String progress,
            long overdue,
            String because) {
        var indicators = numbers(day, STORY);
        assertThat(indicators.earnedValue()).as(because).isEqualByComparingTo(earned);
        assertThat(indicators.plannedValue()).as(because).isEqualByComparingTo(planned);
        assertNumber(indicators.schedulePerformanceIndex(), spi);
        assertNumber(indicators.progress(), progress);
        assertThat(indicators.overdue()).as(because).isEqualTo(overdue);
    }

    @ParameterizedTest(name = "on {0}, {1} days late: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            2018-11-01, -,    nothing is due
            2020-12-31, -181, the buses were postponed to June
            2021-01-01, -180, a day later
            2023-06-29, -1,   tickets are due tomorrow
            2023-07-01, 1,    half of them is late
            2026-11-20, 1239, and stays so
            """)
    void days_late_count_from_the_oldest_due_date_of_what_is_open(LocalDate day, @Nullable Long late, String because) {
        assertThat(numbers(day, STORY).daysLate()).as(because).isEqualTo(late);
    }

    @Test
    void a_date_that_no_plan_can_mean_outweighs_no_other() {
        var day = LocalDate.of(2026, 11, 28);
        var ancient = rescheduled("2020", "1000");
        assertThat(numbers(day, OPENED, FERRY_SCHEDULED, ancient).daysLate()).isNull();
        assertThat(numbers(day, OPENED, FERRY_SCHEDULED, ancient, TICKETS_SCHEDULED)
                        .daysLate())
                .isEqualTo(1247);
    }

    @ParameterizedTest(name = "due {0}, on {1}: {2}")
    @CsvSource(textBlock = """
            2025,       2025-12-31, 0
            2025,       2026-01-01, 1
            2024-02,    2024-02-29, 0
            2024-02,    2024-03-01, 1
            2024-02-10, 2024-02-10, 0
            2024-02-10, 2024-02-11, 1
            """)
    void a_due_date_has_passed_after_its_last_day(String due, LocalDate day, long overdue) {
        var indicators = numbers(day, OPENED, FERRY_SCHEDULED, rescheduled("2020", due));
        assertThat(indicators.overdue()).isEqualTo(overdue);
        assertThat(indicators.plannedValue()).isEqualByComparingTo(BigDecimal.valueOf(overdue));
    }

    @Test
    void what_is_scheduled_or_partly_met_is_overdue_and_nothing_else() {
        var later = LocalDate.of(2026, 1, 1);
        assertThat(numbers(later, OPENED, TICKETS_SCHEDULED).overdue()).isOne();
        assertThat(numbers(later, OPENED, TICKETS_SCHEDULED, TICKETS_PARTLY_MET).overdue())
                .isOne();
        assertThat(numbers(later, OPENED, BUSES_SCHEDULED, BUSES_MET).overdue()).isZero();
        assertThat(numbers(later, OPENED, BUSES_SCHEDULED, BUSES_MISSED).overdue())
                .isZero();
        assertThat(numbers(later, OPENED, FERRY_SCHEDULED, rescheduled("2020", "2022"), FERRY_WITHDRAWN)
                        .overdue())
                .isZero();
    }

    @Test
    void what_is_postponed_with_no_date_is_late_by_its_baseline_but_not_overdue() {
        var indicators = numbers(LocalDate.of(2022, 1, 1), OPENED, BUSES_SCHEDULED, BUSES_ADRIFT);
        assertThat(indicators.overdue()).isZero();
        assertThat(indicators.plannedValue()).isEqualByComparingTo("2");
        assertNumber(indicators.schedulePerformanceIndex(), "0");
    }

    @Test
    void what_is_planned_goes_by_the_baseline_and_not_by_the_current_due_date() {
        var slipped = numbers(LocalDate.of(2021, 1, 1), OPENED, BUSES_SCHEDULED, BUSES_POSTPONED);
        assertThat(slipped.plannedValue()).isEqualByComparingTo("2");
        assertThat(slipped.overdue()).isZero();
        var pulledForward = numbers(
                LocalDate.of(2023, 1, 1),
                OPENED,
                TICKETS_SCHEDULED,
                new MilestoneRescheduled(PLAN, on("2020"), TICKETS, on("2021"), Details.NONE));
        assertThat(pulledForward.plannedValue()).isZero();
        assertThat(pulledForward.overdue()).isOne();
    }

    @Test
    void what_was_scheduled_without_a_date_has_no_baseline_and_earns_no_value() {
        var indicators = numbers(
                LocalDate.of(2022, 1, 1),
                OPENED,
                FERRY_SCHEDULED,
                new MilestoneMet(PLAN, on("2021"), FERRY_SCHEDULED.milestone(), Details.NONE));
        assertThat(indicators.earnedValue()).isZero();
        assertThat(indicators.plannedValue()).isZero();
        assertThat(indicators.schedulePerformanceIndex()).isNull();
        assertNumber(indicators.progress(), "1");
    }

    @Test
    void what_is_withdrawn_counts_nowhere_but_among_the_withdrawn() {
        var indicators = numbers(
                LocalDate.of(2026, 1, 1),
                OPENED,
                BUSES_SCHEDULED,
                new MilestonePartiallyMet(PLAN, on("2020"), BUSES, new BigDecimal("0.5"), Details.NONE),
                new MilestoneWithdrawn(PLAN, on("2021"), BUSES, Details.NONE));
        assertThat(indicators.earnedValue()).isZero();
        assertThat(indicators.plannedValue()).isZero();
        assertThat(indicators.progress()).isNull();
        assertThat(indicators.milestones()).containsEntry("withdrawn", 1L);
    }

    @Test
    void a_partly_met_milestone_earns_its_share_of_its_weight() {
        var third = new MilestonePartiallyMet(PLAN, on("2020"), BUSES, new BigDecimal("0.3333"), Details.NONE);
        var indicators = numbers(LocalDate.of(2026, 1, 1), OPENED, BUSES_SCHEDULED, third);
        assertThat(indicators.earnedValue()).isEqualByComparingTo("0.6666");
        assertNumber(indicators.schedulePerformanceIndex(), "0.3333");
        assertNumber(indicators.progress(), "0.3333");
    }

    @Test
    void without_anything_what_can_be_counted_is_0_and_what_cannot_is_absent() {
        var indicators = numbers(LocalDate.of(2026, 1, 1), OPENED);
        assertThat(indicators.earnedValue()).isZero();
        assertThat(indicators.plannedValue()).isZero();
        assertThat(indicators.progress()).isNull();
        assertThat(indicators.schedulePerformanceIndex()).isNull();
        assertThat(indicators.overdue()).isZero();
    }

    @Test
    void milestones_and_partnerships_are_counted_by_status() {
        assertThat(numbers(LocalDate.of(2026, 1, 1), STORY).milestones())
                .isEqualTo(Map.of("scheduled", 0L, "met", 2L, "partiallyMet", 1L, "notMet", 0L, "withdrawn", 1L));
        assertThat(numbers(LocalDate.of(2021, 7, 1), STORY).milestones())
                .isEqualTo(Map.of("scheduled", 1L, "met", 1L, "partiallyMet", 0L, "notMet", 1L, "withdrawn", 1L));
        List<Event> partners = List.of(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, PARTNERSHIP_ENDED);
        assertThat(numbers(LocalDate.of(2022, 12, 31), partners).partnerships())
                .isEqualTo(Map.of("proposed", 0L, "agreed", 1L, "active", 0L, "concluded", 0L, "ended", 0L));
        assertThat(numbers(LocalDate.of(2023, 1, 1), partners).partnerships())
                .isEqualTo(Map.of("proposed", 0L, "agreed", 0L, "active", 0L, "concluded", 0L, "ended", 1L));
    }

    @ParameterizedTest(name = "baseline {0}, then due {1}: {2} days")
    @CsvSource(nullValues = "-", textBlock = """
            2020,       2020,        0
            2020,       2021,      365
            2020,       2021-06,   181
            2020,       2020-12-30, -1
            2019,       2020,      366
            2020-02,    2020-02-29,  0
            2020-06-30, 2020-06,     0
            2020,       -,           -
            -,          2022,        0
            -,          -,           -
            """)
    void slippage_is_counted_between_last_days(@Nullable String first, @Nullable String then, @Nullable Long days) {
        var scheduled = new MilestoneScheduled(
                PLAN, on("2018"), BUSES, null, first == null ? null : on(first), 1, Details.titled("Buses"));
        assertThat(milestone(OPENED, scheduled, rescheduled(then)).slippageDays())
                .isEqualTo(days);
    }

    @Test
    void once_met_slippage_goes_by_the_day_it_was_met_on() {
        assertThat(milestone(OPENED, BUSES_SCHEDULED, BUSES_ADRIFT, BUSES_MET).slippageDays())
                .isEqualTo(699);
        assertThat(milestone(OPENED, BUSES_SCHEDULED, new MilestoneMet(PLAN, on("2020-11"), BUSES, Details.NONE))
                        .slippageDays())
                .isEqualTo(-31);
        assertThat(milestone(OPENED, SURVEY_LOGGED).slippageDays()).isNull();
    }

    private static MilestoneRow milestone(Event... facts) {
        var milestones = Told.rows(facts).milestones();
        assertThat(milestones).hasSize(1);
        return milestones.getFirst();
    }

    private static MilestoneRescheduled rescheduled(@Nullable String due) {
        return new MilestoneRescheduled(PLAN, on("2019"), BUSES, due == null ? null : on(due), Details.NONE);
    }

    /** The ferry. */
    private static MilestoneRescheduled rescheduled(String on, String due) {
        return new MilestoneRescheduled(PLAN, on(on), FERRY_SCHEDULED.milestone(), on(due), Details.NONE);
    }

    private static Indicators numbers(LocalDate day, Event... facts) {
        return numbers(day, Stream.of(facts).toList());
    }

    private static Indicators numbers(LocalDate day, List<Event> facts) {
        return Plan.on(day, Told.rows(day, facts)).indicators();
    }

    private static void assertNumber(@Nullable BigDecimal actual, @Nullable String expected) {
        if (expected == null) assertThat(actual).isNull();
        else assertThat(actual).isEqualByComparingTo(expected);
    }
}
