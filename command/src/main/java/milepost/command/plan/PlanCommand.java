package milepost.command.plan;

import milepost.command.Target;
import milepost.event.CityProfile;
import milepost.event.Details;
import milepost.event.Health;
import milepost.event.OfficerId;
import milepost.event.OfficerRole;
import milepost.event.PartialDate;
import milepost.event.PlanEvent;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import org.jspecify.annotations.Nullable;

/** What one may ask of the plan itself. */
public sealed interface PlanCommand extends Command {
    @Override
    PlanEvent fact();

    record OpenPlan(
            Target target, PartialDate on, CityProfile profile, PartialDate from, PartialDate to, Details details)
            implements PlanCommand {
        @Override
        public PlanOpened fact() {
            return new PlanOpened(plan(), on, profile, from, to, details);
        }
    }

    record ChangePlanStatus(Target target, PartialDate on, PlanStatus status, Details details) implements PlanCommand {
        @Override
        public PlanStatusChanged fact() {
            return new PlanStatusChanged(plan(), on, status, details);
        }
    }

    record ReportPlanStatus(
            Target target, PartialDate on, @Nullable Health health, Details details) implements PlanCommand {
        @Override
        public PlanStatusReported fact() {
            return new PlanStatusReported(plan(), on, health, details);
        }
    }

    record AppointOfficer(
            Target target,
            PartialDate on,
            OfficerId officer,
            OfficerRole role,
            String name,
            @Nullable String designation,
            Details details)
            implements PlanCommand {
        @Override
        public OfficerAppointed fact() {
            return new OfficerAppointed(plan(), on, officer, role, name, designation, details);
        }
    }

    record RelieveOfficer(Target target, PartialDate on, OfficerId officer, Details details) implements PlanCommand {
        @Override
        public OfficerRelieved fact() {
            return new OfficerRelieved(plan(), on, officer, details);
        }
    }
}
