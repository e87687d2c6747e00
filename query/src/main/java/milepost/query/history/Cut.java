package milepost.query.history;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * One plan's record up to a moment.
 *
 * @param last the last fact recorded by then, whatever it was
 * @param facts what it says happened: without what it retracts, and without what does not count by the day asked for
 */
public record Cut(Recorded last, List<Recorded> facts) {
    /**
     * The cut through a plan's stream.
     *
     * @param recorded every fact recorded by the moment, in stream order
     * @return empty if there is none
     */
    public static Optional<Cut> of(List<Recorded> recorded, @Nullable LocalDate on) {
        if (recorded.isEmpty()) return Optional.empty();
        var retracted = new HashSet<Long>();
        for (var fact : recorded) {
            if (fact.event() instanceof FactRetracted retraction) retracted.add(retraction.version());
        }
        var facts = recorded.stream()
                .filter(fact -> !retracted.contains(fact.version()))
                .filter(fact -> fact.event() instanceof Happening happening && counts(happening, on))
                .toList();
        return Optional.of(new Cut(recorded.getLast(), facts));
    }

    private static boolean counts(Happening fact, @Nullable LocalDate on) {
        return on == null || !fact.countsFrom().isAfter(on);
    }
}
