package milepost.query.past;

import static milepost.event.Story.story;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.plan.PlanRecord;
import milepost.query.Histories;
import milepost.query.Told;
import milepost.query.plan.Plan;
import milepost.query.plan.PlanRows;
import milepost.query.timeline.TimelineEntry;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReplayTest {
    private static final List<Recorded> STORY = Told.recorded(story());

    @Provide
    Arbitrary<List<Recorded>> histories() {
        return Histories.admitted();
    }

    @Example
    void the_story_tells_what_was_wrong_and_what_took_it_back() {
        var steps = Replay.of(STORY, 20).toList();

        assertThat(steps.stream().map(step -> step.version() + " " + step.fact().text()))
                .containsExactly(
                        "21 “One ticket for all lines” partly met (0.5 of its weight)",
                        "22 Somchai Lakeside relieved",
                        "23 Plan reported",
                        "24 Version 23 retracted: Plan reported",
                        "25 Plan is closed",
                        "26 “Ferry across the lake” amended: title “Ferry across the lake” → “Ferry over the lake”",
                        "27 “Buses are built here” amended: title “Buses are built here” → “Buses are made here”,"
                                + " amount 1200000.50 USD → 900000 USD,"
                                + " partners Lakeside Coachworks → Lakeside Boatyard",
                        "28 Plan amended: capital no → yes, latitude 14.25 → 14.5");
        assertThat(steps.get(2).fact().retracts()).isNull();
        assertThat(steps.get(3).fact().retracts()).isEqualTo(23);
    }

    @Property
    void each_step_is_told_by_what_was_known_and_its_numbers_are_those_read_as_of_it(
            @ForAll("histories") List<Recorded> history) {
        var steps = Replay.of(history, 0).toList();
        assertThat(steps).hasSameSizeAs(history);
        for (var i = 0; i < history.size(); i++) {
            var day = Moment.day(history.get(i).at());
            var read = PlanRows.of(PlanRecord.of(history.subList(0, i + 1)))
                    .map(rows -> Plan.on(day, rows).indicators());
            assertThat(steps.get(i).version()).isEqualTo(i + 1);
            assertThat(steps.get(i).fact())
                    .isEqualTo(TimelineEntry.of(PlanRecord.of(history.subList(0, i)), history.get(i)));
            assertThat(Optional.ofNullable(steps.get(i).indicators())).isEqualTo(read);
        }
    }

    @Property(tries = 100)
    void what_comes_after_a_version_is_the_rest_of_all(@ForAll("histories") List<Recorded> history) {
        var all = Replay.of(history, 0).toList();
        for (var n = 0; n <= history.size(); n++) {
            assertThat(Replay.of(history, n).toList()).isEqualTo(all.subList(n, all.size()));
        }
    }

    @Example
    void nobody_computes_what_nobody_takes() {
        var taken = new Taken(STORY, new AtomicInteger());
        var steps = Replay.of(taken, 0).iterator();
        for (var i = 0; i < 3; i++) assertThat(steps.next().version()).isEqualTo(i + 1);
        assertThat(taken.last).hasValueLessThan(4);
    }

    /** A record that knows how far it was read. */
    private static final class Taken extends AbstractList<Recorded> {
        private final List<Recorded> facts;
        private final AtomicInteger last;

        Taken(List<Recorded> facts, AtomicInteger last) {
            this.facts = facts;
            this.last = last;
        }

        @Override
        public Recorded get(int index) {
            last.accumulateAndGet(index, Math::max);
            return facts.get(index);
        }

        @Override
        public int size() {
            return facts.size();
        }
    }
}
