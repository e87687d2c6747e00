package milepost.query.plan;

import java.util.List;
import milepost.event.Basis;
import milepost.event.Details;
import milepost.event.Evidence;
import milepost.event.Health;
import milepost.event.PartialDate;
import org.jspecify.annotations.Nullable;

/** What was last reported of a plan or a project. */
public record StatusReport(
        PartialDate on,
        @Nullable Health health,
        @Nullable String title,
        @Nullable String narrative,
        Basis basis,
        List<Evidence> evidence) {
    static StatusReport of(PartialDate on, @Nullable Health health, Details details) {
        return new StatusReport(on, health, details.title(), details.narrative(), details.basis(), details.evidence());
    }
}
