package milepost.api.read;

import static milepost.api.http.Moments.known;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import milepost.api.http.Today;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.event.PlanId;
import milepost.log.Moment;
import milepost.log.store.History;
import milepost.query.past.Changes;
import milepost.query.past.NetworkChanges;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Two moments compared. */
@RestController
@Needs(Right.READ)
class ChangesEndpoint {
    private final Records records;
    private final History history;
    private final ComparedMoments ends;
    private final Today today;

    ChangesEndpoint(Records records, History history, ComparedMoments ends, Today today) {
        this.records = records;
        this.history = history;
        this.ends = ends;
        this.today = today;
    }

    @Operation(
            operationId = "comparePlan",
            summary = "Compare a plan at two moments",
            description =
                    "The two states, not the facts between them: what came and went again in between is not shown."
                            + " Each change names the facts behind it; for what counts no more, the retraction. Days are compared"
                            + " by all we know, or by what the record said asOf an instant; a day may lie ahead.")
    @Tag(name = "Plans")
    @GetMapping("/api/plans/{plan}/changes")
    Changes plan(@PathVariable PlanId plan, @ParameterObject Between between) {
        var last = known(history.version(plan), plan, Moment.NOW);
        var day = today.day();
        var span = ends.of(between, last, day);
        var recorded = records.of(plan, span.to());
        return known(Changes.between(recorded, span.from(), span.to(), day), plan, span.to());
    }

    @Operation(
            operationId = "compareNetwork",
            summary = "Compare all plans at two moments",
            description = "By instants or days, as for one plan; only plans in which anything differs are listed.")
    @Tag(name = "Network")
    @GetMapping("/api/network/changes")
    NetworkChanges network(@ParameterObject Between between) {
        var day = today.day();
        var span = ends.of(between, null, day);
        return NetworkChanges.between(records.ofAll(span.to()), span.from(), span.to(), day);
    }
}
