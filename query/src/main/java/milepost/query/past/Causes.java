package milepost.query.past;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Id;
import milepost.event.Recorded;
import milepost.plan.PlanRecord;
import milepost.query.timeline.TimelineEntry;

/** The facts that count at only one of two moments; for one that counts no more, the retraction that took it back. */
final class Causes {
    private final Map<Id, List<TimelineEntry>> bySubject = new HashMap<>();
    private final List<TimelineEntry> retractions;

    Causes(View from, View to) {
        var known = to.record();
        retractions = known.recorded().tailMap(from.record().version(), false).values().stream()
                .filter(fact -> fact.event() instanceof FactRetracted)
                .map(fact -> TimelineEntry.of(known.at(fact.version() - 1).on(null), fact))
                .toList();
        var story = story(known);
        var undone = new HashMap<Long, TimelineEntry>();
        retractions.forEach(entry -> undone.put(Objects.requireNonNull(entry.retracts()), entry));
        without(to.facts(), from.facts()).forEach(fact -> add(fact, story));
        without(from.facts(), to.facts()).forEach(fact -> add(fact, undone));
        bySubject.values().forEach(entries -> entries.sort(Comparator.comparing(TimelineEntry::version)));
    }

    List<TimelineEntry> of(Id subject) {
        return List.copyOf(bySubject.getOrDefault(subject, List.of()));
    }

    /** Every retraction recorded between the two, also of what was recorded between them. */
    List<TimelineEntry> retractions() {
        return retractions;
    }

    private void add(Recorded fact, Map<Long, TimelineEntry> told) {
        var entry = told.get(fact.version());
        if (entry == null || !(fact.event() instanceof Happening happening)) return;
        bySubject.computeIfAbsent(happening.about(), id -> new ArrayList<>()).add(entry);
    }

    private static Map<Long, TimelineEntry> story(PlanRecord record) {
        return TimelineEntry.of(record).stream().collect(toMap(TimelineEntry::version, Function.identity()));
    }

    private static List<Recorded> without(List<Recorded> facts, List<Recorded> others) {
        var left = new HashSet<Long>();
        others.forEach(fact -> left.add(fact.version()));
        return facts.stream().filter(fact -> !left.contains(fact.version())).toList();
    }
}
