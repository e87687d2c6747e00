package milepost.query.projection;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.Id;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.plan.PlanRecord;

/**
 * What the record of a plan has and its rows have not.
 *
 * @param since the version that the rows are of; 0 if there are none
 */
public record News(PlanId plan, long since, PlanRecord record) {
    /** Those for which every row is written, and no other is left. */
    public static String[] whole(List<News> news) {
        return news.stream()
                .filter(one -> one.since == 0)
                .map(one -> one.plan.text())
                .toArray(String[]::new);
    }

    /** The facts that the rows do not show yet. */
    public Collection<Recorded> facts() {
        return record.recorded().tailMap(since, false).values();
    }

    /** Whether any of the facts takes another one back. */
    public boolean isRetraction() {
        return facts().stream().anyMatch(fact -> fact.event() instanceof FactRetracted);
    }

    /** The parts that the facts are about, and what they take back; a part has changed only if it is among them. */
    public Set<Id> parts() {
        var parts = new LinkedHashSet<Id>();
        for (var fact : facts()) {
            if (fact.event() instanceof FactRetracted retraction) {
                var wrong = record.recorded().get(retraction.version());
                if (wrong != null && wrong.event() instanceof Happening event) parts.add(event.about());
            } else if (fact.event() instanceof Happening event) {
                parts.add(event.about());
            }
        }
        return parts;
    }
}
