package milepost.command.plan;

import milepost.command.Target;
import milepost.event.Details;
import milepost.event.Money;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipId;
import milepost.event.PartnershipStatus;
import milepost.event.ProjectId;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/** What one may ask of one partnership. */
public sealed interface PartnershipCommand extends Command {
    @Override
    PartnershipEvent fact();

    record RecordPartnership(
            Target target,
            PartialDate on,
            PartnershipId partnership,
            @Nullable ProjectId project,
            @Nullable String programme,
            PartnershipStatus status,
            @Nullable Money amount,
            Details details)
            implements PartnershipCommand {
        @Override
        public PartnershipRecorded fact() {
            return new PartnershipRecorded(plan(), on, partnership, project, programme, status, amount, details);
        }
    }

    record ChangePartnershipStatus(
            Target target, PartialDate on, PartnershipId partnership, PartnershipStatus status, Details details)
            implements PartnershipCommand {
        @Override
        public PartnershipStatusChanged fact() {
            return new PartnershipStatusChanged(plan(), on, partnership, status, details);
        }
    }

    /** No {@code on}: told better from its beginning on. */
    record AmendPartnership(
            Target target,
            @Nullable PartialDate on,
            PartnershipId partnership,
            @Nullable String programme,
            @Nullable Money amount,
            Details details)
            implements PartnershipCommand {
        @Override
        public PartnershipAmended fact() {
            return fact(on == null ? PartialDate.of(target.today()) : on);
        }

        @Override
        public PartnershipAmended fact(PlanRecord plan) {
            var known = plan.partnership(partnership);
            var beginning = known == null ? null : known.first();
            return on == null && beginning != null ? fact(beginning.on()) : fact();
        }

        private PartnershipAmended fact(PartialDate from) {
            return new PartnershipAmended(plan(), from, partnership, programme, amount, details);
        }
    }
}
