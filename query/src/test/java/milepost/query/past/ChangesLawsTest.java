package milepost.query.past;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.plan.PlanRecord;
import milepost.query.Histories;
import milepost.query.plan.Plan;
import milepost.query.plan.PlanRows;
import milepost.query.timeline.TimelineEntry;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every comparison, whatever happened. */
class ChangesLawsTest {
    private static final LocalDate TODAY = LocalDate.of(2031, 1, 1);

    /** A history, and three of its moments of one kind, the earliest first. */
    record Asked(List<Recorded> history, Moment a, Moment b, Moment c) {}

    @Provide
    Arbitrary<Asked> asked() {
        return Histories.admitted().flatMap(history -> {
            var versions = Arbitraries.longs().between(1, history.size()).map(n -> new Moment(null, n, null));
            var instants = Arbitraries.of(history).map(fact -> new Moment(fact.at(), null, null));
            var first = LocalDate.of(2014, 1, 1);
            var days = Arbitraries.integers().between(0, 6_500).map(n -> new Moment(null, null, first.plusDays(n)));
            return Arbitraries.oneOf(three(history, versions), three(history, instants), three(history, days));
        });
    }

    private static Arbitrary<Asked> three(List<Recorded> history, Arbitrary<Moment> moments) {
        return moments.list().ofSize(3).map(three -> {
            var sorted = three.stream().sorted(ChangesLawsTest::order).toList();
            return new Asked(history, sorted.get(0), sorted.get(1), sorted.get(2));
        });
    }

    private static int order(Moment one, Moment other) {
        if (one.version() != null && other.version() != null)
            return one.version().compareTo(other.version());
        if (one.asOf() != null && other.asOf() != null) return one.asOf().compareTo(other.asOf());
        return one.day(TODAY).compareTo(other.day(TODAY));
    }

    @Property
    void nothing_differs_between_a_moment_and_itself(@ForAll("asked") Asked asked) {
        assertThat(between(asked.history, asked.a, asked.a).stream()).allMatch(Changes::isEmpty);
    }

    @Property
    void what_differs_over_both_halves_of_a_time_is_touched_in_one_of_them(@ForAll("asked") Asked asked) {
        var halves = touched(between(asked.history, asked.a, asked.b));
        halves.addAll(touched(between(asked.history, asked.b, asked.c)));
        assertThat(halves).containsAll(touched(between(asked.history, asked.a, asked.c)));
    }

    @Property
    void both_ends_are_what_is_read_at_those_moments(@ForAll("asked") Asked asked) {
        between(asked.history, asked.a, asked.c).ifPresent(changes -> {
            assertThat(changes.from().indicators())
                    .isEqualTo(
                            read(asked.history, asked.a).map(Plan::indicators).orElse(null));
            assertThat(changes.to().indicators())
                    .isEqualTo(
                            read(asked.history, asked.c).map(Plan::indicators).orElse(null));
            for (var milestone : changes.milestones()) {
                assertThat(read(asked.history, asked.a).stream()
                                .flatMap(plan -> plan.milestones().stream())
                                .filter(m -> m.milestone()
                                        .milestone()
                                        .text()
                                        .equals(milestone.change().id()))
                                .findFirst()
                                .orElse(null))
                        .isEqualTo(milestone.change().before());
                assertThat(milestone.change().before())
                        .isNotEqualTo(milestone.change().after());
            }
        });
    }

    @Property
    void every_change_but_the_calendars_has_its_facts_each_recorded_by_the_later_moment(@ForAll("asked") Asked asked) {
        between(asked.history, asked.a, asked.c)
                .ifPresent(changes -> changes.all().forEach(change -> {
                    if (!onlyTime(change)) assertThat(change.facts()).isNotEmpty();
                    assertThat(change.facts()).isSortedAccordingTo((x, y) -> Long.compare(x.version(), y.version()));
                    var versions =
                            change.facts().stream().map(TimelineEntry::version).toList();
                    assertThat(versions).doesNotHaveDuplicates();
                    assertThat(change.facts())
                            .allMatch(
                                    fact -> asked.c.asOf() == null || !fact.at().isAfter(asked.c.asOf()))
                            .allMatch(fact -> asked.c.version() == null || fact.version() <= asked.c.version());
                }));
    }

    /** Overdue or no more so, and nothing else. */
    private static boolean onlyTime(Change<?> change) {
        return change.before() instanceof Plan.MilestoneOnDay before
                && change.after() instanceof Plan.MilestoneOnDay after
                && before.milestone().equals(after.milestone());
    }

    private static Optional<Changes> between(List<Recorded> history, Moment from, Moment to) {
        return Changes.between(history, from, to, TODAY);
    }

    private static Optional<Plan> read(List<Recorded> history, Moment moment) {
        var known = history.stream()
                .filter(fact -> moment.asOf() == null || !fact.at().isAfter(moment.asOf()))
                .filter(fact -> moment.version() == null || fact.version() <= moment.version())
                .toList();
        return PlanRows.of(PlanRecord.of(known).on(moment.on())).map(rows -> Plan.on(moment.day(TODAY), rows));
    }

    private static Set<String> touched(Optional<Changes> changes) {
        var touched = new TreeSet<String>();
        changes.ifPresent(known -> {
            known.all().forEach(change -> touched.add(change.id()));
            known.retractions().forEach(fact -> touched.add("retraction " + fact.version()));
        });
        return touched;
    }
}
