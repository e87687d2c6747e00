package milepost.plan;

import static milepost.event.Story.BUSES;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_MISSED;
import static milepost.event.Story.BUSES_POSTPONED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.MAKER;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARKS;
import static milepost.event.Story.PARKS_ADDED;
import static milepost.event.Story.PARKS_WITHDRAWN;
import static milepost.event.Story.PARTNERSHIP_AGREED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PLAN_REPORTED;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.TRANSIT;
import static milepost.event.Story.on;
import static milepost.event.Story.titled;
import static milepost.query.Told.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.FactRetracted;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipStatus;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import milepost.event.Recorded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanRecordTest {
    private static final FactRetracted THIRD_RETRACTED = new FactRetracted(PLAN, 3, "wrong city");
    private static final List<Recorded> RETRACTED =
            recorded(OPENED, PROJECT_ADDED, PLAN_REPORTED, THIRD_RETRACTED, BUSES_SCHEDULED);

    @Test
    void there_is_none_before_the_first_fact() {
        assertThat(PlanRecord.NONE.version()).isZero();
        assertThat(PlanRecord.NONE.facts()).isEmpty();
        assertThat(PlanRecord.NONE.parts()).isEmpty();
    }

    @Test
    void neither_a_retraction_nor_what_it_takes_back_is_a_fact_about_the_world() {
        assertThat(events(RETRACTED, null)).containsExactly(OPENED, PROJECT_ADDED, BUSES_SCHEDULED);
    }

    @Test
    void what_is_left_keeps_its_version() {
        assertThat(PlanRecord.of(RETRACTED).facts())
                .extracting(Recorded::version)
                .containsExactly(1L, 2L, 5L);
    }

    @Test
    void the_last_fact_is_the_last_recorded_whatever_it_was() {
        var retraction = PlanRecord.of(RETRACTED.subList(0, 4));
        assertThat(retraction.last().event()).isEqualTo(THIRD_RETRACTED);
        assertThat(retraction.version()).isEqualTo(4);
    }

    @Test
    void before_its_retraction_a_fact_was_part_of_the_record() {
        assertThat(events(RETRACTED.subList(0, 3), null)).containsExactly(OPENED, PROJECT_ADDED, PLAN_REPORTED);
    }

    @Test
    void a_retraction_holds_on_every_day() {
        assertThat(events(RETRACTED, LocalDate.of(2023, 6, 1))).doesNotContain(PLAN_REPORTED);
        assertThat(events(RETRACTED.subList(0, 3), LocalDate.of(2023, 6, 1))).contains(PLAN_REPORTED);
    }

    @Test
    void the_last_fact_of_a_day_is_the_last_recorded_too() {
        var record = PlanRecord.of(RETRACTED).on(LocalDate.of(2000, 1, 1));
        assertThat(record.facts()).isEmpty();
        assertThat(record.last()).isEqualTo(RETRACTED.getLast());
    }

    @ParameterizedTest(name = "on {0}: {1} facts, {2}")
    @CsvSource(textBlock = """
            2017-12-31, 0, nothing yet
            2018-01-01, 2, what happened in 2018 counts from its first day
            2018-12-31, 2, and nothing is new on its last
            2019-01-01, 3, scheduled in 2019
            2020-04-30, 3, the month before the postponement
            2020-05-01, 4, postponed in May 2020
            2021-06-01, 4, the milestone is missed in June 2021 but June is not over
            2021-06-29, 4, nor is it now
            2021-06-30, 5, a miss counts from the last day
            2022-11-29, 5, the day before
            2022-11-30, 6, met to the day
            """)
    void a_fact_counts_from_its_first_day_and_a_miss_from_its_last(LocalDate day, int facts, String because) {
        var history = recorded(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_POSTPONED, BUSES_MISSED, BUSES_MET);
        assertThat(events(history, day)).as(because).hasSize(facts);
    }

    @Test
    void facts_stay_in_the_order_they_were_recorded_in() {
        var history = recorded(OPENED, BUSES_MET, BUSES_POSTPONED, BUSES_SCHEDULED);
        assertThat(events(history, LocalDate.of(2022, 12, 1)))
                .containsExactly(OPENED, BUSES_MET, BUSES_POSTPONED, BUSES_SCHEDULED);
    }

    /** Rules refuse it, and stored facts are read whatever they are. */
    @Test
    void the_first_beginning_that_stands_holds_and_a_second_says_nothing() {
        var again = new MilestoneScheduled(PLAN, on("2018"), BUSES, null, on("2030"), 7, titled("Trams"));
        var added = new ProjectAdded(PLAN, on("2019"), TRANSIT, List.of("civic-and-social"), titled("Trams"));
        var agreed = new PartnershipRecorded(
                PLAN, on("2024"), MAKER, null, null, PartnershipStatus.ENDED, null, titled("Trams"));
        var told = recorded(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, PARTNERSHIP_AGREED, OPENED, added, again, agreed);
        var record = PlanRecord.of(told);
        var once = PlanRecord.of(told.subList(0, 4));
        assertThat(record.charter()).isEqualTo(once.charter());
        assertThat(record.project(TRANSIT)).isEqualTo(once.project(TRANSIT)).isNotNull();
        assertThat(record.milestone(BUSES)).isEqualTo(once.milestone(BUSES)).isNotNull();
        assertThat(record.partnership(MAKER)).isEqualTo(once.partnership(MAKER)).isNotNull();
        assertThat(record.without(3).milestone(BUSES))
                .extracting(Milestone::title, Milestone::weight)
                .containsExactly("Trams", 7);
    }

    @Test
    void a_project_is_withdrawn_since_the_earliest_day_that_is_said() {
        var earlier = new ProjectWithdrawn(PLAN, on("2019"), PARKS, Details.NONE);
        var record = PlanRecord.of(recorded(OPENED, PARKS_ADDED, PARKS_WITHDRAWN, earlier, PARKS_WITHDRAWN));
        assertThat(record.project(PARKS)).extracting(Project::withdrawal).isEqualTo(earlier);
    }

    private static List<Event> events(List<Recorded> recorded, @Nullable LocalDate on) {
        return PlanRecord.of(recorded).on(on).facts().stream()
                .map(Recorded::event)
                .toList();
    }
}
