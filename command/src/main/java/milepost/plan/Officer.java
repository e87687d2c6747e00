package milepost.plan;

import java.util.Optional;
import milepost.event.Dated;
import milepost.event.Happening;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerEvent;
import milepost.event.PlanEvent.OfficerRelieved;
import org.jspecify.annotations.Nullable;

/**
 * One officer.
 *
 * @param office every appointment, and an empty one for each relief, the latest first
 */
public record Officer(Dated<Optional<OfficerAppointed>> office) implements State {
    /** Each appointment is one; whoever is not in office is not relieved. */
    @Override
    public @Nullable Happening beginning() {
        return null;
    }

    static Officer evolve(@Nullable Officer known, OfficerEvent fact) {
        var office = known == null ? null : known.office;
        return switch (fact) {
            case OfficerAppointed e -> new Officer(Dated.add(office, e.on(), Optional.of(e)));
            case OfficerRelieved e -> new Officer(Dated.add(office, e.on(), Optional.empty()));
        };
    }

    /** The appointment that holds; empty while out of office. */
    public Optional<OfficerAppointed> appointment() {
        return office.value();
    }

    /** As who they were appointed last, in office or not; empty if only relieved. */
    public Optional<String> name() {
        for (var said = office; said != null; said = said.before()) {
            if (said.value().isPresent()) return said.value().map(OfficerAppointed::name);
        }
        return Optional.empty();
    }
}
