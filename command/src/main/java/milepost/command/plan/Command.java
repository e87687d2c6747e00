package milepost.command.plan;

import java.util.List;
import milepost.command.Rejected;
import milepost.command.Target;
import milepost.event.Amendment;
import milepost.event.Event;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one may ask of a plan: that one fact be recorded. Whether it may be is for the rules to say.
 *
 * @param fact of an amendment whose day was left out, as of today
 * @param sinceBeginning whether an amendment holds from the beginning of what it amends, which only the plan can tell
 */
public record Command(Target target, Event fact, boolean sinceBeginning) {
    /** What Axon calls all of them: one handler takes them. */
    public static final String NAME = "command";

    public Command(Target target, Event fact) {
        this(target, fact, false);
    }

    public PlanId plan() {
        return fact.plan();
    }

    /** Every field that is out of bounds, whatever the plan's state; empty if none is. */
    public List<Rejected.Field> outOfBounds() {
        return Limits.broken(fact, target.begun());
    }

    /** The fact, with what the request leaves for the plan to say. */
    Event fact(PlanRecord plan) {
        if (!sinceBeginning || !(fact instanceof Amendment amendment)) return fact;
        var beginning = beginning(plan, amendment);
        return beginning == null ? fact : amendment.from(beginning.on());
    }

    private static @Nullable Happening beginning(PlanRecord plan, Amendment amendment) {
        return switch (amendment) {
            case PlanAmended e -> plan.charter().opening();
            case MilestoneAmended e -> {
                var known = plan.milestone(e.milestone());
                yield known == null ? null : known.beginning();
            }
            case PartnershipAmended e -> {
                var known = plan.partnership(e.partnership());
                yield known == null ? null : known.first();
            }
        };
    }

    /** What rights, the access log and meters call it. */
    public String name() {
        return switch (fact) {
            case PlanOpened e -> "OpenPlan";
            case PlanAmended e -> "AmendPlan";
            case PlanStatusChanged e -> "ChangePlanStatus";
            case PlanStatusReported e -> "ReportPlanStatus";
            case OfficerAppointed e -> "AppointOfficer";
            case OfficerRelieved e -> "RelieveOfficer";
            case ProjectAdded e -> "AddProject";
            case ProjectRenamed e -> "RenameProject";
            case ProjectPhaseChanged e -> "ChangeProjectPhase";
            case ProjectStatusReported e -> "ReportProjectStatus";
            case ProjectWithdrawn e -> "WithdrawProject";
            case MilestoneScheduled e -> "ScheduleMilestone";
            case MilestoneLogged e -> "LogMilestone";
            case MilestoneRescheduled e -> "RescheduleMilestone";
            case MilestoneMet e -> "MeetMilestone";
            case MilestonePartiallyMet e -> "PartiallyMeetMilestone";
            case MilestoneNotMet e -> "MissMilestone";
            case MilestoneAmended e -> "AmendMilestone";
            case MilestoneWithdrawn e -> "WithdrawMilestone";
            case PartnershipRecorded e -> "RecordPartnership";
            case PartnershipStatusChanged e -> "ChangePartnershipStatus";
            case PartnershipAmended e -> "AmendPartnership";
            case FactRetracted e -> "RetractFact";
        };
    }
}
