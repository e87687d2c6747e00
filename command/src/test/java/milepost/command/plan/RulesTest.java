package milepost.command.plan;

import static milepost.event.Story.LATEST;
import static milepost.event.Story.PLAN;
import static milepost.event.Story.TODAY;
import static milepost.event.Story.on;
import static milepost.event.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import milepost.command.Rejected;
import milepost.event.Author;
import milepost.event.Event;
import milepost.event.EventTypes;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Recorded;
import milepost.plan.PlanRecord;
import org.junit.jupiter.api.Test;

/** What holds of every request and of every fact. */
class RulesTest {
    @Test
    void the_tests_know_a_request_for_every_kind_of_fact() {
        assertThat(Requests.ofEveryKind()
                        .<Class<?>>map(request -> request.fact().getClass()))
                .containsExactlyInAnyOrderElementsOf(EventTypes.all().values());
    }

    @Test
    void each_request_has_a_name_of_its_own() {
        assertThat(Requests.ofEveryKind().map(Command::name)).doesNotHaveDuplicates();
    }

    @Test
    void the_rules_admit_the_whole_story_fact_by_fact() {
        var plan = PlanRecord.NONE;
        for (var fact : story()) {
            assertThat(Limits.broken(fact, TODAY)).as("%s", fact).isEmpty();
            if (fact instanceof Happening happening) {
                Rules.admit(plan, happening);
            } else {
                assertThat(Rules.decide(plan, new Command(LATEST, new FactRetracted(PLAN, 23, "wrong"))))
                        .isPresent();
            }
            plan = and(plan, fact);
        }
        assertThat(plan.version()).isEqualTo(story().size());
        assertThat(plan.facts())
                .extracting(Recorded::version)
                .doesNotContain(23L, 24L)
                .hasSize(story().size() - 2);
    }

    @Test
    void every_request_on_every_beginning_of_the_story_is_answered_or_refused_for_a_reason() {
        var reasons = new HashSet<>();
        for (var length = 0; length <= story().size(); length++) {
            var plan = record(story().subList(0, length));
            for (var day : List.of("2015", "2019", "2020-05", "2021-06", "2022-11-30", "2026-02")) {
                Requests.of(on(day)).forEach(request -> {
                    try {
                        Rules.decide(plan, request);
                    } catch (Rejected refusal) {
                        reasons.add(refusal.reason());
                        assertThat(refusal.getMessage()).isNotBlank().doesNotContain("null");
                    }
                });
            }
        }
        assertThat(reasons).hasSizeGreaterThan(10);
    }

    static PlanRecord record(List<Event> facts) {
        var plan = PlanRecord.NONE;
        for (var fact : facts) plan = and(plan, fact);
        return plan;
    }

    private static PlanRecord and(PlanRecord plan, Event fact) {
        var version = plan.version() + 1;
        return plan.and(new Recorded(version, version, Instant.EPOCH, Author.ANONYMOUS, fact));
    }
}
