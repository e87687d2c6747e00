package milepost.command.plan;

import static milepost.command.Reason.ALREADY_RECORDED;
import static milepost.command.Reason.FACT_BUILT_UPON;
import static milepost.command.Reason.OFFICER_APPOINTED;
import static milepost.command.Reason.OFFICER_RELIEVED;
import static milepost.command.Reason.OFFICER_UNKNOWN;
import static milepost.command.Reason.OUT_OF_BOUNDS;
import static milepost.command.Reason.PLAN_CLOSED;
import static milepost.command.Reason.PLAN_EXISTS;
import static milepost.command.Reason.PLAN_NO_DRAFT_AGAIN;
import static milepost.command.Reason.PLAN_UNKNOWN;
import static milepost.command.plan.Refused.refused;
import static milepost.event.Story.BUSES_MET;
import static milepost.event.Story.BUSES_SCHEDULED;
import static milepost.event.Story.CLOSED;
import static milepost.event.Story.ENDORSED;
import static milepost.event.Story.FERRY_SCHEDULED;
import static milepost.event.Story.FERRY_WITHDRAWN;
import static milepost.event.Story.LATEST;
import static milepost.event.Story.OFFICER;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PLAN_REPORTED;
import static milepost.event.Story.PROFILE;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.TICKETS_PARTLY_MET;
import static milepost.event.Story.TICKETS_SCHEDULED;
import static milepost.event.Story.TODAY;
import static milepost.event.Story.TRANSIT;
import static milepost.event.Story.because;
import static milepost.event.Story.on;
import static milepost.event.Story.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import milepost.command.Rejected;
import milepost.event.Author;
import milepost.event.CityAmendment;
import milepost.event.CityProfile;
import milepost.event.Details;
import milepost.event.FactRetracted;
import milepost.event.Health;
import milepost.event.OfficerId;
import milepost.event.OfficerRole;
import milepost.event.PartialDate;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.Recorded;
import milepost.event.Story;
import milepost.plan.PlanRecord;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanStoriesTest {
    private final FixtureConfiguration<ActionPlanAggregate> plan = PlanFixture.create();

    @Nested
    class The_opening {
        @Test
        void a_plan_is_opened_with_its_citys_profile() {
            plan.givenNoPriorActivity()
                    .when(new Command(
                            LATEST,
                            new PlanOpened(PLAN, OPENED.on(), PROFILE, OPENED.from(), OPENED.to(), OPENED.details())))
                    .expectEvents(OPENED)
                    .expectResultMessagePayload(new CommandResult(1, true));
        }

        @Test
        void opening_it_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, ENDORSED)
                    .when(new Command(
                            LATEST,
                            new PlanOpened(PLAN, OPENED.on(), PROFILE, OPENED.from(), OPENED.to(), OPENED.details())))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(2, false));
        }

        @Test
        void there_is_one_plan_of_a_name() {
            plan.given(OPENED)
                    .when(new Command(
                            LATEST,
                            new PlanOpened(PLAN, OPENED.on(), PROFILE, on("2026"), on("2030"), OPENED.details())))
                    .expectNoEvents()
                    .expectException(refused(PLAN_EXISTS, "lakeside"));
        }

        @Test
        void also_when_another_citys_plan_is_opened_today_without_a_word() {
            var other = new CityProfile("Hillside", null, "Viet Nam", "VN", null, null, null, null, null);
            plan.given(OPENED)
                    .when(new Command(
                            LATEST,
                            new PlanOpened(PLAN, PartialDate.of(TODAY), other, on("2026"), on("2030"), Details.NONE)))
                    .expectNoEvents()
                    .expectException(refused(PLAN_EXISTS, "lakeside"));
        }

        @Test
        void also_when_it_is_said_to_have_been_opened_before() {
            plan.given(OPENED)
                    .when(new Command(
                            LATEST,
                            new PlanOpened(PLAN, on("2015"), PROFILE, OPENED.from(), OPENED.to(), OPENED.details())))
                    .expectNoEvents()
                    .expectException(refused(PLAN_EXISTS));
        }

        @Test
        void a_plan_that_is_out_of_bounds_is_not_opened() {
            plan.givenNoPriorActivity()
                    .when(new Command(
                            LATEST, new PlanOpened(PLAN, on("2027"), PROFILE, on("2025"), on("2018"), Details.NONE)))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=on", "field=to"));
        }

        @ParameterizedTest
        @MethodSource("milepost.command.plan.Requests#ofEveryKindButOpening")
        void nothing_can_be_asked_of_an_unknown_plan(Command request) {
            plan.givenNoPriorActivity().when(request).expectNoEvents().expectException(refused(PLAN_UNKNOWN));
        }

        @ParameterizedTest
        @MethodSource("milepost.command.plan.Requests#onADay")
        void nor_of_a_chronicle_without_an_opening(Command request) {
            assertThatThrownBy(() -> Rules.decide(PlanRecord.NONE, request))
                    .isInstanceOfSatisfying(
                            Rejected.class, r -> assertThat(r.reason()).isEqualTo(PLAN_UNKNOWN));
        }

        @Test
        void what_happened_before_the_opening_can_be_recorded_too() {
            plan.given(OPENED)
                    .when(new Command(
                            LATEST, new PlanStatusReported(PLAN, on("2015"), Health.ON_TRACK, titled("First ideas"))))
                    .expectEvents(new PlanStatusReported(PLAN, on("2015"), Health.ON_TRACK, titled("First ideas")));
        }
    }

    @Nested
    class Its_charter {
        @Test
        void is_told_better_from_the_beginning_or_from_a_day() {
            plan.given(OPENED).when(amend(null, null, "2030")).expectEvents(amended("2018", null, "2030"));
            PlanFixture.create()
                    .given(OPENED)
                    .when(amend("2024-05", null, "2030"))
                    .expectEvents(amended("2024-05", null, "2030"));
        }

        @Test
        void also_once_it_is_closed() {
            plan.given(OPENED, CLOSED).when(amend(null, "2019", null)).expectEvents(amended("2018", "2019", null));
        }

        @Test
        void but_not_from_before_its_opening() {
            plan.given(OPENED)
                    .when(amend("2017-12", null, "2030"))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=on", "leave it out"));
        }

        @Test
        void nor_so_that_it_ends_before_it_begins() {
            plan.given(OPENED)
                    .when(amend(null, "2026", null))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=from", "2026 to 2025"));
        }

        @Test
        void also_where_a_later_amendment_ends_it_earlier() {
            plan.given(OPENED, amended("2020", null, "2022"))
                    .when(amend(null, "2023", "2030"))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=to", "2023 to 2022"));
        }

        @Test
        void the_same_again_is_no_news_and_what_is_so_already_is_refused() {
            plan.given(OPENED, amended("2018", null, "2030"))
                    .when(amend(null, null, "2030"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(2, false));
            PlanFixture.create()
                    .given(OPENED)
                    .when(amend("2020", null, "2025"))
                    .expectNoEvents()
                    .expectException(refused(ALREADY_RECORDED, "2020"));
        }

        @Test
        void each_value_is_that_of_the_latest_day_whatever_was_recorded_last() {
            var record = PlanRecord.NONE;
            for (var fact : List.of(OPENED, amended("2024", null, "2030"), amended("2020", "2019", "2027"))) {
                record = record.and(new Recorded(0, record.version() + 1, Instant.EPOCH, Author.ANONYMOUS, fact));
            }
            assertThat(record.charter().told()).isNotNull().satisfies(told -> {
                assertThat(told.from()).isEqualTo(on("2019"));
                assertThat(told.to()).isEqualTo(on("2030"));
                assertThat(told.profile()).isEqualTo(PROFILE);
            });
        }

        private static Command amend(@Nullable String day, @Nullable String from, @Nullable String to) {
            return new Command(LATEST, amended(day == null ? TODAY.toString() : day, from, to), day == null);
        }

        private static PlanAmended amended(String day, @Nullable String from, @Nullable String to) {
            return new PlanAmended(
                    PLAN,
                    on(day),
                    CityAmendment.NONE,
                    from == null ? null : on(from),
                    to == null ? null : on(to),
                    Details.NONE);
        }
    }

    @Nested
    class Its_status {
        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DRAFT")
        void a_draft_takes_any_status(PlanStatus status) {
            plan.given(OPENED)
                    .when(new Command(LATEST, new PlanStatusChanged(PLAN, on("2019"), status, because("council"))))
                    .expectEvents(new PlanStatusChanged(PLAN, on("2019"), status, because("council")))
                    .expectResultMessagePayload(new CommandResult(2, true));
        }

        @Test
        void a_plan_is_no_draft_again() {
            plan.given(OPENED, ENDORSED)
                    .when(status("2019", PlanStatus.DRAFT))
                    .expectNoEvents()
                    .expectException(refused(PLAN_NO_DRAFT_AGAIN));
        }

        @Test
        void nor_is_a_draft_made_a_draft() {
            plan.given(OPENED)
                    .when(status(TODAY.toString(), PlanStatus.DRAFT))
                    .expectNoEvents()
                    .expectException(refused(PLAN_NO_DRAFT_AGAIN));
        }

        @Test
        void saying_it_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, ENDORSED)
                    .when(new Command(
                            LATEST, new PlanStatusChanged(PLAN, ENDORSED.on(), ENDORSED.status(), ENDORSED.details())))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(2, false));
        }

        @Test
        void saying_today_only_that_it_is_so_records_nothing() {
            plan.given(OPENED, ENDORSED)
                    .when(status(TODAY.toString(), PlanStatus.ENDORSED))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(2, false));
        }

        @Test
        void saying_it_again_with_other_details_is_refused_so_that_they_are_not_lost_in_silence() {
            plan.given(OPENED, ENDORSED)
                    .when(new Command(
                            LATEST,
                            new PlanStatusChanged(PLAN, ENDORSED.on(), PlanStatus.ENDORSED, because("by the king"))))
                    .expectNoEvents()
                    .expectException(refused(ALREADY_RECORDED, "2018-07-08"));
        }

        @Test
        void so_is_saying_it_again_of_another_day() {
            plan.given(OPENED, ENDORSED)
                    .when(status("2020", PlanStatus.ENDORSED))
                    .expectNoEvents()
                    .expectException(refused(ALREADY_RECORDED, "2020"));
        }

        @Test
        void an_earlier_day_for_it_is_news() {
            plan.given(OPENED, ENDORSED)
                    .when(status("2018-04", PlanStatus.ENDORSED))
                    .expectEvents(new PlanStatusChanged(PLAN, on("2018-04"), PlanStatus.ENDORSED, Details.NONE));
        }

        @Test
        void a_status_of_before_is_judged_on_its_own_day() {
            plan.given(OPENED, ENDORSED, changed("2021", PlanStatus.SUSPENDED))
                    .when(status("2020", PlanStatus.SUSPENDED))
                    .expectEvents(changed("2020", PlanStatus.SUSPENDED));
        }
    }

    @Nested
    class While_milestones_are_open {
        @ParameterizedTest
        @EnumSource(names = {"SUSPENDED", "COMPLETED", "CLOSED"})
        void nothing_more_is_expected_of_it_only_for_a_reason(PlanStatus status) {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, TICKETS_SCHEDULED, TICKETS_PARTLY_MET)
                    .when(status("2025", status))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=reason", "settle or withdraw", "buses, tickets"));
            var reasoned = new PlanStatusChanged(PLAN, on("2025"), status, because("the money went elsewhere"));
            PlanFixture.create()
                    .given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(new Command(LATEST, reasoned))
                    .expectEvents(reasoned);
        }

        @Test
        void also_while_one_begins_later() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(status("2018-02", PlanStatus.COMPLETED))
                    .expectNoEvents()
                    .expectException(refused(OUT_OF_BOUNDS, "field=reason", "buses"));
        }

        @ParameterizedTest
        @EnumSource(names = {"ENDORSED", "IN_PROGRESS"})
        void it_goes_on_without_one(PlanStatus status) {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED)
                    .when(status("2025", status))
                    .expectEvents(changed("2025", status));
        }

        @Test
        void it_is_completed_without_a_word_once_all_is_settled() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET, FERRY_SCHEDULED, FERRY_WITHDRAWN)
                    .when(status("2025", PlanStatus.COMPLETED))
                    .expectEvents(changed("2025", PlanStatus.COMPLETED));
        }

        @Test
        void and_what_was_settled_is_not_retracted_below_it() {
            plan.given(OPENED, PROJECT_ADDED, BUSES_SCHEDULED, BUSES_MET, changed("2025", PlanStatus.COMPLETED))
                    .when(new Command(LATEST, new FactRetracted(PLAN, 4, "that was the test drive")))
                    .expectNoEvents()
                    .expectException(refused(FACT_BUILT_UPON, "Version 5 (PlanStatusChanged)", "open milestones"));
        }
    }

    @Nested
    class Once_it_is_closed {
        @ParameterizedTest
        @MethodSource("milepost.command.plan.Requests#ofTheYearAfterClosing")
        void it_takes_nothing(Command request) {
            plan.given(OPENED, CLOSED)
                    .when(request)
                    .expectNoEvents()
                    .expectException(refused(PLAN_CLOSED, "closed on 2026-02"));
        }

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.EXCLUDE,
                names = {"DRAFT", "CLOSED"})
        void it_takes_being_reopened(PlanStatus status) {
            plan.given(OPENED, CLOSED).when(status("2026-02", status)).expectEvents(changed("2026-02", status));
        }

        @Test
        void it_takes_more_once_it_is_reopened() {
            plan.given(OPENED, CLOSED, changed("2026-02", PlanStatus.IN_PROGRESS))
                    .when(addProject("2026-03"))
                    .expectEvents(added("2026-03"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"2025-12-30", "2025-11", "2024", "2015"})
        void it_takes_facts_of_earlier_days(String day) {
            plan.given(OPENED, CLOSED).when(addProject(day)).expectEvents(added(day));
        }

        @ParameterizedTest
        @ValueSource(strings = {"2025-12-31", "2025-12", "2025"})
        void a_date_is_judged_on_its_last_day(String day) {
            plan.given(OPENED, CLOSED)
                    .when(addProject(day))
                    .expectNoEvents()
                    .expectException(refused(PLAN_CLOSED, "closed on " + day));
        }

        @Test
        void a_month_of_closing_counts_from_its_first_day() {
            plan.given(OPENED, changed("2025-12", PlanStatus.CLOSED))
                    .when(addProject("2025-12-01"))
                    .expectNoEvents()
                    .expectException(refused(PLAN_CLOSED));
        }

        @Test
        void closing_it_again_is_told_apart_from_repeating_it() {
            plan.given(OPENED, CLOSED)
                    .when(new Command(
                            LATEST, new PlanStatusChanged(PLAN, on("2026"), PlanStatus.CLOSED, because("really"))))
                    .expectNoEvents()
                    .expectException(refused(ALREADY_RECORDED));
        }
    }

    @Nested
    class Its_reports {
        @Test
        void a_report_is_recorded() {
            plan.given(OPENED)
                    .when(new Command(LATEST, new PlanStatusReported(PLAN, on("2023"), null, PLAN_REPORTED.details())))
                    .expectEvents(PLAN_REPORTED);
        }

        @Test
        void a_second_report_of_the_same_day_is_news() {
            plan.given(OPENED, PLAN_REPORTED)
                    .when(new Command(
                            LATEST, new PlanStatusReported(PLAN, on("2023"), Health.AT_RISK, PLAN_REPORTED.details())))
                    .expectEvents(new PlanStatusReported(PLAN, on("2023"), Health.AT_RISK, PLAN_REPORTED.details()));
        }

        @Test
        void the_same_report_is_none() {
            plan.given(OPENED, PLAN_REPORTED)
                    .when(new Command(LATEST, new PlanStatusReported(PLAN, on("2023"), null, PLAN_REPORTED.details())))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(2, false));
        }
    }

    @Nested
    class Its_officers {
        private static final OfficerAppointed APPOINTED = Story.OFFICER_APPOINTED;

        @Test
        void an_officer_is_appointed() {
            plan.given(OPENED)
                    .when(appoint("2018", "Somchai Lakeside"))
                    .expectEvents(APPOINTED)
                    .expectResultMessagePayload(new CommandResult(2, true));
        }

        @Test
        void appointing_them_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, APPOINTED)
                    .when(appoint("2018", "Somchai Lakeside"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(2, false));
        }

        @Test
        void an_id_is_for_one_officer_at_a_time() {
            plan.given(OPENED, APPOINTED)
                    .when(appoint("2022", "Malee Lakeside"))
                    .expectNoEvents()
                    .expectException(refused(OFFICER_APPOINTED, "csco", "2022"));
        }

        @Test
        void also_when_another_is_appointed_today_without_a_word() {
            plan.given(OPENED, APPOINTED)
                    .when(appoint(TODAY.toString(), "Malee Lakeside"))
                    .expectNoEvents()
                    .expectException(refused(OFFICER_APPOINTED, "csco"));
        }

        @Test
        void saying_today_only_who_it_is_records_nothing() {
            plan.given(OPENED, APPOINTED)
                    .when(appoint(TODAY.toString(), "Somchai Lakeside"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(2, false));
        }

        @Test
        void two_officers_have_two_ids() {
            var second = new OfficerId("csco-2");
            plan.given(OPENED, APPOINTED)
                    .when(new Command(
                            LATEST,
                            new OfficerAppointed(
                                    PLAN, on("2018"), second, OfficerRole.CSCO, "Malee Lakeside", null, Details.NONE)))
                    .expectEvents(new OfficerAppointed(
                            PLAN, on("2018"), second, OfficerRole.CSCO, "Malee Lakeside", null, Details.NONE));
        }

        @Test
        void an_officer_is_relieved() {
            plan.given(OPENED, APPOINTED)
                    .when(relieve("2024-03"))
                    .expectEvents(Story.OFFICER_RELIEVED)
                    .expectResultMessagePayload(new CommandResult(3, true));
        }

        @Test
        void and_may_be_followed_by_another() {
            plan.given(OPENED, APPOINTED, Story.OFFICER_RELIEVED)
                    .when(appoint("2024-04", "Malee Lakeside"))
                    .expectEvents(new OfficerAppointed(
                            PLAN,
                            on("2024-04"),
                            OFFICER,
                            OfficerRole.CSCO,
                            "Malee Lakeside",
                            "Deputy Mayor",
                            Details.NONE));
        }

        @Test
        void nobody_is_relieved_who_was_never_appointed() {
            plan.given(OPENED)
                    .when(relieve("2024-03"))
                    .expectNoEvents()
                    .expectException(refused(OFFICER_UNKNOWN, "csco"));
        }

        @Test
        void nor_before_they_were_appointed() {
            plan.given(OPENED, APPOINTED)
                    .when(relieve("2017"))
                    .expectNoEvents()
                    .expectException(refused(OFFICER_RELIEVED, "2017", "record that appointment first"));
        }

        @Test
        void who_held_the_office_before_is_recorded_late() {
            plan.given(OPENED, APPOINTED)
                    .when(appoint("2015", "Malee Lakeside"))
                    .expectEvents(new OfficerAppointed(
                            PLAN,
                            on("2015"),
                            OFFICER,
                            OfficerRole.CSCO,
                            "Malee Lakeside",
                            "Deputy Mayor",
                            Details.NONE));
        }

        @Test
        void nor_twice() {
            plan.given(OPENED, APPOINTED, Story.OFFICER_RELIEVED)
                    .when(relieve("2025"))
                    .expectNoEvents()
                    .expectException(refused(OFFICER_RELIEVED, "2025"));
        }

        @Test
        void relieving_them_again_in_the_same_words_records_nothing() {
            plan.given(OPENED, APPOINTED, Story.OFFICER_RELIEVED)
                    .when(relieve("2024-03"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, false));
        }

        private static Command appoint(String day, String name) {
            return new Command(
                    LATEST,
                    new OfficerAppointed(PLAN, on(day), OFFICER, OfficerRole.CSCO, name, "Deputy Mayor", Details.NONE));
        }

        private static Command relieve(String day) {
            return new Command(LATEST, new OfficerRelieved(PLAN, on(day), OFFICER, because("retired")));
        }
    }

    private static Command status(String day, PlanStatus status) {
        return new Command(LATEST, new PlanStatusChanged(PLAN, on(day), status, Details.NONE));
    }

    private static PlanStatusChanged changed(String day, PlanStatus status) {
        return new PlanStatusChanged(PLAN, on(day), status, Details.NONE);
    }

    private static Command addProject(String day) {
        return new Command(
                LATEST, new ProjectAdded(PLAN, on(day), TRANSIT, PROJECT_ADDED.focusAreas(), PROJECT_ADDED.details()));
    }

    private static ProjectAdded added(String day) {
        return new ProjectAdded(PLAN, on(day), TRANSIT, PROJECT_ADDED.focusAreas(), PROJECT_ADDED.details());
    }
}
