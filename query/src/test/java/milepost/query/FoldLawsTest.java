package milepost.query;

import static java.util.stream.Collectors.toCollection;
import static milepost.query.Histories.asOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import milepost.event.EventTypes;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.MilestoneStatus;
import milepost.event.OfficerId;
import milepost.event.PartialDate;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.event.Story;
import milepost.log.Moment;
import milepost.plan.PlanRecord;
import milepost.query.plan.FactEvidence;
import milepost.query.plan.MilestoneRow;
import milepost.query.plan.Network;
import milepost.query.plan.Plan;
import milepost.query.plan.PlanRow;
import milepost.query.plan.PlanRows;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds of every fold and every row, whatever happened. */
class FoldLawsTest {
    @Provide
    Arbitrary<List<Recorded>> histories() {
        return Histories.admitted();
    }

    @Provide
    Arbitrary<List<Recorded>> historiesOfMilestones() {
        return Histories.ofMilestonesWithDays();
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

    @Example
    void the_histories_tell_of_everything_that_can_happen() {
        var kinds = Histories.admitted()
                .sampleStream()
                .limit(300)
                .flatMap(List::stream)
                .map(fact -> EventTypes.name(fact.event().getClass()))
                .collect(toCollection(TreeSet::new));
        assertThat(kinds).isEqualTo(new TreeSet<>(EventTypes.all().keySet()));
    }

    @Property
    void live_equals_replay(@ForAll("histories") List<Recorded> history) {
        var all = PlanRecord.of(history);
        var live = PlanRecord.NONE;
        for (var i = 0; i < history.size(); i++) {
            live = live.and(history.get(i));
            assertThat(live.version()).isEqualTo(history.get(i).version());
            assertThat(live).isEqualTo(PlanRecord.of(history.subList(0, i + 1)));
            assertThat(all.at(i + 1)).isEqualTo(live);
        }
    }

    @Property
    void delivering_twice_equals_once(@ForAll("histories") List<Recorded> history) {
        assertThat(PlanRecord.of(again(history))).isEqualTo(PlanRecord.of(history));
        assertThat(rows(again(history), null)).isEqualTo(rows(history, null));
    }

    @Property
    void on_today_equals_live(@ForAll("histories") List<Recorded> history) {
        var today = Moment.day(history.getLast().at());
        assertThat(record(history, today).facts())
                .isEqualTo(record(history, null).facts());
        assertThat(rows(history, today)).isEqualTo(rows(history, null)).isPresent();
    }

    @Property
    void every_moment_is_a_prefix(@ForAll("histories") List<Recorded> history) {
        for (var n = 1; n <= history.size(); n++) {
            var version = history.subList(0, n);
            var moment = asOf(version.getLast().at(), history);
            assertThat(moment).isEqualTo(version);
            assertThat(record(moment, null).last().version()).isEqualTo(n);
            assertThat(plan(rows(moment, null)).version()).isEqualTo(n);
            assertThat(plan(rows(moment, null)).at())
                    .isEqualTo(version.getLast().at());
        }
    }

    @Property
    void both_clocks_compose_in_either_order(
            @ForAll("histories") List<Recorded> history, @ForAll("days") LocalDate day, @ForAll Random random) {
        var moment = history.get(random.nextInt(history.size())).at();
        var onAfterAsOf = record(asOf(moment, history), day).facts();
        var asOfAfterOn = asOf(moment, countingBy(day, history));
        var known = PlanRecord.of(asOfAfterOn);
        assertThat(known.facts().stream().filter(fact -> hasBegun(known, fact)).toList())
                .isEqualTo(onAfterAsOf);
        assertThat(isPart(onAfterAsOf, record(asOf(moment, history), null).facts()))
                .isTrue();
    }

    @Property
    void later_days_know_no_less(@ForAll("histories") List<Recorded> history, @ForAll("days") LocalDate day) {
        var known = record(history, day).facts();
        assertThat(isPart(known, record(history, day.plusDays(1)).facts())).isTrue();
        assertThat(isPart(known, record(history, null).facts())).isTrue();
        assertThat(known)
                .allMatch(fact -> !((Happening) fact.event()).countsFrom().isAfter(day));
    }

    @Property
    void what_is_there_has_the_name_that_it_began_with_or_was_given_later(
            @ForAll("histories") List<Recorded> history, @ForAll("days") LocalDate day) {
        rows(history, day).ifPresent(rows -> {
            assertThat(rows.milestones())
                    .noneMatch(m -> m.title().equals(m.milestone().text()));
            assertThat(rows.projects())
                    .noneMatch(p -> p.title().equals(p.project().text()));
            assertThat(rows.partnerships())
                    .noneMatch(p -> p.title().equals(p.partnership().text()));
        });
    }

    @Property
    void nothing_surely_came_before_the_beginning_of_what_it_happened_to(@ForAll("histories") List<Recorded> history) {
        var facts = record(history, null).facts().stream()
                .map(fact -> (Happening) fact.event())
                .toList();
        for (var beginning : facts) {
            if (!Histories.isBeginning(beginning)) continue;
            assertThat(facts)
                    .noneMatch(fact ->
                            fact.about().equals(beginning.about()) && fact.on().surelyBefore(beginning.on()));
        }
    }

    @Property
    void a_plan_is_there_from_the_first_day_its_opening_counts(@ForAll("histories") List<Recorded> history) {
        var opened = ((PlanOpened) history.getFirst().event()).on().earliest();
        assertThat(rows(history, opened.minusDays(1))).isEmpty();
        assertThat(rows(history, opened)).isPresent();
    }

    @Property
    void what_is_retracted_leaves_rows_as_if_it_had_never_been_recorded(
            @ForAll("histories") List<Recorded> history, @ForAll("days") LocalDate day) {
        for (var fact : history) {
            if (!(fact.event() instanceof FactRetracted retraction)) continue;
            var neither = history.stream()
                    .filter(f -> !f.equals(fact) && f.version() != retraction.version())
                    .toList();
            assertThat(unstamped(rows(history, null))).isEqualTo(unstamped(rows(neither, null)));
            assertThat(unstamped(rows(history, day))).isEqualTo(unstamped(rows(neither, day)));
        }
    }

    @Property
    void what_is_retracted_later_still_counts_as_of_before(@ForAll("histories") List<Recorded> history) {
        for (var fact : history) {
            if (!(fact.event() instanceof FactRetracted retraction)) continue;
            var wrong = history.get((int) retraction.version() - 1);
            var before = history.subList(0, (int) fact.version() - 1);
            assertThat(record(before, null).facts()).contains(wrong);
            assertThat(record(asOf(fact.at().minusNanos(1), history), null).facts())
                    .isEqualTo(record(before, null).facts());
            assertThat(record(asOf(fact.at(), history), null).facts()).doesNotContain(wrong);
        }
    }

    @Property
    void no_subset_no_order_and_no_day_makes_anything_fail(
            @ForAll("unrulyFacts") List<Recorded> facts, @ForAll("days") LocalDate day, @ForAll Random random) {
        var some =
                renumbered(facts.stream().filter(fact -> random.nextInt(4) > 0).toList());
        var record = PlanRecord.NONE;
        for (var fact : some) {
            record = record.and(fact);
            assertThat(record.parts()).doesNotContainNull();
        }
        for (var on : List.of(day, LocalDate.MIN, LocalDate.MAX)) {
            var rows = rows(some, on);
            assertThat(rows.isPresent()).isEqualTo(isOpen(some, on));
            rows.ifPresent(plan -> {
                assertThat(Plan.on(on, plan).milestones()).hasSameSizeAs(plan.milestones());
                assertThat(Network.on(on, List.of(plan, plan)).total().plans()).isEqualTo(2);
            });
        }
    }

    @Property(tries = 1000)
    void milestones_agree_with_a_naive_reading_of_the_record(
            @ForAll("historiesOfMilestones") List<Recorded> history, @ForAll("days") LocalDate day) {
        var naive = NaivePlan.on(day, history);
        var rows = rows(history, day);
        assertThat(rows.isPresent()).isEqualTo(naive.isOpen());
        if (rows.isEmpty()) return;
        assertThat(rows.get().milestones().stream().map(FoldLawsTest::seen))
                .as("%s", naive)
                .containsExactlyInAnyOrderElementsOf(naive.milestones());
    }

    @Property(tries = 1000)
    void indicators_agree_with_a_naive_reading_of_the_record(
            @ForAll("historiesOfMilestones") List<Recorded> history, @ForAll("days") LocalDate day) {
        var naive = NaivePlan.on(day, history);
        var rows = rows(history, day);
        if (rows.isEmpty()) return;
        var indicators = Plan.on(day, rows.get()).indicators();
        agree(indicators.progress(), naive.progress());
        agree(indicators.earnedValue(), naive.earnedValue());
        agree(indicators.plannedValue(), naive.plannedValue());
        agree(indicators.schedulePerformanceIndex(), naive.schedulePerformanceIndex());
        assertThat(indicators.overdue()).isEqualTo(naive.overdue());
    }

    /** Postponed in May 2020 and again in September 2021: the miss of June 2021 lies between, whenever it is recorded. */
    @Example
    void what_is_recorded_late_does_not_outlast_what_was_said_of_later_days() {
        var late = Told.rows(
                Story.OPENED, Story.BUSES_SCHEDULED, Story.BUSES_POSTPONED, Story.BUSES_AGAIN, Story.BUSES_MISSED);
        assertThat(late.milestones().getFirst().status()).isEqualTo(MilestoneStatus.SCHEDULED);
    }

    private static NaivePlan.Milestone seen(MilestoneRow row) {
        return new NaivePlan.Milestone(
                row.milestone(),
                row.status(),
                row.share().movePointRight(2).intValueExact(),
                row.title(),
                row.project(),
                row.weight(),
                day(row.baseline()),
                day(row.due()),
                day(row.metOn()),
                row.slippageDays(),
                row.statement(),
                Objects.requireNonNull(day(row.on())),
                row.claimedWithoutEvidence(),
                row.evidence().stream().map(FactEvidence::version).toList());
    }

    private static @Nullable LocalDate day(@Nullable PartialDate date) {
        return date == null ? null : LocalDate.parse(date.text());
    }

    private static void agree(@Nullable BigDecimal actual, @Nullable Double naive) {
        if (naive == null) assertThat(actual).isNull();
        else assertThat(Objects.requireNonNull(actual).doubleValue()).isCloseTo(naive, within(1e-6));
    }

    private static boolean isOpen(List<Recorded> facts, LocalDate day) {
        var retracted = facts.stream()
                .filter(fact -> fact.event() instanceof FactRetracted)
                .map(fact -> ((FactRetracted) fact.event()).version())
                .toList();
        return facts.stream()
                .filter(fact -> !retracted.contains(fact.version()))
                .anyMatch(fact -> fact.event() instanceof PlanOpened e
                        && !e.on().earliest().isAfter(day));
    }

    private static PlanRecord record(List<Recorded> history, @Nullable LocalDate on) {
        return PlanRecord.of(history).on(on);
    }

    private static Optional<PlanRows> rows(List<Recorded> history, @Nullable LocalDate on) {
        return PlanRows.of(record(history, on));
    }

    private static PlanRow plan(Optional<PlanRows> rows) {
        return rows.orElseThrow().plan();
    }

    /** A day's share of the log, retractions included: they have no day. */
    private static List<Recorded> countingBy(LocalDate day, List<Recorded> history) {
        return history.stream()
                .filter(fact -> !(fact.event() instanceof Happening happening)
                        || !happening.countsFrom().isAfter(day))
                .toList();
    }

    /** Whether a fact is about something that is there: the plan and its officers, and whatever has its beginning. */
    private static boolean hasBegun(PlanRecord record, Recorded fact) {
        var about = ((Happening) fact.event()).about();
        return about instanceof PlanId
                || about instanceof OfficerId
                || record.facts().stream()
                        .map(Recorded::event)
                        .anyMatch(other -> Histories.isBeginning(other)
                                && ((Happening) other).about().equals(about));
    }

    private static boolean isPart(List<Recorded> some, List<Recorded> all) {
        return all.stream().filter(some::contains).toList().equals(some);
    }

    private static List<Recorded> again(List<Recorded> facts) {
        var each = facts.stream().flatMap(fact -> Stream.of(fact, fact));
        return Stream.concat(each, facts.stream()).toList();
    }

    private static List<Recorded> renumbered(List<Recorded> facts) {
        var renumbered = new ArrayList<Recorded>();
        for (var fact : facts) {
            var version = renumbered.size() + 1L;
            renumbered.add(new Recorded(version, version, fact.at(), fact.by(), fact.event()));
        }
        return renumbered;
    }

    /** Without what tells only how long the record is. */
    private static Optional<PlanRows> unstamped(Optional<PlanRows> rows) {
        return rows.map(r -> new PlanRows(unstamped(r.plan()), r.projects(), r.milestones(), r.partnerships()));
    }

    private static PlanRow unstamped(PlanRow p) {
        return new PlanRow(
                p.plan(),
                p.title(),
                p.city(),
                p.country(),
                p.countryCode(),
                p.citySlug(),
                p.capital(),
                p.populationDensity(),
                p.gdpPerCapita(),
                p.latitude(),
                p.longitude(),
                p.typology(),
                p.from(),
                p.to(),
                p.status(),
                p.health(),
                p.statusReport(),
                0,
                Instant.EPOCH,
                p.lastHappened(),
                p.officers());
    }
}
