package milepost.command.plan;

import static milepost.command.Reason.FACT_BUILT_UPON;
import static milepost.command.Reason.MILESTONE_UNKNOWN;
import static milepost.command.Reason.OPENING_STAYS;
import static milepost.command.Reason.OUT_OF_BOUNDS;
import static milepost.command.Reason.RETRACTION_STAYS;
import static milepost.command.plan.Refused.refused;
import static milepost.event.Story.BUSES;
import static milepost.event.Story.BUSES_AGAIN;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_MISSED;
import static milepost.event.Story.BUSES_POSTPONED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.CLOSED;
import static milepost.event.Story.ENDORSED;
import static milepost.event.Story.FERRY_AMENDED;
import static milepost.event.Story.FERRY_SCHEDULED;
import static milepost.event.Story.LATEST;
import static milepost.event.Story.OFFICER_APPOINTED;
import static milepost.event.Story.OFFICER_RELIEVED;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARKS;
import static milepost.event.Story.PARKS_ADDED;
import static milepost.event.Story.PARTNERSHIP_AGREED;
import static milepost.event.Story.PARTNERSHIP_AMENDED;
import static milepost.event.Story.PARTNERSHIP_ENDED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PLAN_REPORTED;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.PROJECT_RENAMED;
import static milepost.event.Story.SURVEY;
import static milepost.event.Story.TRANSIT;
import static milepost.event.Story.on;
import static milepost.event.Story.story;
import static milepost.event.Story.titled;

import milepost.event.Details;
import milepost.event.FactRetracted;
import milepost.event.Health;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetractionStoriesTest {
    private final FixtureConfiguration<ActionPlanAggregate> plan = PlanFixture.create();

    private static final MilestoneAmended BUSES_MOVED =
            new MilestoneAmended(PLAN, on("2020"), BUSES, PARKS, null, Details.NONE);

    @Test
    void a_wrong_fact_is_retracted() {
        plan.given(OPENED, PROJECT_ADDED, PROJECT_RENAMED)
                .when(retract(3))
                .expectEvents(retracted(3))
                .expectResultMessagePayload(new CommandResult(4, true));
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 99, Integer.MAX_VALUE + 3L, Long.MAX_VALUE})
    void there_must_be_such_a_fact(long version) {
        plan.given(OPENED, PROJECT_ADDED, PROJECT_RENAMED)
                .when(retract(version))
                .expectNoEvents()
                .expectException(refused(OUT_OF_BOUNDS, "field=version", "has version 3"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void facts_are_counted_from_one(long version) {
        plan.given(OPENED, PROJECT_ADDED)
                .when(retract(version))
                .expectNoEvents()
                .expectException(refused(OUT_OF_BOUNDS, "field=version"));
    }

    @Test
    void the_opening_stays() {
        plan.given(OPENED, PROJECT_ADDED).when(retract(1)).expectNoEvents().expectException(refused(OPENING_STAYS));
    }

    @Test
    void a_retraction_stays() {
        plan.given(OPENED, PROJECT_ADDED, PROJECT_RENAMED, retracted(3))
                .when(retract(4))
                .expectNoEvents()
                .expectException(refused(RETRACTION_STAYS, "record the fact again"));
    }

    @Test
    void retracting_a_fact_again_records_nothing() {
        plan.given(OPENED, PROJECT_ADDED, PROJECT_RENAMED, retracted(3))
                .when(retract(3))
                .expectNoEvents()
                .expectResultMessagePayload(new CommandResult(4, false));
    }

    @Test
    void what_was_retracted_can_be_recorded_again() {
        plan.given(OPENED, PLAN_REPORTED, retracted(2))
                .when(new Command(
                        LATEST, new PlanStatusReported(PLAN, PLAN_REPORTED.on(), null, PLAN_REPORTED.details())))
                .expectEvents(PLAN_REPORTED)
                .expectResultMessagePayload(new CommandResult(4, true));
    }

    @Test
    void and_be_retracted_again() {
        plan.given(OPENED, PLAN_REPORTED, retracted(2), PLAN_REPORTED)
                .when(retract(4))
                .expectEvents(retracted(4));
    }

    @Test
    void not_while_another_fact_builds_on_it_which_is_named() {
        plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_POSTPONED, BUSES_MET)
                .when(retract(3))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 4 (MilestoneRescheduled)", "no milestone 'buses'"));
    }

    @Test
    void a_project_is_built_upon_by_milestones_and_partnerships() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, BUSES_SCHEDULED)
                .when(retract(2))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 3 (PartnershipRecorded)"));
    }

    @Test
    void a_partnership_is_built_upon_by_its_end() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, PARTNERSHIP_ENDED)
                .when(retract(3))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 4 (PartnershipStatusChanged)"));
    }

    @Test
    void a_beginning_is_built_upon_by_its_amendment() {
        plan.given(OPENED, PROJECT_ADDED, FERRY_SCHEDULED, FERRY_AMENDED)
                .when(retract(3))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 4 (MilestoneAmended)", "no milestone 'ferry'"));
        PlanFixture.create()
                .given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, PARTNERSHIP_AMENDED)
                .when(retract(3))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 4 (PartnershipAmended)"));
    }

    @Test
    void so_is_the_project_that_a_milestone_was_moved_to() {
        plan.given(OPENED, PROJECT_ADDED, PARKS_ADDED, BUSES_SCHEDULED, BUSES_MOVED)
                .when(retract(3))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 5 (MilestoneAmended)", "no project 'parks'"));
    }

    @Test
    void a_move_is_built_upon_by_the_withdrawal_of_the_project_it_left() {
        var withdrawn = new ProjectWithdrawn(PLAN, on("2021"), TRANSIT, Details.NONE);
        plan.given(OPENED, PROJECT_ADDED, PARKS_ADDED, BUSES_SCHEDULED, BUSES_MOVED, withdrawn)
                .when(retract(5))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 6 (ProjectWithdrawn)", "buses"));
    }

    @Test
    void an_amendment_is_retracted() {
        plan.given(OPENED, PROJECT_ADDED, FERRY_SCHEDULED, FERRY_AMENDED)
                .when(retract(4))
                .expectEvents(retracted(4));
    }

    @Test
    void an_appointment_is_built_upon_by_its_relief() {
        plan.given(OPENED, OFFICER_APPOINTED, OFFICER_RELIEVED)
                .when(retract(2))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 3 (OfficerRelieved)"));
    }

    @Test
    void a_reopening_is_built_upon_by_what_followed_it() {
        var reopened = new PlanStatusChanged(PLAN, on("2026-01"), PlanStatus.IN_PROGRESS, Details.NONE);
        var report = new PlanStatusReported(PLAN, on("2026-02"), Health.ON_TRACK, titled("More to come"));
        plan.given(OPENED, CLOSED, reopened, report)
                .when(retract(3))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 4 (PlanStatusReported)", "closed"));
    }

    @Test
    void what_was_built_upon_it_and_retracted_does_not_count() {
        plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_POSTPONED, retracted(4))
                .when(retract(3))
                .expectEvents(retracted(3));
    }

    @Test
    void what_only_followed_it_does_not_hold_it() {
        plan.given(OPENED, ENDORSED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_POSTPONED, BUSES_MISSED, BUSES_AGAIN)
                .when(retract(6))
                .expectEvents(retracted(6));
    }

    @Test
    void an_id_may_be_used_again_once_its_scheduling_is_retracted() {
        plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, retracted(3))
                .when(new Command(
                        LATEST,
                        new MilestoneScheduled(PLAN, on("2020"), BUSES, TRANSIT, on("2024"), 1, titled("Trams"))))
                .expectEvents(new MilestoneScheduled(PLAN, on("2020"), BUSES, TRANSIT, on("2024"), 1, titled("Trams")));
    }

    @Test
    void a_milestone_whose_scheduling_is_retracted_is_unknown() {
        plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, retracted(3))
                .when(new Command(LATEST, new MilestoneMet(PLAN, on("2022"), BUSES, Details.NONE)))
                .expectNoEvents()
                .expectException(refused(MILESTONE_UNKNOWN));
    }

    @Test
    void once_the_meeting_is_retracted_the_milestone_is_open_again() {
        plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET, retracted(4))
                .when(new Command(LATEST, new MilestoneRescheduled(PLAN, on("2023"), BUSES, on("2024"), Details.NONE)))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void a_fact_of_long_ago_recorded_late_can_be_retracted() {
        plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET, BUSES_POSTPONED)
                .when(retract(5))
                .expectEvents(retracted(5));
    }

    @Test
    void what_is_recorded_later_of_an_earlier_day_may_be_built_upon_too() {
        var early = new MilestoneScheduled(PLAN, on("2024"), SURVEY, null, null, 1, titled("Survey"));
        var met = new MilestoneMet(PLAN, on("2018"), SURVEY, Details.NONE);
        plan.given(OPENED, early, met)
                .when(retract(2))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 3 (MilestoneMet)"));
    }

    /** The rules admit none before its beginning now; earlier ones did. */
    @Test
    void nothing_is_left_without_a_beginning_whatever_was_recorded_of_it() {
        var early = new MilestoneRescheduled(PLAN, on("2018-02"), BUSES, on("2029"), Details.NONE);
        plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, early)
                .when(retract(3))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 4 (MilestoneRescheduled)"));
        PlanFixture.create()
                .given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, early)
                .when(retract(4))
                .expectEvents(retracted(4));
        PlanFixture.create()
                .given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, early)
                .when(retract(2))
                .expectNoEvents()
                .expectException(refused(FACT_BUILT_UPON, "Version 3 (MilestoneScheduled)"));
    }

    @Test
    void a_beginning_is_recorded_for_its_true_day() {
        var earlier =
                new MilestoneScheduled(PLAN, on("2018"), SURVEY, null, on("2029"), 1, titled("Residents are asked"));
        plan.given(
                        OPENED,
                        new MilestoneScheduled(PLAN, on("2020"), SURVEY, null, on("2021"), 1, titled("Survey")),
                        retracted(2),
                        earlier)
                .when(new Command(LATEST, new MilestoneMet(PLAN, on("2019"), SURVEY, Details.NONE)))
                .expectEvents(new MilestoneMet(PLAN, on("2019"), SURVEY, Details.NONE));
    }

    @Test
    void a_fact_of_a_closed_plan_can_be_retracted_and_so_can_its_closing() {
        plan.given(OPENED, PLAN_REPORTED, CLOSED).when(retract(2)).expectEvents(retracted(2));
        PlanFixture.create()
                .given(OPENED, PLAN_REPORTED, CLOSED)
                .when(retract(3))
                .expectEvents(retracted(3));
    }

    @Test
    void versions_count_every_fact_retractions_too() {
        plan.given(story())
                .when(retract(25))
                .expectEvents(retracted(25))
                .expectResultMessagePayload(new CommandResult(29, true));
    }

    private static Command retract(long version) {
        return new Command(LATEST, new FactRetracted(PLAN, version, "a mistake"));
    }

    private static FactRetracted retracted(long version) {
        return new FactRetracted(PLAN, version, "a mistake");
    }
}
