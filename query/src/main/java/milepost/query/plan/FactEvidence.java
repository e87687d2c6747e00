package milepost.query.plan;

import java.util.ArrayList;
import java.util.List;
import milepost.event.Happening;
import milepost.plan.Part;
import org.jspecify.annotations.Nullable;

/**
 * Evidence, and the fact that brought it.
 *
 * @param version of the plan by that fact
 */
public record FactEvidence(
        long version, String url, @Nullable String sha256) {
    /** That of all facts about a part, the last recorded first. */
    public static List<FactEvidence> of(Part part) {
        var all = new ArrayList<FactEvidence>();
        for (var told = part; told != null; told = told.before()) {
            var version = told.fact().version();
            ((Happening) told.fact().event())
                    .details()
                    .evidence()
                    .forEach(one -> all.add(new FactEvidence(version, one.url(), one.sha256())));
        }
        return all;
    }
}
