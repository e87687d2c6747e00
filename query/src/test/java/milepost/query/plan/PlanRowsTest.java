package milepost.query.plan;

import static milepost.event.Story.BOATYARD;
import static milepost.event.Story.BUSES;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.ENDORSED;
import static milepost.event.Story.FERRY_AMENDED;
import static milepost.event.Story.MAKER;
import static milepost.event.Story.OFFICER_APPOINTED;
import static milepost.event.Story.OFFICER_RELIEVED;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARKS;
import static milepost.event.Story.PARKS_ADDED;
import static milepost.event.Story.PARKS_WITHDRAWN;
import static milepost.event.Story.PARTNERSHIP_AGREED;
import static milepost.event.Story.PARTNERSHIP_AMENDED;
import static milepost.event.Story.PARTNERSHIP_ENDED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PLAN_REPORTED;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.PROJECT_PREPARED;
import static milepost.event.Story.PROJECT_RENAMED;
import static milepost.event.Story.PROJECT_REPORTED;
import static milepost.event.Story.TRANSIT;
import static milepost.event.Story.on;
import static milepost.event.Story.titled;
import static milepost.query.Told.record;
import static milepost.query.Told.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import milepost.event.Details;
import milepost.event.Health;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneStatus;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipStatus;
import milepost.event.Phase;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.query.timeline.TimelineEntry;
import org.junit.jupiter.api.Test;

class PlanRowsTest {
    /** A year before it was opened. */
    private static final PlanStatusChanged SUSPENDED =
            new PlanStatusChanged(PLAN, on("2017"), PlanStatus.SUSPENDED, Details.NONE);

    @Test
    void there_are_none_without_an_opening() {
        assertThat(PlanRows.of(record(ENDORSED, PROJECT_ADDED, BUSES_MET))).isEmpty();
    }

    @Test
    void a_plan_is_a_draft_until_its_first_status() {
        assertThat(rows(OPENED).plan().status()).isEqualTo(PlanStatus.DRAFT);
        assertThat(rows(OPENED, ENDORSED).plan().status()).isEqualTo(PlanStatus.ENDORSED);
    }

    @Test
    void what_is_recorded_late_falls_into_its_place() {
        assertThat(rows(OPENED, ENDORSED, SUSPENDED).plan().status()).isEqualTo(PlanStatus.ENDORSED);
        var conceived = new ProjectPhaseChanged(PLAN, on("2018"), TRANSIT, Phase.CONCEPTION, Details.NONE);
        var project = rows(OPENED, PROJECT_ADDED, PROJECT_RENAMED, PROJECT_PREPARED, conceived)
                .projects()
                .getFirst();
        assertThat(project.phase()).isEqualTo(Phase.PREPARATION);
        assertThat(project.title()).isEqualTo("Electric buses");
        var active = new PartnershipStatusChanged(PLAN, on("2021"), MAKER, PartnershipStatus.ACTIVE, Details.NONE);
        assertThat(rows(OPENED, PARTNERSHIP_AGREED, PARTNERSHIP_ENDED, active)
                        .partnerships()
                        .getFirst()
                        .status())
                .isEqualTo(PartnershipStatus.ENDED);
    }

    @Test
    void an_officer_is_listed_while_in_office() {
        assertThat(rows(OPENED, OFFICER_APPOINTED).plan().officers())
                .extracting(OfficerRow::name)
                .containsExactly("Somchai Lakeside");
        assertThat(rows(OPENED, OFFICER_APPOINTED, OFFICER_RELIEVED).plan().officers())
                .isEmpty();
        assertThat(rows(OPENED, OFFICER_RELIEVED).plan().officers()).isEmpty();
    }

    @Test
    void health_is_that_of_the_latest_report_that_gave_one() {
        var delayed = new PlanStatusReported(PLAN, on("2021"), Health.DELAYED, Details.NONE);
        var plan = rows(OPENED, delayed, PLAN_REPORTED).plan();
        assertThat(plan.health()).isEqualTo(Health.DELAYED);
        assertThat(Objects.requireNonNull(plan.statusReport()).narrative()).isEqualTo("Half of it is done.");
        assertThat(rows(OPENED, PROJECT_ADDED, PROJECT_REPORTED)
                        .projects()
                        .getFirst()
                        .health())
                .isEqualTo(Health.DELAYED);
    }

    @Test
    void a_withdrawn_project_stays_listed_with_its_day() {
        assertThat(rows(OPENED, PARKS_ADDED, PARKS_WITHDRAWN)
                        .projects()
                        .getFirst()
                        .withdrawnOn())
                .isEqualTo(on("2020-01-15"));
    }

    @Test
    void an_amendment_changes_what_a_milestone_is_and_not_what_is_told_of_what_happened_to_it() {
        var met = rows(OPENED, PROJECT_ADDED, PARKS_ADDED, BUSES_SCHEDULED, BUSES_MET)
                .milestones()
                .getFirst();
        var amendment = new MilestoneAmended(
                PLAN, on("2024"), BUSES, PARKS, 3, new Details("Buses", "As told.", "misspelt", null, null, null));
        var amended = rows(OPENED, PROJECT_ADDED, PARKS_ADDED, BUSES_SCHEDULED, BUSES_MET, amendment)
                .milestones()
                .getFirst();
        assertThat(amended)
                .usingRecursiveComparison()
                .ignoringFields("title", "project", "weight")
                .isEqualTo(met);
        assertThat(amended.title()).isEqualTo("Buses");
        assertThat(amended.project()).isEqualTo(PARKS);
        assertThat(amended.weight()).isEqualTo(3);
        assertThat(amended.evidence()).isEqualTo(BUSES_MET.details().evidence());
    }

    @Test
    void an_amendment_changes_what_a_partnership_is() {
        var amended = rows(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, PARTNERSHIP_AMENDED)
                .partnerships()
                .getFirst();
        assertThat(amended.title()).isEqualTo("Buses are made here");
        assertThat(amended.amount()).isEqualTo(PARTNERSHIP_AMENDED.amount());
        assertThat(amended.organisations()).containsExactly(BOATYARD);
        assertThat(amended.on()).isEqualTo(PARTNERSHIP_AGREED.on());
        var then = PlanRows.of(record(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, PARTNERSHIP_AMENDED)
                        .on(LocalDate.of(2021, 1, 31)))
                .orElseThrow();
        assertThat(then.partnerships())
                .isEqualTo(rows(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED).partnerships());
    }

    /** The rules admit no reschedule of before the scheduling any more; those that are stored are read. */
    @Test
    void a_milestone_is_there_from_the_day_it_began_whatever_is_told_of_earlier_days() {
        var scheduled = new MilestoneScheduled(
                PLAN, on("2026-11-27"), BUSES, null, on("2027-02"), 1, titled("Buses in service"));
        var moved = new MilestoneRescheduled(PLAN, on("2026-11-19"), BUSES, on("2029"), Details.NONE);
        var record = record(OPENED, scheduled, moved);
        var before = PlanRows.of(record.on(LocalDate.of(2026, 11, 22))).orElseThrow();
        assertThat(before.milestones()).isEmpty();
        assertThat(TimelineEntry.of(record.on(LocalDate.of(2026, 11, 22)))).hasSize(1);
        for (var rows : List.of(
                PlanRows.of(record.on(LocalDate.of(2026, 11, 27))).orElseThrow(),
                PlanRows.of(record).orElseThrow())) {
            assertThat(rows.milestones().getFirst())
                    .extracting(MilestoneRow::title, MilestoneRow::baseline, MilestoneRow::due)
                    .containsExactly("Buses in service", on("2027-02"), on("2027-02"));
        }
    }

    @Test
    void so_is_one_that_was_met_in_the_year_in_which_it_was_scheduled() {
        var scheduled =
                new MilestoneScheduled(PLAN, on("2019-06"), BUSES, null, on("2020"), 1, titled("Buses in service"));
        var met = new MilestoneMet(PLAN, on("2019"), BUSES, Details.NONE);
        var record = record(OPENED, scheduled, met);
        assertThat(PlanRows.of(record.on(LocalDate.of(2019, 5, 31))).orElseThrow().milestones())
                .isEmpty();
        assertThat(PlanRows.of(record.on(LocalDate.of(2019, 6, 1))).orElseThrow().milestones())
                .extracting(MilestoneRow::title, MilestoneRow::status)
                .containsExactly(tuple("Buses in service", MilestoneStatus.MET));
    }

    @Test
    void so_are_projects_and_partnerships() {
        var conceived = new ProjectPhaseChanged(PLAN, on("2017"), TRANSIT, Phase.CONCEPTION, Details.NONE);
        var active = new PartnershipStatusChanged(PLAN, on("2017"), MAKER, PartnershipStatus.ACTIVE, Details.NONE);
        var opened = new PlanOpened(
                PLAN, on("2016"), OPENED.profile(), OPENED.from(), OPENED.to(), OPENED.details());
        var record = record(opened, PROJECT_ADDED, PARTNERSHIP_AGREED, conceived, active);
        var before = PlanRows.of(record.on(LocalDate.of(2017, 7, 1))).orElseThrow();
        assertThat(before.projects()).isEmpty();
        assertThat(before.partnerships()).isEmpty();
        var then = PlanRows.of(record.on(LocalDate.of(2018, 7, 1))).orElseThrow();
        assertThat(then.projects()).extracting(ProjectRow::title).containsExactly("Buses");
        assertThat(then.partnerships()).isEmpty();
    }

    /** The rules admit none; whatever is stored is read. */
    @Test
    void an_amendment_alone_says_what_it_says() {
        assertThat(rows(OPENED, FERRY_AMENDED).milestones().getFirst())
                .extracting(MilestoneRow::title, MilestoneRow::status, MilestoneRow::on)
                .containsExactly("Ferry over the lake", MilestoneStatus.SCHEDULED, on("2019"));
        assertThat(rows(OPENED, PARTNERSHIP_AMENDED).partnerships().getFirst())
                .extracting(PartnershipRow::title, PartnershipRow::status)
                .containsExactly("Buses are made here", PartnershipStatus.PROPOSED);
    }
}
