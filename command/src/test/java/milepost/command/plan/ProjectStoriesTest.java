package milepost.command.plan;

import static milepost.command.Reason.ALREADY_RECORDED;
import static milepost.command.Reason.FACT_BEFORE_BEGINNING;
import static milepost.command.Reason.OUT_OF_BOUNDS;
import static milepost.command.Reason.PROJECT_EXISTS;
import static milepost.command.Reason.PROJECT_HAS_OPEN_MILESTONES;
import static milepost.command.Reason.PROJECT_UNKNOWN;
import static milepost.command.Reason.PROJECT_WITHDRAWN;
import static milepost.command.plan.Refused.refused;
import static milepost.event.Story.BUSES_AGAIN;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_MISSED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.FERRY_SCHEDULED;
import static milepost.event.Story.FERRY_WITHDRAWN;
import static milepost.event.Story.LATEST;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARKS_ADDED;
import static milepost.event.Story.PARKS_WITHDRAWN;
import static milepost.event.Story.PARTNERSHIP_AGREED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.PROJECT_PREPARED;
import static milepost.event.Story.PROJECT_RENAMED;
import static milepost.event.Story.PROJECT_REPORTED;
import static milepost.event.Story.TICKETS_PARTLY_MET;
import static milepost.event.Story.TICKETS_SCHEDULED;
import static milepost.event.Story.TODAY;
import static milepost.event.Story.TRANSIT;
import static milepost.event.Story.because;
import static milepost.event.Story.on;
import static milepost.event.Story.titled;

import java.util.List;
import java.util.stream.Stream;
import milepost.event.Details;
import milepost.event.Health;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipStatus;
import milepost.event.Phase;
import milepost.event.ProjectEvent;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectStoriesTest {
    private static final ProjectWithdrawn WITHDRAWN =
            new ProjectWithdrawn(PLAN, on("2023-05"), TRANSIT, because("no bidder"));
    private static final MilestonePartiallyMet TICKETS_PARTLY_MET_BEFORE = new MilestonePartiallyMet(
            PLAN, on("2022"), TICKETS_SCHEDULED.milestone(), TICKETS_PARTLY_MET.share(), Details.NONE);

    private final FixtureConfiguration<ActionPlanAggregate> plan = PlanFixture.create();

    @Nested
    class Adding {
        @Test
        void a_project_is_added() {
            plan.given(OPENED)
                    .when(add("Buses"))
                    .expectEvents(PROJECT_ADDED)
                    .expectResultMessagePayload(new CommandResult(2, true));
        }

        @Test
        void adding_it_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, PARKS_ADDED)
                    .when(add("Buses"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, false));
        }

        @Test
        void a_plan_has_one_project_of_an_id() {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(add("Trams"))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_EXISTS, "transit"));
        }

        @Test
        void also_of_a_day_before_there_was_one() {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(new Command(
                            LATEST,
                            new ProjectAdded(PLAN, on("2015"), TRANSIT, PROJECT_ADDED.focusAreas(), titled("Buses"))))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_EXISTS));
        }

        @Test
        void also_once_it_is_withdrawn() {
            plan.given(OPENED, PROJECT_ADDED, WITHDRAWN)
                    .when(new Command(
                            LATEST,
                            new ProjectAdded(PLAN, on("2024"), TRANSIT, PROJECT_ADDED.focusAreas(), titled("Buses"))))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_EXISTS));
        }
    }

    @Nested
    class Changing {
        @Test
        void a_project_is_renamed() {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(rename("2019-02", "Electric buses"))
                    .expectEvents(PROJECT_RENAMED);
        }

        @Test
        void renaming_it_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, PROJECT_RENAMED)
                    .when(rename("2019-02", "Electric buses"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, false));
        }

        @Test
        void giving_it_the_name_it_has_is_refused() {
            plan.given(OPENED, PROJECT_ADDED, PROJECT_RENAMED)
                    .when(rename("2021", "Electric buses"))
                    .expectNoEvents()
                    .expectException(refused(ALREADY_RECORDED));
        }

        @Test
        void it_may_have_had_another_name_in_between() {
            plan.given(OPENED, PROJECT_ADDED, PROJECT_RENAMED)
                    .when(rename("2019-01", "Clean buses"))
                    .expectEvents(new ProjectRenamed(PLAN, on("2019-01"), TRANSIT, titled("Clean buses")));
        }

        @Test
        void its_phase_changes() {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(phase("2019-03-01", Phase.PREPARATION, Details.NONE))
                    .expectEvents(PROJECT_PREPARED);
        }

        @Test
        void its_phase_may_go_back() {
            plan.given(OPENED, PROJECT_ADDED, PROJECT_PREPARED)
                    .when(phase("2020", Phase.CONCEPTION, because("new tender")))
                    .expectEvents(new ProjectPhaseChanged(
                            PLAN, on("2020"), TRANSIT, Phase.CONCEPTION, because("new tender")));
        }

        @Test
        void saying_today_only_that_it_is_in_its_phase_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, PROJECT_PREPARED)
                    .when(phase(TODAY.toString(), Phase.PREPARATION, Details.NONE))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, false));
        }

        @Test
        void saying_its_phase_again_with_other_details_is_refused() {
            plan.given(OPENED, PROJECT_ADDED, PROJECT_PREPARED)
                    .when(phase("2019-03-01", Phase.PREPARATION, because("land was bought")))
                    .expectNoEvents()
                    .expectException(refused(ALREADY_RECORDED, "2019-03-01"));
        }

        @Test
        void its_status_is_reported() {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(new Command(
                            LATEST,
                            new ProjectStatusReported(
                                    PLAN, on("2020-06"), TRANSIT, Health.DELAYED, PROJECT_REPORTED.details())))
                    .expectEvents(PROJECT_REPORTED);
        }

        @Test
        void its_status_may_be_only_told() {
            plan.given(OPENED, PROJECT_ADDED, PROJECT_REPORTED)
                    .when(new Command(
                            LATEST,
                            new ProjectStatusReported(PLAN, on("2020-06"), TRANSIT, null, PROJECT_REPORTED.details())))
                    .expectEvents(
                            new ProjectStatusReported(PLAN, on("2020-06"), TRANSIT, null, PROJECT_REPORTED.details()));
        }

        @Test
        void the_same_report_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, PROJECT_REPORTED)
                    .when(new Command(
                            LATEST,
                            new ProjectStatusReported(
                                    PLAN, on("2020-06"), TRANSIT, Health.DELAYED, PROJECT_REPORTED.details())))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, false));
        }

        static Stream<Command> requests() {
            return forTheProject("2022");
        }

        @ParameterizedTest
        @MethodSource("requests")
        void there_must_be_such_a_project(Command request) {
            plan.given(OPENED, PARKS_ADDED)
                    .when(request)
                    .expectNoEvents()
                    .expectException(refused(PROJECT_UNKNOWN, "transit"));
        }
    }

    @Nested
    class Before_it_was_added {
        static Stream<ProjectEvent> early() {
            return Stream.of(
                    new ProjectRenamed(PLAN, on("2017"), TRANSIT, titled("Trams")),
                    new ProjectPhaseChanged(PLAN, on("2017-12-31"), TRANSIT, Phase.PREPARATION, Details.NONE),
                    new ProjectStatusReported(PLAN, on("2017-12"), TRANSIT, Health.DELAYED, Details.NONE),
                    new ProjectWithdrawn(PLAN, on("2015"), TRANSIT, because("no bidder")));
        }

        @ParameterizedTest
        @MethodSource("early")
        void nothing_can_have_happened_to_it(ProjectEvent fact) {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(new Command(LATEST, fact))
                    .expectNoEvents()
                    .expectException(refused(FACT_BEFORE_BEGINNING, "begins on 2018", "retract version 2"));
        }

        @Test
        void what_may_have_come_after_is_taken() {
            var prepared = new ProjectPhaseChanged(PLAN, on("2018-01-01"), TRANSIT, Phase.PREPARATION, Details.NONE);
            plan.given(OPENED, PROJECT_ADDED)
                    .when(new Command(LATEST, prepared))
                    .expectEvents(prepared);
        }
    }

    @Nested
    class Withdrawing {
        @Test
        void a_project_is_withdrawn() {
            plan.given(OPENED, PROJECT_ADDED).when(withdraw()).expectEvents(WITHDRAWN);
        }

        @Test
        void withdrawing_it_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, WITHDRAWN)
                    .when(withdraw())
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, false));
        }

        @Test
        void not_while_milestones_are_open_which_are_named() {
            plan.given(
                            OPENED,
                            PROJECT_ADDED,
                            TICKETS_SCHEDULED,
                            TICKETS_PARTLY_MET_BEFORE,
                            BUSES_SCHEDULED,
                            FERRY_SCHEDULED,
                            FERRY_WITHDRAWN)
                    .when(withdraw())
                    .expectNoEvents()
                    .expectException(refused(PROJECT_HAS_OPEN_MILESTONES, "first: buses, tickets."));
        }

        @Test
        void not_while_one_is_scheduled_again_after_a_miss() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MISSED, BUSES_AGAIN)
                    .when(withdraw())
                    .expectNoEvents()
                    .expectException(refused(PROJECT_HAS_OPEN_MILESTONES, "buses"));
        }

        @Test
        void but_once_they_are_met_missed_or_withdrawn() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET, FERRY_SCHEDULED, FERRY_WITHDRAWN)
                    .when(withdraw())
                    .expectEvents(WITHDRAWN);
        }

        @Test
        void milestones_of_other_projects_do_not_hinder_it() {
            plan.given(OPENED, PROJECT_ADDED, PARKS_ADDED, BUSES_SCHEDULED)
                    .when(new Command(
                            LATEST,
                            new ProjectWithdrawn(PLAN, on("2020-01-15"), PARKS_ADDED.project(), because("no budget"))))
                    .expectEvents(PARKS_WITHDRAWN);
        }

        @Test
        void not_without_a_reason() {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(new Command(LATEST, new ProjectWithdrawn(PLAN, on("2023-05"), TRANSIT, Details.NONE)))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=reason", "why"));
        }

        @Test
        void not_before_a_milestone_of_it_began_which_would_be_left_without_a_project() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET)
                    .when(new Command(LATEST, new ProjectWithdrawn(PLAN, on("2018-01"), TRANSIT, because("no bidder"))))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_HAS_OPEN_MILESTONES, "buses"));
        }

        @Test
        void a_milestone_that_is_moved_hinders_the_projects_that_it_is_in_on_the_day_or_later() {
            var moved = new MilestoneAmended(
                    PLAN, on("2021"), BUSES_SCHEDULED.milestone(), PARKS_ADDED.project(), null, Details.NONE);
            PlanFixture.create()
                    .given(OPENED, PROJECT_ADDED, PARKS_ADDED, BUSES_SCHEDULED, moved)
                    .when(withdraw())
                    .expectEvents(WITHDRAWN);
            PlanFixture.create()
                    .given(OPENED, PROJECT_ADDED, PARKS_ADDED, BUSES_SCHEDULED, moved)
                    .when(new Command(LATEST, new ProjectWithdrawn(PLAN, on("2020"), TRANSIT, because("no bidder"))))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_HAS_OPEN_MILESTONES, "buses"));
            PlanFixture.create()
                    .given(OPENED, PROJECT_ADDED, PARKS_ADDED, BUSES_SCHEDULED, moved)
                    .when(new Command(
                            LATEST,
                            new ProjectWithdrawn(PLAN, on("2020-01-15"), PARKS_ADDED.project(), because("no budget"))))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_HAS_OPEN_MILESTONES, "buses"));
        }

        @Test
        void whether_they_are_open_is_judged_on_the_day_of_withdrawal() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET)
                    .when(new Command(LATEST, new ProjectWithdrawn(PLAN, on("2022-10"), TRANSIT, because("no bidder"))))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_HAS_OPEN_MILESTONES, "buses"));
        }

        static Stream<Command> later() {
            return forTheProject("2023-05-31");
        }

        @ParameterizedTest
        @MethodSource("later")
        void then_it_takes_no_more(Command request) {
            plan.given(OPENED, PROJECT_ADDED, WITHDRAWN)
                    .when(request)
                    .expectNoEvents()
                    .expectException(refused(PROJECT_WITHDRAWN, "transit", "2023-05"));
        }

        @Test
        void nor_do_its_milestones() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MISSED, WITHDRAWN)
                    .when(new Command(
                            LATEST,
                            new MilestoneRescheduled(
                                    PLAN, on("2024"), BUSES_SCHEDULED.milestone(), on("2025"), Details.NONE)))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_WITHDRAWN));
        }

        @Test
        void only_a_withdrawal_of_today_without_a_word_says_what_is_so() {
            plan.given(OPENED, PROJECT_ADDED, WITHDRAWN)
                    .when(new Command(LATEST, new ProjectWithdrawn(PLAN, on(TODAY.toString()), TRANSIT, Details.NONE)))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, false));
        }

        @Test
        void what_happened_to_it_before_can_still_be_recorded() {
            plan.given(OPENED, PROJECT_ADDED, WITHDRAWN)
                    .when(rename("2019-02", "Electric buses"))
                    .expectEvents(PROJECT_RENAMED);
        }

        @Test
        void its_partnerships_may_still_come_to_an_end() {
            plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, WITHDRAWN)
                    .when(new Command(
                            LATEST,
                            new PartnershipStatusChanged(
                                    PLAN,
                                    on("2023-06"),
                                    PARTNERSHIP_AGREED.partnership(),
                                    PartnershipStatus.ENDED,
                                    Details.NONE)))
                    .expectSuccessfulHandlerExecution();
        }

        private static Command withdraw() {
            return new Command(LATEST, new ProjectWithdrawn(PLAN, on("2023-05"), TRANSIT, because("no bidder")));
        }
    }

    private static Command add(String title) {
        return new Command(
                LATEST, new ProjectAdded(PLAN, on("2018"), TRANSIT, PROJECT_ADDED.focusAreas(), titled(title)));
    }

    private static Command rename(String day, String title) {
        return new Command(LATEST, new ProjectRenamed(PLAN, on(day), TRANSIT, titled(title)));
    }

    private static Command phase(String day, Phase phase, Details details) {
        return new Command(LATEST, new ProjectPhaseChanged(PLAN, on(day), TRANSIT, phase, details));
    }

    /** Everything that may be asked of a project, or for one. */
    private static Stream<Command> forTheProject(String day) {
        var withProject = List.of(
                ProjectRenamed.class,
                ProjectPhaseChanged.class,
                ProjectStatusReported.class,
                ProjectWithdrawn.class,
                MilestoneScheduled.class,
                MilestoneLogged.class,
                PartnershipRecorded.class);
        return Requests.of(on(day))
                .filter(request -> withProject.contains(request.fact().getClass()));
    }
}
