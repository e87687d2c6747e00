package milepost.command.plan;

import static milepost.command.Reason.ALREADY_RECORDED;
import static milepost.command.Reason.FACT_BEFORE_BEGINNING;
import static milepost.command.Reason.MILESTONE_EXISTS;
import static milepost.command.Reason.MILESTONE_MET;
import static milepost.command.Reason.MILESTONE_UNKNOWN;
import static milepost.command.Reason.MILESTONE_WITHDRAWN;
import static milepost.command.Reason.OUT_OF_BOUNDS;
import static milepost.command.Reason.PLAN_CLOSED;
import static milepost.command.Reason.PROJECT_UNKNOWN;
import static milepost.command.Reason.PROJECT_WITHDRAWN;
import static milepost.command.plan.Refused.refused;
import static milepost.event.Story.BUSES;
import static milepost.event.Story.BUSES_ADRIFT;
import static milepost.event.Story.BUSES_AGAIN;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_MISSED;
import static milepost.event.Story.BUSES_POSTPONED;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.CLOSED;
import static milepost.event.Story.FERRY;
import static milepost.event.Story.FERRY_SCHEDULED;
import static milepost.event.Story.FERRY_WITHDRAWN;
import static milepost.event.Story.LATEST;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARKS;
import static milepost.event.Story.PARKS_ADDED;
import static milepost.event.Story.PARKS_WITHDRAWN;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.SURVEY;
import static milepost.event.Story.SURVEY_LOGGED;
import static milepost.event.Story.TICKETS;
import static milepost.event.Story.TICKETS_PARTLY_MET;
import static milepost.event.Story.TICKETS_SCHEDULED;
import static milepost.event.Story.TODAY;
import static milepost.event.Story.TRANSIT;
import static milepost.event.Story.because;
import static milepost.event.Story.on;
import static milepost.event.Story.titled;

import java.math.BigDecimal;
import java.util.stream.Stream;
import milepost.event.Details;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.MilestoneEvent.Turn;
import milepost.event.PartialDate;
import milepost.event.ProjectId;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MilestoneStoriesTest {
    private final FixtureConfiguration<ActionPlanAggregate> plan = PlanFixture.create();

    @Nested
    class Beginning {
        @Test
        void a_milestone_is_scheduled() {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(schedule(BUSES_SCHEDULED))
                    .expectEvents(BUSES_SCHEDULED)
                    .expectResultMessagePayload(new CommandResult(3, true));
        }

        @Test
        void it_may_have_no_date_yet() {
            plan.given(OPENED, PROJECT_ADDED).when(schedule(FERRY_SCHEDULED)).expectEvents(FERRY_SCHEDULED);
        }

        @Test
        void it_may_be_the_plans_own() {
            var council =
                    new MilestoneScheduled(PLAN, on("2018"), SURVEY, null, on("2018-12"), 1, titled("Council has met"));
            plan.given(OPENED).when(schedule(council)).expectEvents(council);
        }

        @Test
        void it_may_be_due_in_the_future() {
            var later = new MilestoneScheduled(
                    PLAN, on(TODAY.toString()), SURVEY, null, on("2040"), 1, titled("Second survey"));
            plan.given(OPENED).when(schedule(later)).expectEvents(later);
        }

        @Test
        void it_may_be_scheduled_on_a_day_before_its_project_was_added() {
            var early = new MilestoneScheduled(
                    PLAN, on("2015"), BUSES, TRANSIT, on("2020"), 1, titled("Electric buses in service"));
            plan.given(OPENED, PROJECT_ADDED).when(schedule(early)).expectEvents(early);
        }

        @Test
        void scheduling_it_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_POSTPONED)
                    .when(schedule(BUSES_SCHEDULED))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(4, false));
        }

        @Test
        void it_may_be_logged_as_met_without_ever_having_been_scheduled() {
            plan.given(OPENED)
                    .when(new Command(
                            LATEST, new MilestoneLogged(PLAN, on("2018-11"), SURVEY, null, 1, SURVEY_LOGGED.details())))
                    .expectEvents(SURVEY_LOGGED)
                    .expectResultMessagePayload(new CommandResult(2, true));
        }

        @Test
        void logging_it_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, SURVEY_LOGGED)
                    .when(new Command(
                            LATEST, new MilestoneLogged(PLAN, on("2018-11"), SURVEY, null, 1, SURVEY_LOGGED.details())))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(2, false));
        }

        @Test
        void what_was_logged_is_met() {
            plan.given(OPENED, SURVEY_LOGGED)
                    .when(new Command(
                            LATEST,
                            new MilestoneRescheduled(PLAN, on("2019"), SURVEY, on("2020"), because("once more"))))
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_MET, "2018-11"));
        }

        static Stream<Command> withATakenId() {
            return Stream.of(
                    new Command(
                            LATEST,
                            new MilestoneScheduled(
                                    PLAN, on("2019"), BUSES, TRANSIT, on("2021"), 2, titled("Trams in service"))),
                    new Command(
                            LATEST,
                            new MilestoneScheduled(PLAN, on("2015"), BUSES, null, null, 1, titled("Trams in service"))),
                    new Command(
                            LATEST,
                            new MilestoneLogged(PLAN, on("2020"), BUSES, TRANSIT, 1, titled("Trams in service"))),
                    new Command(
                            LATEST,
                            new MilestoneLogged(
                                    PLAN, on(TODAY.toString()), BUSES, null, 1, titled("Trams in service"))));
        }

        @ParameterizedTest
        @MethodSource("withATakenId")
        void a_plan_has_one_milestone_of_an_id(Command request) {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(request)
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_EXISTS, "buses"));
        }

        static Stream<Command> laterRequests() {
            return laterOn("2022");
        }

        @ParameterizedTest
        @MethodSource("laterRequests")
        void nothing_happens_to_a_milestone_nobody_knows(Command request) {
            plan.given(OPENED, PROJECT_ADDED, FERRY_SCHEDULED)
                    .when(request)
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_UNKNOWN, "buses"));
        }
    }

    @Nested
    class Rescheduling {
        @Test
        void a_milestone_is_postponed() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(reschedule(BUSES_POSTPONED))
                    .expectEvents(BUSES_POSTPONED)
                    .expectResultMessagePayload(new CommandResult(4, true));
        }

        @Test
        void it_may_be_postponed_with_no_date() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(reschedule(BUSES_ADRIFT))
                    .expectEvents(BUSES_ADRIFT);
        }

        @Test
        void a_missed_milestone_can_be_rescheduled_and_met_after_all() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_POSTPONED, BUSES_MISSED)
                    .when(reschedule(BUSES_AGAIN))
                    .expectEvents(BUSES_AGAIN);
        }

        @Test
        void a_missed_milestone_may_keep_its_date() {
            var same = new MilestoneRescheduled(PLAN, on("2021-09"), BUSES, on("2020"), because("it still counts"));
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MISSED)
                    .when(reschedule(same))
                    .expectEvents(same);
        }

        @Test
        void rescheduling_it_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_POSTPONED, BUSES_AGAIN)
                    .when(reschedule(BUSES_AGAIN))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(5, false));
        }

        @Test
        void saying_today_only_when_it_is_due_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_AGAIN)
                    .when(new Command(
                            LATEST,
                            new MilestoneRescheduled(
                                    PLAN, on(TODAY.toString()), BUSES, BUSES_AGAIN.due(), Details.NONE)))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(4, false));
        }

        @Test
        void also_when_it_was_never_rescheduled_before() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(new Command(
                            LATEST,
                            new MilestoneRescheduled(
                                    PLAN, on(TODAY.toString()), BUSES, BUSES_SCHEDULED.due(), Details.NONE)))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, false));
        }

        @Test
        void saying_its_date_again_with_other_details_is_refused() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_POSTPONED)
                    .when(new Command(
                            LATEST,
                            new MilestoneRescheduled(PLAN, on("2020-05"), BUSES, on("2021-06"), because("no bidder"))))
                    .expectNoEvents()
                    .expectException(refused(ALREADY_RECORDED, "2020-05"));
        }

        @Test
        void a_slip_can_still_be_recorded_after_the_milestone_was_met() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET)
                    .when(reschedule(BUSES_POSTPONED))
                    .expectEvents(BUSES_POSTPONED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"2022-11-30", "2022-11", "2022", "2023"})
        void but_not_of_a_date_by_whose_last_day_it_was_met(String day) {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET)
                    .when(new Command(
                            LATEST, new MilestoneRescheduled(PLAN, on(day), BUSES, on("2024"), because("no bidder"))))
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_MET, "2022-11-30"));
        }

        @Test
        void a_year_in_which_it_was_met_counts_from_its_first_day() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, met("2022"))
                    .when(new Command(
                            LATEST,
                            new MilestoneRescheduled(PLAN, on("2022-01-01"), BUSES, on("2024"), because("no bidder"))))
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_MET));
        }
    }

    @Nested
    class Before_its_beginning {
        private static final MilestoneScheduled SCHEDULED = new MilestoneScheduled(
                PLAN, on("2026-11-18"), SURVEY, null, on("2027-02"), 1, titled("Residents are asked"));

        static Stream<Turn> turns() {
            return Stream.of(
                    new MilestoneRescheduled(PLAN, on("2026-11-17"), SURVEY, on("2029"), because("no money")),
                    new MilestoneRescheduled(PLAN, on("2026-10"), SURVEY, null, because("no money")),
                    new MilestoneMet(PLAN, on("2025"), SURVEY, Details.NONE),
                    new MilestonePartiallyMet(PLAN, on("2026-11-17"), SURVEY, new BigDecimal("0.5"), Details.NONE),
                    new MilestoneNotMet(PLAN, on("2026-10"), SURVEY, Details.NONE),
                    new MilestoneWithdrawn(PLAN, on("2026-11-17"), SURVEY, because("no money")));
        }

        @ParameterizedTest
        @MethodSource("turns")
        void nothing_can_have_happened_to_it(Turn turn) {
            plan.given(OPENED, SCHEDULED)
                    .when(new Command(LATEST, turn))
                    .expectNoEvents()
                    .expectException(
                            refused(FACT_BEFORE_BEGINNING, "begins on 2026-11-18", "retract version 2", "later day"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"2026-11-18", "2026-11", "2026"})
        void what_may_have_come_after_is_taken(String day) {
            var moved = new MilestoneRescheduled(PLAN, on(day), SURVEY, on("2029"), because("no money"));
            plan.given(OPENED, SCHEDULED).when(new Command(LATEST, moved)).expectEvents(moved);
        }

        @Test
        void so_is_what_is_earlier_than_a_later_fact() {
            var moved = new MilestoneRescheduled(PLAN, on("2026-11-18"), SURVEY, on("2028"), because("no money"));
            plan.given(
                            OPENED,
                            SCHEDULED,
                            new MilestoneRescheduled(PLAN, on("2026-11-19"), SURVEY, on("2029"), because("no people")))
                    .when(new Command(LATEST, moved))
                    .expectEvents(moved);
        }

        @Test
        void what_was_logged_began_when_it_was_met() {
            plan.given(OPENED, SURVEY_LOGGED)
                    .when(new Command(LATEST, new MilestoneNotMet(PLAN, on("2018-10"), SURVEY, Details.NONE)))
                    .expectNoEvents()
                    .expectException(refused(FACT_BEFORE_BEGINNING, "begins on 2018-11"));
        }
    }

    @Nested
    class Outcomes {
        @Test
        void a_milestone_is_met() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(new Command(LATEST, new MilestoneMet(PLAN, BUSES_MET.on(), BUSES, BUSES_MET.details())))
                    .expectEvents(BUSES_MET)
                    .expectResultMessagePayload(new CommandResult(4, true));
        }

        @Test
        void also_after_a_miss_that_was_never_rescheduled() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MISSED)
                    .when(new Command(LATEST, new MilestoneMet(PLAN, BUSES_MET.on(), BUSES, BUSES_MET.details())))
                    .expectEvents(BUSES_MET);
        }

        @Test
        void meeting_it_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET)
                    .when(new Command(LATEST, new MilestoneMet(PLAN, BUSES_MET.on(), BUSES, BUSES_MET.details())))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(4, false));
        }

        @Test
        void saying_today_only_that_it_is_met_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET)
                    .when(new Command(LATEST, new MilestoneMet(PLAN, on(TODAY.toString()), BUSES, Details.NONE)))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(4, false));
        }

        @Test
        void meeting_it_again_with_other_details_is_refused() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET)
                    .when(new Command(
                            LATEST, new MilestoneMet(PLAN, BUSES_MET.on(), BUSES, titled("Second day of service"))))
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_MET, "retract"));
        }

        @Test
        void that_it_was_met_earlier_is_news() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET)
                    .when(new Command(LATEST, new MilestoneMet(PLAN, on("2022-06"), BUSES, Details.NONE)))
                    .expectEvents(met("2022-06"));
        }

        static Stream<Command> otherwise() {
            return laterOn("2022-12").filter(request -> !(request.fact() instanceof MilestoneMet));
        }

        @ParameterizedTest
        @MethodSource("otherwise")
        void what_is_met_takes_no_more(Command request) {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET)
                    .when(request)
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_MET, "buses", "2022-11-30"));
        }

        @Test
        void a_milestone_is_partly_met() {
            plan.given(OPENED, PROJECT_ADDED, TICKETS_SCHEDULED)
                    .when(partlyMeet("2023-06-30", "0.5"))
                    .expectEvents(TICKETS_PARTLY_MET);
        }

        @Test
        void it_may_get_further() {
            plan.given(OPENED, PROJECT_ADDED, TICKETS_SCHEDULED, TICKETS_PARTLY_MET)
                    .when(partlyMeet("2024", "0.75"))
                    .expectEvents(
                            new MilestonePartiallyMet(PLAN, on("2024"), TICKETS, new BigDecimal("0.75"), Details.NONE));
        }

        @Test
        void and_be_met_in_the_end() {
            plan.given(OPENED, PROJECT_ADDED, TICKETS_SCHEDULED, TICKETS_PARTLY_MET)
                    .when(new Command(LATEST, new MilestoneMet(PLAN, on("2024"), TICKETS, Details.NONE)))
                    .expectEvents(new MilestoneMet(PLAN, on("2024"), TICKETS, Details.NONE));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0.5", "0.50"})
        void saying_today_only_how_far_it_is_records_nothing(String share) {
            plan.given(OPENED, PROJECT_ADDED, TICKETS_SCHEDULED, TICKETS_PARTLY_MET)
                    .when(partlyMeet(TODAY.toString(), share))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(4, false));
        }

        @Test
        void saying_how_far_it_is_with_other_details_is_refused() {
            plan.given(OPENED, PROJECT_ADDED, TICKETS_SCHEDULED, TICKETS_PARTLY_MET)
                    .when(new Command(
                            LATEST,
                            new MilestonePartiallyMet(
                                    PLAN, on("2023-06-30"), TICKETS, new BigDecimal("0.5"), titled("On two lines"))))
                    .expectNoEvents()
                    .expectException(refused(ALREADY_RECORDED));
        }

        @Test
        void it_stays_partly_met_when_rescheduled_so_saying_it_again_is_no_news() {
            plan.given(
                            OPENED,
                            PROJECT_ADDED,
                            TICKETS_SCHEDULED,
                            TICKETS_PARTLY_MET,
                            new MilestoneRescheduled(PLAN, on("2023-07"), TICKETS, on("2024"), Details.NONE))
                    .when(partlyMeet(TODAY.toString(), "0.5"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(5, false));
        }

        @Test
        void a_milestone_is_missed() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(miss("2021-06"))
                    .expectEvents(BUSES_MISSED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"2026", "2026-11", "2026-11-21", "2027"})
        void nobody_has_missed_a_date_that_is_not_over(String day) {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(miss(day))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=on", "2026-11-20"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"2025", "2026-10", "2026-11-20"})
        void a_date_is_over_on_its_last_day(String day) {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(miss(day))
                    .expectEvents(new MilestoneNotMet(PLAN, on(day), BUSES, Details.NONE));
        }

        @Test
        void missing_it_twice_is_refused() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MISSED)
                    .when(miss("2022"))
                    .expectNoEvents()
                    .expectException(refused(ALREADY_RECORDED));
        }

        @Test
        void it_may_be_missed_again_once_it_was_rescheduled() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MISSED, BUSES_AGAIN)
                    .when(miss("2022"))
                    .expectEvents(new MilestoneNotMet(PLAN, on("2022"), BUSES, Details.NONE));
        }

        @Test
        void the_miss_of_a_year_is_not_yet_one_within_it() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, missed("2020"))
                    .when(miss("2020-06"))
                    .expectEvents(new MilestoneNotMet(PLAN, on("2020-06"), BUSES, Details.NONE));
        }
    }

    @Nested
    class Withdrawing {
        private static final MilestoneWithdrawn WITHDRAWN =
                new MilestoneWithdrawn(PLAN, on("2021-03"), BUSES, because("no bidder"));

        @Test
        void a_milestone_is_withdrawn() {
            plan.given(OPENED, PROJECT_ADDED, FERRY_SCHEDULED)
                    .when(new Command(LATEST, new MilestoneWithdrawn(PLAN, on("2021"), FERRY, because("no landing"))))
                    .expectEvents(FERRY_WITHDRAWN);
        }

        @Test
        void also_when_it_was_partly_met() {
            plan.given(OPENED, PROJECT_ADDED, TICKETS_SCHEDULED, TICKETS_PARTLY_MET)
                    .when(new Command(LATEST, new MilestoneWithdrawn(PLAN, on("2024"), TICKETS, because("too dear"))))
                    .expectEvents(new MilestoneWithdrawn(PLAN, on("2024"), TICKETS, because("too dear")));
        }

        @Test
        void also_when_it_was_missed() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, missed("2020"))
                    .when(new Command(LATEST, new MilestoneWithdrawn(PLAN, on("2021-03"), BUSES, because("no bidder"))))
                    .expectEvents(WITHDRAWN);
        }

        @Test
        void withdrawing_it_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, FERRY_SCHEDULED, FERRY_WITHDRAWN)
                    .when(new Command(LATEST, new MilestoneWithdrawn(PLAN, on("2021"), FERRY, because("no landing"))))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(4, false));
        }

        static Stream<Command> laterRequests() {
            return laterOn("2021-03");
        }

        @ParameterizedTest
        @MethodSource("laterRequests")
        void then_it_takes_no_more(Command request) {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, WITHDRAWN)
                    .when(request)
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_WITHDRAWN, "buses", "2021-03"));
        }

        static Stream<Command> earlierRequests() {
            return laterOn("2021-02");
        }

        @ParameterizedTest
        @MethodSource("earlierRequests")
        void what_happened_to_it_before_can_still_be_recorded(Command request) {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, WITHDRAWN)
                    .when(request)
                    .expectEvents(request.fact());
        }

        @Test
        void not_without_a_reason() {
            plan.given(OPENED, PROJECT_ADDED, FERRY_SCHEDULED)
                    .when(new Command(LATEST, new MilestoneWithdrawn(PLAN, on("2021"), FERRY, titled("Gone"))))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=reason", "why"));
        }

        @Test
        void its_id_is_not_free_again() {
            plan.given(OPENED, PROJECT_ADDED, FERRY_SCHEDULED, FERRY_WITHDRAWN)
                    .when(new Command(
                            LATEST,
                            new MilestoneScheduled(
                                    PLAN, on("2022"), FERRY, TRANSIT, null, 1, titled("Ferry after all"))))
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_EXISTS));
        }
    }

    @Nested
    class Amending {
        @Test
        void without_a_day_it_is_told_better_from_its_beginning() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(amend(null, null, null, titled("Buses in service")))
                    .expectEvents(amended("2019", null, null, titled("Buses in service")))
                    .expectResultMessagePayload(new CommandResult(4, true));
            PlanFixture.create()
                    .given(OPENED, SURVEY_LOGGED)
                    .when(new Command(
                            LATEST,
                            new MilestoneAmended(
                                    PLAN, PartialDate.of(TODAY), SURVEY, null, null, titled("Residents were heard")),
                            true))
                    .expectEvents(new MilestoneAmended(
                            PLAN, on("2018-11"), SURVEY, null, null, titled("Residents were heard")));
        }

        @Test
        void with_one_from_that_day() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(amend("2020-03", null, null, titled("Buses in service")))
                    .expectEvents(amended("2020-03", null, null, titled("Buses in service")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"2015", "2018-12-31"})
        void but_not_from_before_its_beginning(String day) {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(amend(day, null, null, titled("Buses in service")))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=on", "leave it out"));
        }

        @Test
        void nor_from_a_year_that_may_be_before() {
            plan.given(OPENED, PROJECT_ADDED, TICKETS_SCHEDULED)
                    .when(new Command(
                            LATEST, new MilestoneAmended(PLAN, on("2019"), TICKETS, null, null, titled("One ticket"))))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=on"));
        }

        @Test
        void it_moves_to_another_project() {
            plan.given(OPENED, PROJECT_ADDED, PARKS_ADDED, BUSES_SCHEDULED)
                    .when(amend("2019-06", PARKS, null, Details.NONE))
                    .expectEvents(amended("2019-06", PARKS, null, Details.NONE));
        }

        @Test
        void which_there_must_be() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(amend(null, PARKS, null, Details.NONE))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_UNKNOWN, "parks"));
        }

        @Test
        void and_which_must_not_be_withdrawn_then() {
            plan.given(OPENED, PROJECT_ADDED, PARKS_ADDED, PARKS_WITHDRAWN, BUSES_SCHEDULED)
                    .when(amend("2020-02", PARKS, null, Details.NONE))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_WITHDRAWN, "parks", "2020-01-15"));
        }

        @Test
        void nor_its_own_project() {
            var parks = new MilestoneScheduled(PLAN, on("2019"), SURVEY, PARKS, null, 1, titled("Survey"));
            var withdrawn = new MilestoneWithdrawn(PLAN, on("2019-12"), SURVEY, Details.NONE);
            plan.given(OPENED, PARKS_ADDED, parks, withdrawn, PARKS_WITHDRAWN)
                    .when(new Command(
                            LATEST, new MilestoneAmended(PLAN, on("2021"), SURVEY, null, null, titled("A survey"))))
                    .expectNoEvents()
                    .expectException(refused(PROJECT_WITHDRAWN, "parks"));
        }

        @Test
        void another_weight_needs_a_reason() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(amend(null, null, 3, titled("Buses in service")))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=reason", "from weight 2 to 3", "leave weight out"));
            PlanFixture.create()
                    .given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(amend(null, null, 3, because("forty buses, not ten")))
                    .expectEvents(amended("2019", null, 3, because("forty buses, not ten")));
        }

        @Test
        void the_same_weight_beside_a_new_title_needs_none() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(amend(null, null, 2, titled("Buses in service")))
                    .expectEvents(amended("2019", null, 2, titled("Buses in service")));
        }

        @Test
        void what_the_weight_is_changed_from_is_that_of_the_day() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, amended("2021", null, 5, because("more buses")))
                    .when(amend("2022", null, 2, Details.NONE))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "from weight 5 to 2"));
        }

        @Test
        void what_is_met_is_amended_too() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET)
                    .when(amend("2024", null, 3, because("forty buses, not ten")))
                    .expectEvents(amended("2024", null, 3, because("forty buses, not ten")));
        }

        @Test
        void what_is_withdrawn_is_not_but_for_the_days_before() {
            plan.given(OPENED, PROJECT_ADDED, FERRY_SCHEDULED, FERRY_WITHDRAWN)
                    .when(new Command(
                            LATEST, new MilestoneAmended(PLAN, on("2022"), FERRY, null, null, titled("Ferry"))))
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_WITHDRAWN, "ferry"));
            PlanFixture.create()
                    .given(OPENED, PROJECT_ADDED, FERRY_SCHEDULED, FERRY_WITHDRAWN)
                    .when(new Command(
                            LATEST,
                            new MilestoneAmended(PLAN, PartialDate.of(TODAY), FERRY, null, null, titled("Ferry")),
                            true))
                    .expectEvents(new MilestoneAmended(PLAN, on("2019"), FERRY, null, null, titled("Ferry")));
        }

        @Test
        void there_must_be_such_a_milestone() {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(amend(null, null, null, titled("Buses")))
                    .expectNoEvents()
                    .expectException(refused(MILESTONE_UNKNOWN, "buses"));
        }

        @Test
        void a_closed_plan_takes_none_of_after_its_closing() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, CLOSED)
                    .when(amend("2026-02", null, null, titled("Buses")))
                    .expectNoEvents()
                    .expectException(refused(PLAN_CLOSED));
        }

        @Test
        void the_same_again_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, amended("2019", null, null, titled("Buses")))
                    .when(amend(null, null, null, titled("Buses")))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(4, false));
        }

        @Test
        void what_holds_already_said_with_other_words_is_refused() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(amend("2020", TRANSIT, 2, because("as it was")))
                    .expectNoEvents()
                    .expectException(refused(ALREADY_RECORDED, "2020"));
        }

        @Test
        void what_holds_already_said_of_today_without_a_word_records_nothing() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(amend(TODAY.toString(), TRANSIT, 2, Details.NONE))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, false));
        }

        private static Command amend(
                @Nullable String day, @Nullable ProjectId project, @Nullable Integer weight, Details details) {
            var fact = amended(day == null ? TODAY.toString() : day, project, weight, details);
            return new Command(LATEST, fact, day == null);
        }

        private static MilestoneAmended amended(
                String day, @Nullable ProjectId project, @Nullable Integer weight, Details details) {
            return new MilestoneAmended(PLAN, on(day), BUSES, project, weight, details);
        }
    }

    private static Command schedule(MilestoneScheduled e) {
        return new Command(LATEST, e);
    }

    private static Command reschedule(MilestoneRescheduled e) {
        return new Command(LATEST, e);
    }

    private static Command partlyMeet(String day, String share) {
        return new Command(
                LATEST, new MilestonePartiallyMet(PLAN, on(day), TICKETS, new BigDecimal(share), Details.NONE));
    }

    private static Command miss(String day) {
        return new Command(LATEST, new MilestoneNotMet(PLAN, on(day), BUSES, Details.NONE));
    }

    private static MilestoneMet met(String day) {
        return new MilestoneMet(PLAN, on(day), BUSES, Details.NONE);
    }

    private static MilestoneNotMet missed(String day) {
        return new MilestoneNotMet(PLAN, on(day), BUSES, Details.NONE);
    }

    /** Everything that may be asked of the buses once they are scheduled. */
    private static Stream<Command> laterOn(String day) {
        return Requests.of(on(day)).filter(request -> request.fact() instanceof Turn);
    }
}
