package milepost.command.plan;

import static milepost.command.Reason.IDEMPOTENCY_KEY_REUSED;
import static milepost.command.Reason.OUT_OF_BOUNDS;
import static milepost.command.Reason.PLAN_CHANGED_MEANWHILE;
import static milepost.command.Reason.PROJECT_UNKNOWN;
import static milepost.command.plan.Refused.refused;
import static milepost.event.Story.ENDORSED;
import static milepost.event.Story.LATEST;
import static milepost.event.Story.OPENED;
import static milepost.event.Story.PARKS_ADDED;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.PROFILE;
import static milepost.event.Story.PROJECT_ADDED;
import static milepost.event.Story.PROJECT_RENAMED;
import static milepost.event.Story.TODAY;
import static milepost.event.Story.TRANSIT;
import static milepost.event.Story.on;
import static milepost.event.Story.titled;

import java.util.Map;
import milepost.command.Target;
import milepost.event.Event;
import milepost.event.FactRetracted;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.log.Repetitions;
import milepost.log.RequestHashes;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a request is stale, or a repetition of one that was answered before. */
class RequestsTest {
    private final FixtureConfiguration<ActionPlanAggregate> plan = PlanFixture.create();

    @Nested
    class If_match {
        @Test
        void a_request_passes_if_its_sender_saw_the_last_version() {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(rename(2L))
                    .expectEvents(PROJECT_RENAMED)
                    .expectResultMessagePayload(new CommandResult(3, true));
        }

        @Test
        void or_asked_for_none() {
            plan.given(OPENED, PROJECT_ADDED).when(rename(null)).expectEvents(PROJECT_RENAMED);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 3, Integer.MAX_VALUE, (1L << 32) + 2})
        void it_is_stale_on_any_other(long seen) {
            plan.given(OPENED, PROJECT_ADDED)
                    .when(rename(seen))
                    .expectNoEvents()
                    .expectException(refused(PLAN_CHANGED_MEANWHILE, "version 2", "not " + seen));
        }

        @Test
        void that_is_checked_before_any_rule_and_any_bound() {
            plan.given(OPENED).when(rename(7L)).expectNoEvents().expectException(refused(PLAN_CHANGED_MEANWHILE));
            PlanFixture.create()
                    .given(OPENED)
                    .when(new Command(new Target(PLAN, 7L, TODAY), new FactRetracted(PLAN, 0, "")))
                    .expectNoEvents()
                    .expectException(refused(PLAN_CHANGED_MEANWHILE));
        }

        @Test
        void also_for_a_request_that_would_record_nothing() {
            plan.given(OPENED, PROJECT_ADDED, PROJECT_RENAMED)
                    .when(rename(2L))
                    .expectNoEvents()
                    .expectException(refused(PLAN_CHANGED_MEANWHILE));
        }

        @Test
        void also_for_an_opening_where_there_is_nothing() {
            plan.givenNoPriorActivity()
                    .when(new Command(
                            new Target(PLAN, 1L, TODAY),
                            new PlanOpened(PLAN, on("2018"), PROFILE, on("2018"), on("2025"), OPENED.details())))
                    .expectNoEvents()
                    .expectException(refused(PLAN_CHANGED_MEANWHILE));
        }
    }

    @Nested
    class Idempotency_key {
        @Test
        void the_same_request_again_records_nothing_and_answers_as_before_whatever_came_after() {
            plan.given(OPENED, PROJECT_ADDED, keyed(PROJECT_RENAMED, "k1", "h1"), PARKS_ADDED, ENDORSED)
                    .when(rename(null), key("k1", "h1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, true));
        }

        @Test
        void also_if_the_version_its_sender_saw_is_long_past() {
            plan.given(OPENED, PROJECT_ADDED, keyed(PROJECT_RENAMED, "k1", "h1"), PARKS_ADDED)
                    .when(rename(2L), key("k1", "h1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, true));
        }

        @Test
        void also_if_what_it_recorded_was_retracted() {
            plan.given(OPENED, PROJECT_ADDED, keyed(PROJECT_RENAMED, "k1", "h1"), new FactRetracted(PLAN, 3, "wrong"))
                    .when(rename(null), key("k1", "h1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, true));
        }

        @Test
        void also_for_an_opening() {
            plan.given(keyed(OPENED, "k1", "h1"), PROJECT_ADDED)
                    .when(
                            new Command(
                                    LATEST,
                                    new PlanOpened(
                                            PLAN, on("2018"), PROFILE, on("2018"), on("2025"), OPENED.details())),
                            key("k1", "h1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(1, true));
        }

        @Test
        void another_request_under_it_is_refused() {
            plan.given(OPENED, PROJECT_ADDED, keyed(PROJECT_RENAMED, "k1", "h1"))
                    .when(rename(null), key("k1", "h2"))
                    .expectNoEvents()
                    .expectException(refused(IDEMPOTENCY_KEY_REUSED));
        }

        @Test
        void also_if_it_is_stale_or_out_of_bounds() {
            plan.given(OPENED, keyed(PROJECT_ADDED, "k1", "h1"))
                    .when(new Command(new Target(PLAN, 7L, TODAY), new FactRetracted(PLAN, 0, "")), key("k1", "h2"))
                    .expectNoEvents()
                    .expectException(refused(IDEMPOTENCY_KEY_REUSED));
        }

        @Test
        void the_same_request_under_another_key_is_a_request_of_its_own() {
            plan.given(OPENED, PROJECT_ADDED, keyed(PROJECT_RENAMED, "k1", "h1"), PARKS_ADDED)
                    .when(rename(null), key("k2", "h1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(4, false));
        }

        @Test
        void what_was_recorded_by_its_bytes_is_compared_by_its_bytes() {
            var before = new GenericEventMessage<Event>(
                    PROJECT_RENAMED,
                    MetaData.from(Map.of(Repetitions.IDEMPOTENCY_KEY, "k1", Repetitions.REQUEST_HASH, "bytes of h1")));
            plan.given(OPENED, PROJECT_ADDED, before, PARKS_ADDED)
                    .when(rename(null), key("k1", "h1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, true));
            plan.given(OPENED, PROJECT_ADDED, before, PARKS_ADDED)
                    .when(rename(null), key("k1", "h2"))
                    .expectNoEvents()
                    .expectException(refused(IDEMPOTENCY_KEY_REUSED));
        }

        @Test
        void two_keys_are_two_requests() {
            plan.given(OPENED, keyed(PROJECT_ADDED, "k1", "h1"))
                    .when(rename(null), key("k2", "h2"))
                    .expectEvents(PROJECT_RENAMED)
                    .expectResultMessagePayload(new CommandResult(3, true));
        }

        @Test
        void a_key_commits_with_its_fact() {
            carryKeys();
            plan.given(OPENED, PROJECT_ADDED)
                    .andGivenCommands(new GenericCommandMessage<>(rename(null), MetaData.from(key("k1", "h1"))))
                    .when(rename(null), key("k1", "h1"))
                    .expectNoEvents()
                    .expectResultMessagePayload(new CommandResult(3, true));
        }

        @Test
        void a_request_that_recorded_nothing_leaves_no_key() {
            carryKeys();
            plan.given(OPENED, PROJECT_ADDED, PROJECT_RENAMED)
                    .andGivenCommands(new GenericCommandMessage<>(rename(null), MetaData.from(key("k1", "h1"))))
                    .when(
                            new Command(LATEST, new ProjectRenamed(PLAN, on("2024"), TRANSIT, titled("Clean buses"))),
                            key("k1", "h2"))
                    .expectSuccessfulHandlerExecution()
                    .expectResultMessagePayload(new CommandResult(4, true));
        }

        /** As the edge does: a request's key goes with the fact it records. */
        private void carryKeys() {
            plan.registerCommandHandlerInterceptor((unit, chain) -> {
                unit.registerCorrelationDataProvider(request -> Map.copyOf(
                        request.getMetaData().subset(Repetitions.IDEMPOTENCY_KEY, Repetitions.REQUEST_HASH)));
                return chain.proceed();
            });
        }

        private static Map<String, ?> key(String key, String hash) {
            return Map.of(
                    Repetitions.IDEMPOTENCY_KEY,
                    key,
                    Repetitions.REQUEST_HASH,
                    RequestHashes.BY_MEANING + hash,
                    Repetitions.BYTES_HASH,
                    "bytes of " + hash);
        }

        private static GenericEventMessage<Event> keyed(Event fact, String key, String hash) {
            return new GenericEventMessage<>(fact, MetaData.from(key(key, hash)));
        }
    }

    @Test
    void a_refused_request_records_nothing() {
        plan.given(OPENED).when(rename(null)).expectNoEvents().expectException(refused(PROJECT_UNKNOWN));
    }

    @Test
    void bounds_come_before_rules() {
        plan.given(OPENED)
                .when(new Command(LATEST, new ProjectRenamed(PLAN, on("2030"), TRANSIT, titled(" "))))
                .expectNoEvents()
                .expectException(refused(OUT_OF_BOUNDS, "field=on", "field=title"));
    }

    private static Command rename(@Nullable Long seen) {
        return new Command(new Target(PLAN, seen, TODAY), PROJECT_RENAMED);
    }
}
