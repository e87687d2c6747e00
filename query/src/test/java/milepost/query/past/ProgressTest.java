package milepost.query.past;

import static milepost.event.Story.BUSES;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.TICKETS_SCHEDULED;
import static milepost.event.Story.on;
import static milepost.event.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.plan.PlanRecord;
import milepost.query.Histories;
import milepost.query.Told;
import milepost.query.past.Progress.Point;
import milepost.query.plan.Plan;
import milepost.query.plan.PlanRows;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProgressTest {
    private static final List<Recorded> STORY = Told.recorded(story());

    private static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    private static List<String> days(Period every, String from, String to) {
        return every.days(day(from), day(to)).map(LocalDate::toString).toList();
    }

    @Provide
    Arbitrary<List<Recorded>> histories() {
        return Histories.admitted();
    }

    @Example
    void lakeside_year_by_year() {
        var points = Progress.on(
                Period.YEAR.days(day("2018-01-01"), day("2024-03-01")).toList(), List.of(STORY));

        assertThat(points.stream().map(ProgressTest::line))
                .containsExactly(
                        // day, progress, earned, planned, SPI, overdue
                        "2018-12-31 1 0 0 null 0",
                        "2019-12-31 0.2 0 0 null 0",
                        "2020-12-31 0.2 0 0 null 0",
                        "2021-12-31 0.25 0 2 0 0",
                        "2022-12-31 0.75 2 2 1 0",
                        "2023-12-31 0.875 2.5 3 0.833333 1",
                        "2024-03-01 0.875 2.5 3 0.833333 1");
        assertThat(points.getLast().indicators().partnerships()).containsEntry("ended", 1L);
    }

    /** Weight 2 of 5, due in 2020 and met in November 2022: another weight counts from the day it is said to hold from. */
    @Example
    void another_weight_counts_from_its_own_day_or_from_the_beginning() {
        var reason = new Details(null, null, "forty buses, not ten", null, null, null);
        var late = new MilestoneAmended(PLAN, on("2022-06"), BUSES, null, 7, reason);
        var early = new MilestoneAmended(PLAN, BUSES_SCHEDULED.on(), BUSES, null, 4, reason);
        var days = List.of(day("2019-12-31"), day("2022-05-31"), day("2022-06-01"), day("2022-12-31"));

        assertThat(lines(days))
                .containsExactly(
                        "2019-12-31 0 0 0 null 0",
                        "2022-05-31 0 0 2 0 1",
                        "2022-06-01 0 0 2 0 1",
                        "2022-12-31 0.666667 2 2 1 0");
        assertThat(lines(days, late))
                .containsExactly(
                        "2019-12-31 0 0 0 null 0",
                        "2022-05-31 0 0 2 0 1",
                        "2022-06-01 0 0 7 0 1",
                        "2022-12-31 0.875 7 7 1 0");
        assertThat(lines(days, early))
                .containsExactly(
                        "2019-12-31 0 0 0 null 0",
                        "2022-05-31 0 0 4 0 1",
                        "2022-06-01 0 0 4 0 1",
                        "2022-12-31 0.8 4 4 1 0");
        assertThat(lines(days, late, early))
                .containsExactly(
                        "2019-12-31 0 0 0 null 0",
                        "2022-05-31 0 0 4 0 1",
                        "2022-06-01 0 0 7 0 1",
                        "2022-12-31 0.875 7 7 1 0");
    }

    /** Of a plan with the buses and the tickets, with more that is said of them. */
    private static List<String> lines(List<LocalDate> days, Event... more) {
        var facts = Stream.concat(
                Stream.of(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, TICKETS_SCHEDULED, BUSES_MET), Stream.of(more));
        return Progress.on(days, List.of(Told.recorded(facts.toList()))).stream()
                .map(ProgressTest::line)
                .toList();
    }

    private static String line(Point point) {
        var numbers = point.indicators();
        return "%s %s %s %s %s %s"
                .formatted(
                        point.day(),
                        numbers.progress() == null ? "null" : numbers.progress().toPlainString(),
                        numbers.earnedValue().toPlainString(),
                        numbers.plannedValue().toPlainString(),
                        numbers.schedulePerformanceIndex() == null
                                ? "null"
                                : numbers.schedulePerformanceIndex().toPlainString(),
                        numbers.overdue());
    }

    @Example
    void periods_end_on_their_last_day_and_the_series_on_the_last_day_asked_for() {
        assertThat(days(Period.MONTH, "2020-01-15", "2020-03-10"))
                .containsExactly("2020-01-31", "2020-02-29", "2020-03-10");
        assertThat(days(Period.QUARTER, "2019-11-30", "2020-09-30"))
                .containsExactly("2019-12-31", "2020-03-31", "2020-06-30", "2020-09-30");
        assertThat(days(Period.WEEK, "2026-11-15", "2026-11-23"))
                .containsExactly("2026-11-15", "2026-11-22", "2026-11-23");
        assertThat(days(Period.YEAR, "2018-01-01", "2018-01-01")).containsExactly("2018-01-01");
    }

    @Example
    void there_is_no_point_before_there_was_a_plan_and_the_series_begins_with_the_earliest() {
        var days = Period.YEAR.days(day("2016-01-01"), day("2018-06-30")).toList();
        var elder = new PlanOpened(
                new PlanId("elder"), on("2016-07"), OPENED.profile(), on("2016"), on("2020"), OPENED.details());

        assertThat(Progress.on(days, List.of(STORY))).extracting(Point::day).containsExactly(day("2018-06-30"));
        assertThat(Progress.on(days, List.of(STORY, Told.recorded(elder)))).hasSize(3);
        assertThat(Progress.on(days, List.of())).isEmpty();
        assertThat(Progress.start(List.of(STORY, Told.recorded(elder)))).hasValue(day("2016-01-01"));
        assertThat(Progress.start(List.of())).isEmpty();
    }

    @Property(tries = 200)
    void each_point_is_what_is_read_on_its_day(@ForAll("histories") List<Recorded> history) {
        var days = Period.QUARTER.days(day("2014-01-01"), day("2031-12-31")).toList();
        var read = days.stream()
                .flatMap(day -> PlanRows.of(PlanRecord.of(history).on(day)).stream()
                        .map(rows -> new Point(day, Plan.on(day, rows).indicators())))
                .toList();
        assertThat(Progress.on(days, List.of(history))).isEqualTo(read);
    }
}
