package milepost.query.plan;

import milepost.event.Dated;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import org.jspecify.annotations.Nullable;

/** One officer: every appointment, the latest first, and whether it holds. */
public record OfficerState(
        @Nullable Dated<OfficerAppointed> appointments,
        @Nullable Dated<Boolean> inOffice) {
    static OfficerState appointed(@Nullable OfficerState known, OfficerAppointed e) {
        var officer = known == null ? new OfficerState(null, null) : known;
        return new OfficerState(Dated.add(officer.appointments, e.on(), e), Dated.add(officer.inOffice, e.on(), true));
    }

    static OfficerState relieved(@Nullable OfficerState known, OfficerRelieved e) {
        var officer = known == null ? new OfficerState(null, null) : known;
        return new OfficerState(officer.appointments, Dated.add(officer.inOffice, e.on(), false));
    }
}
