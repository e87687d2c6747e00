package milepost.api.read;

import java.util.List;
import milepost.api.http.Moments;
import milepost.api.identity.Identity;
import milepost.api.identity.Right;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.log.Moment;
import milepost.log.store.History;
import org.springframework.stereotype.Component;

/** Plans' records, as far as who asks may know of their authors. */
@Component
public class Records {
    private final History history;

    Records(History history) {
        this.history = history;
    }

    /** Every fact of the plan recorded by the moment, in stream order; a refusal if there was no plan. */
    public List<Recorded> of(PlanId plan, Moment moment) {
        var recorded = read(plan, moment);
        if (recorded.isEmpty()) throw Moments.unknown(plan, moment);
        return recorded;
    }

    /** The same of each plan, by id. */
    public List<List<Recorded>> ofAll(Moment moment) {
        return history.plans().stream().map(plan -> read(plan, moment)).toList();
    }

    private List<Recorded> read(PlanId plan, Moment moment) {
        var recorded = history.recorded(plan, moment);
        if (Identity.current().allows(Right.AUTHORS)) return recorded;
        return recorded.stream().map(Recorded::withAuthorWithheld).toList();
    }
}
