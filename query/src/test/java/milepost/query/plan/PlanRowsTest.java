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
import static milepost.event.Story.because;
import static milepost.event.Story.on;
import static milepost.event.Story.titled;
import static milepost.query.Told.record;
import static milepost.query.Told.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import milepost.event.Author;
import milepost.event.Basis;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.Evidence;
import milepost.event.Health;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
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
import milepost.event.Recorded;
import milepost.plan.PlanRecord;
import milepost.query.Told;
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
        assertThat(amended.statement()).isEqualTo(5);
    }

    private static final MilestoneScheduled SHELTERS_SCHEDULED = new MilestoneScheduled(
            PLAN, on("2026-01"), BUSES, null, on("2027"), 1, told("As planned.", "plan", Basis.DERIVED));
    private static final MilestoneMet MET_ON_THE_27TH =
            new MilestoneMet(PLAN, on("2026-11-27"), BUSES, told("The last one.", "a", Basis.REPORTED));
    private static final MilestoneMet MET_ON_THE_20TH =
            new MilestoneMet(PLAN, on("2026-11-20"), BUSES, told("All but one.", "b", Basis.INFERRED));

    @Test
    void what_is_shown_of_a_milestone_that_is_twice_said_to_be_met_is_one_statements() {
        var record = PlanRecord.of(List.of(
                recorded(1, "secretariat", OPENED),
                recorded(2, "csco", SHELTERS_SCHEDULED),
                recorded(3, "csco", MET_ON_THE_27TH),
                recorded(4, "national-representative", MET_ON_THE_20TH)));
        var row = milestone(record);
        assertThat(row)
                .extracting(
                        MilestoneRow::metOn,
                        MilestoneRow::on,
                        MilestoneRow::statement,
                        MilestoneRow::narrative,
                        MilestoneRow::basis)
                .containsExactly(on("2026-11-20"), on("2026-11-20"), 4L, "All but one.", Basis.INFERRED);
        assertThat(row.by()).isEqualTo(new Author(null, "national-representative", "Lakeside", null));
        assertThat(row.evidence()).containsExactly(evidence(4, "b"), evidence(3, "a"), evidence(2, "plan"));
        assertThat(row.claimedWithoutEvidence()).isFalse();

        assertThat(milestone(record.before(4)))
                .extracting(MilestoneRow::metOn, MilestoneRow::statement, MilestoneRow::narrative)
                .containsExactly(on("2026-11-27"), 3L, "The last one.");
        assertThat(milestone(record.without(4))).isEqualTo(milestone(record.before(4)));
        assertThat(milestone(record.on(LocalDate.of(2026, 11, 21))).evidence())
                .containsExactly(evidence(4, "b"), evidence(2, "plan"));
    }

    @Test
    void evidence_stays_whatever_is_said_later_without_any() {
        var moved = new MilestoneRescheduled(PLAN, on("2026-02"), BUSES, on("2028"), Details.NONE);
        var row = milestone(record(OPENED, SHELTERS_SCHEDULED, moved));
        assertThat(row)
                .extracting(MilestoneRow::statement, MilestoneRow::on, MilestoneRow::narrative)
                .containsExactly(3L, on("2026-02"), null);
        assertThat(row.evidence()).containsExactly(evidence(2, "plan"));
        assertThat(row.claimedWithoutEvidence()).as("nothing is claimed").isFalse();
    }

    @Test
    void what_is_claimed_without_evidence_says_so_whatever_evidence_there_was_before() {
        for (var outcome : List.of(
                new MilestoneMet(PLAN, on("2026-11-20"), BUSES, Details.NONE),
                new MilestonePartiallyMet(PLAN, on("2026-11-20"), BUSES, new BigDecimal("0.5"), Details.NONE),
                new MilestoneNotMet(PLAN, on("2026-10"), BUSES, because("no money")))) {
            var row = milestone(record(OPENED, SHELTERS_SCHEDULED, outcome));
            assertThat(row.claimedWithoutEvidence()).as("%s", outcome).isTrue();
            assertThat(row.evidence()).containsExactly(evidence(2, "plan"));
        }
    }

    @Test
    void what_is_partly_met_stays_so_in_the_words_of_who_said_it() {
        var partly = new MilestonePartiallyMet(
                PLAN, on("2026-03"), BUSES, new BigDecimal("0.5"), told("Half of them.", "half", Basis.REPORTED));
        var moved = new MilestoneRescheduled(PLAN, on("2026-04"), BUSES, on("2028"), because("no money"));
        var less = new MilestonePartiallyMet(
                PLAN, on("2026-02"), BUSES, new BigDecimal("0.2"), told("A few.", "few", Basis.REPORTED));
        var row = milestone(record(OPENED, SHELTERS_SCHEDULED, partly, moved, less));
        assertThat(row)
                .extracting(MilestoneRow::on, MilestoneRow::share, MilestoneRow::due, MilestoneRow::narrative)
                .containsExactly(on("2026-03"), new BigDecimal("0.5"), on("2028"), "Half of them.");
        assertThat(row.evidence()).containsExactly(evidence(5, "few"), evidence(3, "half"), evidence(2, "plan"));
        assertThat(row.claimedWithoutEvidence()).isFalse();
    }

    @Test
    void the_evidence_of_projects_and_partnerships_is_that_of_all_that_is_said_of_them() {
        var prepared = new ProjectPhaseChanged(
                PLAN, on("2019"), TRANSIT, Phase.PREPARATION, told("Begun.", "phase", Basis.REPORTED));
        var active = new PartnershipStatusChanged(PLAN, on("2021"), MAKER, PartnershipStatus.ACTIVE, Details.NONE);
        var rows = rows(OPENED, PROJECT_ADDED, prepared, PROJECT_RENAMED, PARTNERSHIP_AGREED, active);
        assertThat(rows.projects().getFirst())
                .extracting(ProjectRow::statement, ProjectRow::on, ProjectRow::evidence)
                .containsExactly(4L, PROJECT_RENAMED.on(), List.of(evidence(3, "phase")));
        var partnership = rows.partnerships().getFirst();
        assertThat(partnership.statement()).isEqualTo(6);
        assertThat(partnership.on()).isEqualTo(active.on());
        assertThat(partnership.claimedWithoutEvidence()).isTrue();
        assertThat(partnership.evidence()).extracting(FactEvidence::version).containsExactly(5L);
    }

    private static MilestoneRow milestone(PlanRecord record) {
        return PlanRows.of(record).orElseThrow().milestones().getFirst();
    }

    private static Recorded recorded(long version, String role, Event fact) {
        return new Recorded(version, version, Told.at(version), new Author("x", role, "Lakeside", "c"), fact);
    }

    private static Details told(String narrative, String link, Basis basis) {
        return new Details(
                null, narrative, null, null, List.of(new Evidence("https://example.org/" + link, null)), basis);
    }

    private static FactEvidence evidence(long version, String link) {
        return new FactEvidence(version, "https://example.org/" + link, null);
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
        assertThat(PlanRows.of(record.on(LocalDate.of(2019, 5, 31)))
                        .orElseThrow()
                        .milestones())
                .isEmpty();
        assertThat(PlanRows.of(record.on(LocalDate.of(2019, 6, 1)))
                        .orElseThrow()
                        .milestones())
                .extracting(MilestoneRow::title, MilestoneRow::status)
                .containsExactly(tuple("Buses in service", MilestoneStatus.MET));
    }

    @Test
    void so_are_projects_and_partnerships() {
        var conceived = new ProjectPhaseChanged(PLAN, on("2017"), TRANSIT, Phase.CONCEPTION, Details.NONE);
        var active = new PartnershipStatusChanged(PLAN, on("2017"), MAKER, PartnershipStatus.ACTIVE, Details.NONE);
        var opened = new PlanOpened(PLAN, on("2016"), OPENED.profile(), OPENED.from(), OPENED.to(), OPENED.details());
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
