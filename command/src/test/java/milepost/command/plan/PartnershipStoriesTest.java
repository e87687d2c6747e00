package milepost.command.plan;

import static milepost.command.Reason.ALREADY_RECORDED;
import static milepost.command.Reason.FACT_BEFORE_BEGINNING;
import static milepost.command.Reason.OUT_OF_BOUNDS;
import static milepost.command.Reason.PARTNERSHIP_EXISTS;
import static milepost.command.Reason.PARTNERSHIP_UNKNOWN;
import static milepost.command.plan.Refused.refused;
import static milepost.event.Story.LATEST;
import static milepost.event.Story.MAKER;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARTNERSHIP_AGREED;
import static milepost.event.Story.PARTNERSHIP_AMENDED;
import static milepost.event.Story.PARTNERSHIP_ENDED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.TODAY;
import static milepost.event.Story.because;
import static milepost.event.Story.on;
import static milepost.event.Story.titled;

import milepost.command.Reason;
import milepost.event.Details;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipStatus;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartnershipStoriesTest {
    private final FixtureConfiguration<ActionPlanAggregate> plan = PlanFixture.create();

    @Test
    void a_partnership_is_recorded() {
        plan.given(OPENED, PROJECT_ADDED)
                .when(record(PARTNERSHIP_AGREED))
                .expectEvents(PARTNERSHIP_AGREED)
                .expectResultMessagePayload(new CommandResult(3, true));
    }

    @Test
    void it_may_be_with_the_plan_as_a_whole_without_programme_and_amount() {
        var whole = new PartnershipRecorded(
                PLAN, on("2019"), MAKER, null, null, PartnershipStatus.PROPOSED, null, PARTNERSHIP_AGREED.details());
        plan.given(OPENED).when(record(whole)).expectEvents(whole);
    }

    @Test
    void recording_it_again_in_the_same_words_records_nothing() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, PARTNERSHIP_ENDED)
                .when(record(PARTNERSHIP_AGREED))
                .expectNoEvents()
                .expectResultMessagePayload(new CommandResult(4, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015", "2019-05", "2024"})
    void a_plan_has_one_partnership_of_an_id(String day) {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED)
                .when(new Command(
                        LATEST,
                        new PartnershipRecorded(
                                PLAN,
                                on(day),
                                MAKER,
                                null,
                                null,
                                PartnershipStatus.PROPOSED,
                                null,
                                PARTNERSHIP_AGREED.details())))
                .expectNoEvents()
                .expectException(refused(PARTNERSHIP_EXISTS, "maker"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AGREED")
    void its_status_changes(PartnershipStatus status) {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED)
                .when(change("2023-01", status, because("buses built")))
                .expectEvents(new PartnershipStatusChanged(PLAN, on("2023-01"), MAKER, status, because("buses built")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015", "2019-04", "2019-04-30"})
    void not_before_it_was_recorded(String day) {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED)
                .when(change(day, PartnershipStatus.ACTIVE, Details.NONE))
                .expectNoEvents()
                .expectException(refused(FACT_BEFORE_BEGINNING, "begins on 2019-05", "retract version 3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019", "2019-05", "2019-05-01"})
    void what_may_have_come_after_is_taken(String day) {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED)
                .when(change(day, PartnershipStatus.ACTIVE, Details.NONE))
                .expectEvents(changed(day, PartnershipStatus.ACTIVE));
    }

    @Test
    void there_must_be_such_a_partnership() {
        plan.given(OPENED, PROJECT_ADDED)
                .when(change("2023", PartnershipStatus.ACTIVE, Details.NONE))
                .expectNoEvents()
                .expectException(refused(PARTNERSHIP_UNKNOWN, "maker"));
    }

    @Test
    void changing_its_status_again_in_the_same_words_records_nothing() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, PARTNERSHIP_ENDED)
                .when(change("2023-01", PartnershipStatus.ENDED, because("buses built")))
                .expectNoEvents()
                .expectResultMessagePayload(new CommandResult(4, false));
    }

    @Test
    void saying_today_only_where_it_stands_records_nothing() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED)
                .when(change(TODAY.toString(), PartnershipStatus.AGREED, Details.NONE))
                .expectNoEvents()
                .expectResultMessagePayload(new CommandResult(3, false));
    }

    @Test
    void saying_where_it_stands_with_other_details_is_refused() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED)
                .when(change("2020", PartnershipStatus.AGREED, because("signed again")))
                .expectNoEvents()
                .expectException(refused(ALREADY_RECORDED, "2020"));
    }

    @ParameterizedTest
    @EnumSource
    void once_it_is_ended_it_takes_no_more(PartnershipStatus status) {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, PARTNERSHIP_ENDED)
                .when(change("2024", status, because("more buses")))
                .expectNoEvents()
                .expectException(refused(Reason.PARTNERSHIP_ENDED, "maker", "2024"));
    }

    @Test
    void what_is_concluded_may_be_taken_up_again() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, changed("2021", PartnershipStatus.CONCLUDED))
                .when(change("2022", PartnershipStatus.ACTIVE, Details.NONE))
                .expectEvents(changed("2022", PartnershipStatus.ACTIVE));
    }

    @Test
    void a_change_of_before_its_end_can_still_be_recorded() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, PARTNERSHIP_ENDED)
                .when(change("2022-12", PartnershipStatus.CONCLUDED, Details.NONE))
                .expectEvents(changed("2022-12", PartnershipStatus.CONCLUDED));
    }

    @Test
    void it_is_told_better_from_its_beginning_or_from_a_day() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED)
                .when(amend(null, null, titled("Buses are made here")))
                .expectEvents(amended("2019-05", null, titled("Buses are made here")));
        PlanFixture.create()
                .given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED)
                .when(new Command(
                        LATEST,
                        new PartnershipAmended(
                                PLAN,
                                PARTNERSHIP_AMENDED.on(),
                                MAKER,
                                PARTNERSHIP_AMENDED.programme(),
                                PARTNERSHIP_AMENDED.amount(),
                                PARTNERSHIP_AMENDED.details())))
                .expectEvents(PARTNERSHIP_AMENDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015", "2019", "2019-04-30"})
    void but_not_from_before_its_beginning(String day) {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED)
                .when(amend(day, "smart-jamp", Details.NONE))
                .expectNoEvents()
                .expectException(refused(OUT_OF_BOUNDS, "field=on", "leave it out"));
    }

    @Test
    void also_once_it_is_ended() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, PARTNERSHIP_ENDED)
                .when(amend("2024", "smart-jamp", because("wrong programme")))
                .expectEvents(amended("2024", "smart-jamp", because("wrong programme")));
    }

    @Test
    void a_partnership_that_is_not_there_cannot_be_told_better() {
        plan.given(OPENED, PROJECT_ADDED)
                .when(amend(null, "smart-jamp", Details.NONE))
                .expectNoEvents()
                .expectException(refused(PARTNERSHIP_UNKNOWN, "maker"));
    }

    @Test
    void telling_it_better_in_the_same_words_again_records_nothing() {
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED, amended("2019-05", "smart-jamp", Details.NONE))
                .when(amend(null, "smart-jamp", Details.NONE))
                .expectNoEvents()
                .expectResultMessagePayload(new CommandResult(4, false));
    }

    @Test
    void telling_what_is_told_already_is_refused() {
        var same = new Details(
                PARTNERSHIP_AGREED.details().title(),
                null,
                null,
                PARTNERSHIP_AGREED.details().organisations(),
                null,
                null);
        plan.given(OPENED, PROJECT_ADDED, PARTNERSHIP_AGREED)
                .when(new Command(
                        LATEST,
                        new PartnershipAmended(
                                PLAN, PartialDate.of(TODAY), MAKER, "twinning", PARTNERSHIP_AGREED.amount(), same),
                        true))
                .expectNoEvents()
                .expectException(refused(ALREADY_RECORDED, "2019-05"));
    }

    private static Command amend(@Nullable String day, @Nullable String programme, Details details) {
        return new Command(LATEST, amended(day == null ? TODAY.toString() : day, programme, details), day == null);
    }

    private static PartnershipAmended amended(String day, @Nullable String programme, Details details) {
        return new PartnershipAmended(PLAN, on(day), MAKER, programme, null, details);
    }

    private static Command record(PartnershipRecorded e) {
        return new Command(LATEST, e);
    }

    private static Command change(String day, PartnershipStatus status, Details details) {
        return new Command(LATEST, new PartnershipStatusChanged(PLAN, on(day), MAKER, status, details));
    }

    private static PartnershipStatusChanged changed(String day, PartnershipStatus status) {
        return new PartnershipStatusChanged(PLAN, on(day), MAKER, status, Details.NONE);
    }
}
