package milepost.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import milepost.event.Dated;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Recorded;
import milepost.query.Histories;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A record, and whatever is left out of it, is the same as if what is left had been all that was ever recorded. */
class PlanRecordLawsTest {
    /** Those that rules admit, and any facts in any order. */
    @Provide
    Arbitrary<List<Recorded>> histories() {
        return Arbitraries.oneOf(Histories.admitted(), Histories.unruly());
    }

    @Provide
    Arbitrary<LocalDate> days() {
        var first = LocalDate.of(2014, 1, 1);
        return Arbitraries.integers().between(0, 6_500).map(first::plusDays);
    }

    @Property
    void what_stands_is_what_no_retraction_names(@ForAll("histories") List<Recorded> history) {
        var record = PlanRecord.of(history);
        assertThat(record.facts()).isEqualTo(standing(history, fact -> true));
        assertThat(record.parts()).isEqualTo(PlanRecord.of(record.facts()).parts());
        assertThat(record.version()).isEqualTo(history.size());
        assertThat(record.last()).isEqualTo(history.getLast());
    }

    @Property
    void on_a_day_it_knows_what_counts_by_it(
            @ForAll("histories") List<Recorded> history, @ForAll("days") LocalDate day) {
        var then = PlanRecord.of(history).on(day);
        assertThat(then.facts())
                .isEqualTo(standing(
                        history,
                        fact -> counts(fact, day)
                                && beginning(fact, history)
                                        .map(began -> counts(began, day))
                                        .orElse(true)));
        assertThat(then.parts()).isEqualTo(PlanRecord.of(then.facts()).parts());
        var live = PlanRecord.NONE.on(day);
        for (var fact : history) live = live.and(fact);
        assertThat(live).isEqualTo(then);
    }

    private static boolean counts(Recorded fact, LocalDate day) {
        return !((Happening) fact.event()).countsFrom().isAfter(day);
    }

    /** Of what a fact is about: the first that stands, if one does. */
    private static Optional<Recorded> beginning(Recorded fact, List<Recorded> history) {
        var about = ((Happening) fact.event()).about();
        return standing(
                        history,
                        other -> Histories.isBeginning(other.event())
                                && ((Happening) other.event()).about().equals(about))
                .stream()
                .findFirst();
    }

    /** So rules need not fold the plan again to know whether it was closed. */
    @Property
    void the_status_on_a_day_is_found_without_what_came_later(
            @ForAll("histories") List<Recorded> history, @ForAll("days") LocalDate day) {
        var record = PlanRecord.of(history);
        var found = Dated.by(record.charter().status(), day);
        var folded = record.on(day).charter().status();
        assertThat(found == null ? null : found.value()).isEqualTo(folded == null ? null : folded.value());
        assertThat(found == null ? null : found.on()).isEqualTo(folded == null ? null : folded.on());
    }

    @Property
    void before_a_version_it_knows_what_stands_of_those_before(
            @ForAll("histories") List<Recorded> history, @ForAll("days") LocalDate day) {
        var record = PlanRecord.of(history);
        for (var version = 1L; version <= history.size(); version++) {
            var next = version;
            var before = record.before(version).on(day);
            assertThat(before.facts())
                    .isEqualTo(record.on(day).facts().stream()
                            .filter(fact -> fact.version() < next)
                            .toList());
            assertThat(before.parts()).isEqualTo(PlanRecord.of(before.facts()).parts());
        }
    }

    @Property
    void without_a_fact_it_is_as_if_that_had_never_been_recorded(@ForAll("histories") List<Recorded> history) {
        var record = PlanRecord.of(history);
        for (var wrong : history) {
            var left = record.without(wrong.version());
            assertThat(left.parts())
                    .isEqualTo(PlanRecord.of(standing(history, fact -> !fact.equals(wrong)))
                            .parts());
            assertThat(left.version()).isEqualTo(record.version());
            assertThat(left.without(wrong.version())).isEqualTo(left);
        }
    }

    @Property
    void at_a_version_it_is_the_fold_of_so_many_facts_each_delivered_once_or_twice(
            @ForAll("histories") List<Recorded> history) {
        var record = PlanRecord.of(history);
        var live = PlanRecord.NONE;
        for (var fact : history) {
            live = live.and(fact).and(fact).and(history.getFirst());
            assertThat(live).isEqualTo(record.at(fact.version()));
        }
    }

    private static List<Recorded> standing(List<Recorded> history, Predicate<Recorded> wanted) {
        return history.stream()
                .filter(fact -> fact.event() instanceof Happening)
                .filter(fact -> history.stream()
                        .noneMatch(other -> other.event() instanceof FactRetracted retraction
                                && retraction.version() == fact.version()))
                .filter(wanted)
                .toList();
    }
}
