package milepost.query.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import milepost.event.FactRetracted;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.plan.PlanRecord;
import milepost.query.Histories;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds of every timeline, whatever happened. */
class TimelineLawsTest {
    @Provide
    Arbitrary<List<Recorded>> histories() {
        return Histories.admitted();
    }

    @Provide
    Arbitrary<List<Recorded>> unrulyFacts() {
        return Histories.unruly();
    }

    @Provide
    Arbitrary<LocalDate> days() {
        var first = LocalDate.of(2014, 1, 1);
        return Arbitraries.integers().between(0, 6_500).map(first::plusDays);
    }

    @Property
    void each_fact_adds_its_line_and_leaves_the_lines_before(@ForAll("histories") List<Recorded> history) {
        var before = List.<TimelineEntry>of();
        for (var fact : history) {
            var now = timeline(history.subList(0, (int) fact.version()), null);
            if (fact.event() instanceof FactRetracted retraction) {
                assertThat(now.stream().map(TimelineEntry::version).toList())
                        .isEqualTo(before.stream()
                                .map(TimelineEntry::version)
                                .filter(version -> version != retraction.version())
                                .toList());
            } else {
                assertThat(now.subList(0, now.size() - 1)).isEqualTo(before);
                assertThat(now.getLast().version()).isEqualTo(fact.version());
                assertThat(now.getLast().at()).isEqualTo(fact.at());
            }
            before = now;
        }
    }

    @Property
    void delivering_twice_equals_once(@ForAll("histories") List<Recorded> history) {
        var twice = history.stream().flatMap(fact -> Stream.of(fact, fact));
        var again = Stream.concat(twice, history.stream()).toList();
        assertThat(timeline(again, null)).isEqualTo(timeline(history, null));
    }

    @Property
    void each_line_is_that_of_its_fact_alone(
            @ForAll("unrulyFacts") List<Recorded> history, @ForAll("days") LocalDate day) {
        var record = PlanRecord.of(history).on(day);
        assertThat(TimelineEntry.of(record))
                .isEqualTo(record.facts().stream()
                        .map(fact -> TimelineEntry.of(record.before(fact.version()), fact))
                        .toList());
    }

    @Property
    void on_today_equals_live(@ForAll("histories") List<Recorded> history) {
        assertThat(timeline(history, Moment.day(history.getLast().at()))).isEqualTo(timeline(history, null));
    }

    @Property
    void what_is_retracted_leaves_lines_as_if_it_had_never_been_recorded(
            @ForAll("histories") List<Recorded> history, @ForAll("days") LocalDate day) {
        for (var fact : history) {
            if (!(fact.event() instanceof FactRetracted retraction)) continue;
            var neither = history.stream()
                    .filter(f -> !f.equals(fact) && f.version() != retraction.version())
                    .toList();
            assertThat(timeline(history, null)).isEqualTo(timeline(neither, null));
            assertThat(timeline(history, day)).isEqualTo(timeline(neither, day));
        }
    }

    @Property
    void a_day_has_the_lines_of_what_counts_by_then(
            @ForAll("histories") List<Recorded> history, @ForAll("days") LocalDate day) {
        var record = PlanRecord.of(history).on(day);
        assertThat(TimelineEntry.of(record).stream().map(TimelineEntry::version).toList())
                .isEqualTo(record.facts().stream().map(Recorded::version).toList());
    }

    @Property
    void no_order_and_no_day_makes_a_sentence_fail(
            @ForAll("unrulyFacts") List<Recorded> facts, @ForAll("days") LocalDate day) {
        for (var on : List.of(day, LocalDate.MIN, LocalDate.MAX)) {
            var record = PlanRecord.of(facts).on(on);
            assertThat(TimelineEntry.of(record))
                    .hasSameSizeAs(record.facts())
                    .allSatisfy(entry -> assertThat(entry.text()).isNotBlank().doesNotContain("null"));
        }
    }

    private static List<TimelineEntry> timeline(List<Recorded> history, @Nullable LocalDate on) {
        return TimelineEntry.of(PlanRecord.of(history).on(on));
    }
}
