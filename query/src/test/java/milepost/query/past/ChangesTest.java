package milepost.query.past;

import static milepost.event.Story.BUSES;
import static milepost.event.Story.BUSES_AGAIN;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_MISSED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARTNERSHIP_AGREED;
import static milepost.event.Story.PARTNERSHIP_AMENDED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.TODAY;
import static milepost.event.Story.because;
import static milepost.event.Story.on;
import static milepost.event.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import milepost.event.Event;
import milepost.event.FactRetracted;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneStatus;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanStatus;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.query.Told;
import milepost.query.plan.Plan;
import milepost.query.timeline.TimelineEntry;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final List<Recorded> STORY = Told.recorded(story());

    private static Moment day(String day) {
        return new Moment(null, null, LocalDate.parse(day));
    }

    private static Moment version(long version) {
        return new Moment(null, version, null);
    }

    private static Changes between(Moment from, Moment to) {
        return Changes.between(STORY, from, to, TODAY).orElseThrow();
    }

    private static Changes between(Moment from, Moment to, Event... facts) {
        return Changes.between(Told.recorded(facts), from, to, TODAY).orElseThrow();
    }

    private static Change<Plan.MilestoneOnDay> only(Changes changes) {
        assertThat(changes.milestones()).hasSize(1);
        return changes.milestones().getFirst().change();
    }

    private static List<String> texts(List<TimelineEntry> facts) {
        return facts.stream().map(TimelineEntry::text).toList();
    }

    /** Each change in a line: what, of what. */
    private static List<String> said(Changes changes) {
        return changes.all()
                .map(change -> change.id() + ": "
                        + String.join(
                                " ",
                                change.what().stream().map(what -> what.code).toList()))
                .toList();
    }

    @Test
    void lakeside_from_the_end_of_2019_to_the_end_of_2022() {
        var changes = between(day("2019-12-31"), day("2022-12-31"));

        assertThat(said(changes))
                .containsExactly(
                        "transit: reported",
                        "parks: withdrawn",
                        "buses: rescheduled met",
                        "ferry: withdrawn",
                        "maker: amended");
        var buses = changes.milestones().getFirst();
        assertThat(texts(buses.change().facts()))
                .containsExactly(
                        "“Electric buses in service” rescheduled from 2020 to 2021-06",
                        "“Electric buses in service” not met (due 2021-06)",
                        "“Electric buses in service” rescheduled from 2021-06 to 2022",
                        "“Electric buses in service” met (due 2022): First day of service");
        assertThat(before(buses.change()).milestone().status()).isEqualTo(MilestoneStatus.SCHEDULED);
        assertThat(before(buses.change()).milestone().due()).isEqualTo(on("2020"));
        assertThat(after(buses.change()).milestone().status()).isEqualTo(MilestoneStatus.MET);
        assertThat(after(buses.change()).milestone().due()).isEqualTo(on("2022"));
        assertThat(buses.movedDays()).isEqualTo(730);
        assertThat(buses.slippageDays()).isEqualTo(699);
        assertThat(changes.from().day()).isEqualTo("2019-12-31");
        assertThat(Objects.requireNonNull(changes.from().indicators()).earnedValue())
                .isZero();
        assertThat(Objects.requireNonNull(changes.to().indicators()).earnedValue())
                .isEqualByComparingTo("2");
        assertThat(changes.retractions()).isEmpty();
    }

    @Test
    void what_was_not_there_yet_is_added() {
        var changes = between(day("2015-01-01"), day("2019-12-31"));

        assertThat(changes.from().version()).isNull();
        assertThat(changes.from().indicators()).isNull();
        assertThat(said(changes))
                .containsExactly(
                        "lakeside: added statusChanged",
                        "csco: appointed",
                        "transit: added phaseChanged",
                        "parks: added",
                        "buses: added",
                        "tickets: added",
                        "ferry: added",
                        "survey: added met",
                        "maker: added");
        assertThat(changes.milestones()).allSatisfy(milestone -> {
            assertThat(milestone.change().before()).isNull();
            assertThat(milestone.movedDays()).isNull();
        });
        assertThat(Changes.between(STORY, day("2015-01-01"), day("2016-01-01"), TODAY))
                .as("no plan at the end either")
                .isEmpty();
    }

    @Test
    void a_part_older_than_its_plan_is_added_with_the_plan_and_names_its_own_facts() {
        var opened = new PlanOpened(PLAN, on("2021"), OPENED.profile(), OPENED.from(), OPENED.to(), OPENED.details());
        var changes = between(day("2019-12-31"), day("2021-12-31"), opened, BUSES_SCHEDULED);

        assertThat(changes.from().indicators()).isNull();
        assertThat(said(changes)).containsExactly("lakeside: added", "buses: added overdue");
        assertThat(texts(only(changes).facts()))
                .containsExactly("Milestone scheduled (due 2020): Electric buses in service");
    }

    @Test
    void a_status_an_officer_and_a_partnership_change() {
        var changes = between(day("2022-12-31"), day("2025-12-31"));

        assertThat(said(changes))
                .containsExactly(
                        "lakeside: statusChanged",
                        "csco: relieved",
                        "tickets: partiallyMet overdue",
                        "maker: statusChanged");
        var standing = Objects.requireNonNull(changes.standing());
        assertThat(Objects.requireNonNull(standing.before()).status()).isEqualTo(PlanStatus.ENDORSED);
        assertThat(Objects.requireNonNull(standing.after()).status()).isEqualTo(PlanStatus.CLOSED);
        assertThat(texts(standing.facts())).containsExactly("Plan is closed");
        assertThat(changes.officers().getFirst().after()).isNull();
        assertThat(texts(changes.officers().getFirst().facts())).containsExactly("Somchai Lakeside relieved");
    }

    @Test
    void a_retraction_is_the_cause_of_what_it_undoes() {
        var changes = between(version(23), version(24));

        assertThat(said(changes)).containsExactly("lakeside: retracted");
        var facts = Objects.requireNonNull(changes.standing()).facts();
        assertThat(texts(facts)).containsExactly("Version 23 retracted: Plan reported");
        assertThat(facts.getFirst().version()).isEqualTo(24);
        assertThat(facts.getFirst().kind()).isEqualTo("FactRetracted");
        assertThat(facts.getFirst().retracts()).isEqualTo(23);
        assertThat(facts.getFirst().on()).isNull();
        assertThat(facts.getFirst().reason()).isEqualTo("it was another city's report");
        assertThat(changes.retractions()).isEqualTo(facts);
        assertThat(between(version(22), version(24)).standing())
                .as("recorded and taken back in between")
                .isNull();
        assertThat(texts(between(version(22), version(24)).retractions()))
                .containsExactly("Version 23 retracted: Plan reported");
    }

    @Test
    void a_met_that_is_taken_back_reopens_and_a_part_that_is_taken_back_is_gone() {
        var met = between(
                version(3), version(4), OPENED, BUSES_SCHEDULED, BUSES_MET, new FactRetracted(PLAN, 3, "not yet"));
        assertThat(said(met)).containsExactly("buses: reopened overdue retracted");
        assertThat(only(met).facts().getFirst().milestone()).isEqualTo(BUSES_MET.milestone());

        var gone =
                between(version(2), version(3), OPENED, BUSES_SCHEDULED, new FactRetracted(PLAN, 2, "another city's"));
        assertThat(said(gone)).containsExactly("buses: retracted");
        assertThat(only(gone).after()).isNull();
        assertThat(texts(only(gone).facts()))
                .containsExactly("Version 2 retracted: Milestone scheduled (due 2020): Electric buses in service");
    }

    @Test
    void a_due_date_that_passes_is_a_change_that_no_fact_made() {
        var changes = between(day("2020-12-31"), day("2021-01-01"), OPENED, BUSES_SCHEDULED);

        assertThat(said(changes)).containsExactly("buses: overdue");
        assertThat(only(changes).facts()).isEmpty();
    }

    @Test
    void a_reschedule_after_a_miss_reopens() {
        var changes = between(version(3), version(4), OPENED, BUSES_SCHEDULED, BUSES_MISSED, BUSES_AGAIN);

        assertThat(said(changes)).containsExactly("buses: rescheduled reopened overdue");
        assertThat(texts(only(changes).facts()))
                .containsExactly("“Electric buses in service” rescheduled from 2020 to 2022");
    }

    @Test
    void the_network_lists_the_plans_in_which_anything_differs_and_adds_up_all() {
        var quiet = Told.recorded(OPENED);
        var changes =
                NetworkChanges.between(List.of(quiet, STORY, List.of()), day("2019-12-31"), day("2022-12-31"), TODAY);

        assertThat(changes.plans()).containsExactly(between(day("2019-12-31"), day("2022-12-31")));
        assertThat(changes.from().total().plans()).isEqualTo(2);
        assertThat(changes.to().day()).isEqualTo("2022-12-31");
        assertThat(changes.to().total().indicators().earnedValue()).isEqualByComparingTo("2");
    }

    private static Plan.MilestoneOnDay before(Change<Plan.MilestoneOnDay> change) {
        return Objects.requireNonNull(change.before());
    }

    private static Plan.MilestoneOnDay after(Change<Plan.MilestoneOnDay> change) {
        return Objects.requireNonNull(change.after());
    }

    @Test
    void what_is_told_better_is_amended_between_days_and_between_versions() {
        var amendment = new MilestoneAmended(PLAN, on("2021"), BUSES, null, 3, because("forty buses, not ten"));
        Event[] facts = {OPENED, PROJECT_ADDED, BUSES_SCHEDULED, PARTNERSHIP_AGREED, amendment, PARTNERSHIP_AMENDED};

        var changes = between(day("2020-12-31"), day("2021-12-31"), facts);
        assertThat(said(changes)).containsExactly("buses: amended overdue", "maker: amended");
        assertThat(before(only(changes)).milestone().weight()).isEqualTo(2);
        assertThat(after(only(changes)).milestone().weight()).isEqualTo(3);
        assertThat(texts(only(changes).facts())).containsExactly("“Electric buses in service” amended: weight 2 → 3");
        assertThat(said(between(version(4), version(6), facts))).containsExactly("buses: amended", "maker: amended");
    }
}
