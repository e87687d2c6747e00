package milepost.command.plan;

import static milepost.event.Story.BUSES;
import static milepost.event.Story.COACHWORKS;
import static milepost.event.Story.LATEST;
import static milepost.event.Story.MAKER;
import static milepost.event.Story.OFFICER;
import static milepost.event.Story.PROFILE;
import static milepost.event.Story.SURVEY;
import static milepost.event.Story.TRANSIT;
import static milepost.event.Story.because;
import static milepost.event.Story.on;
import static milepost.event.Story.titled;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import milepost.command.Target;
import milepost.command.plan.MilestoneCommand.AmendMilestone;
import milepost.command.plan.MilestoneCommand.LogMilestone;
import milepost.command.plan.MilestoneCommand.MeetMilestone;
import milepost.command.plan.MilestoneCommand.MissMilestone;
import milepost.command.plan.MilestoneCommand.PartiallyMeetMilestone;
import milepost.command.plan.MilestoneCommand.RescheduleMilestone;
import milepost.command.plan.MilestoneCommand.ScheduleMilestone;
import milepost.command.plan.MilestoneCommand.WithdrawMilestone;
import milepost.command.plan.PartnershipCommand.AmendPartnership;
import milepost.command.plan.PartnershipCommand.ChangePartnershipStatus;
import milepost.command.plan.PartnershipCommand.RecordPartnership;
import milepost.command.plan.PlanCommand.AppointOfficer;
import milepost.command.plan.PlanCommand.ChangePlanStatus;
import milepost.command.plan.PlanCommand.OpenPlan;
import milepost.command.plan.PlanCommand.RelieveOfficer;
import milepost.command.plan.PlanCommand.ReportPlanStatus;
import milepost.command.plan.ProjectCommand.AddProject;
import milepost.command.plan.ProjectCommand.ChangeProjectPhase;
import milepost.command.plan.ProjectCommand.RenameProject;
import milepost.command.plan.ProjectCommand.ReportProjectStatus;
import milepost.command.plan.ProjectCommand.WithdrawProject;
import milepost.event.Basis;
import milepost.event.Details;
import milepost.event.Health;
import milepost.event.OfficerRole;
import milepost.event.PartialDate;
import milepost.event.PartnershipStatus;
import milepost.event.Phase;
import milepost.event.PlanStatus;

/** One request of every kind, within all bounds, for what holds of every one of them. */
public final class Requests {
    private static final Details WITH_PARTNER =
            new Details("Buses are built here", null, null, List.of(COACHWORKS), null, Basis.REPORTED);

    private Requests() {}

    static Stream<Command> ofEveryKind() {
        return ofEveryKind(LATEST);
    }

    public static Stream<Command> ofEveryKind(Target target) {
        var opening = new OpenPlan(target, on("2018"), PROFILE, on("2018"), on("2025"), Details.NONE);
        return Stream.concat(Stream.of(opening), ofEveryKindButOpening(target));
    }

    static Stream<Command> ofEveryKindButOpening() {
        return ofEveryKindButOpening(LATEST);
    }

    private static Stream<Command> ofEveryKindButOpening(Target target) {
        return Stream.concat(of(target, on("2026-02")), Stream.of(new RetractFact(target, 2, "wrong")));
    }

    static Stream<Command> onADay() {
        return of(on("2026-02"));
    }

    /** What a closed plan takes no more. */
    static Stream<Command> ofTheYearAfterClosing() {
        return onADay().filter(request -> !(request instanceof ChangePlanStatus));
    }

    static Stream<Command> of(PartialDate on) {
        return of(LATEST, on);
    }

    private static Stream<Command> of(Target target, PartialDate on) {
        return Stream.of(
                new ChangePlanStatus(target, on, PlanStatus.SUSPENDED, Details.NONE),
                new ReportPlanStatus(target, on, Health.ON_TRACK, Details.NONE),
                new AppointOfficer(target, on, OFFICER, OfficerRole.CSCO, "Somchai Lakeside", null, Details.NONE),
                new RelieveOfficer(target, on, OFFICER, Details.NONE),
                new AddProject(target, on, TRANSIT, List.of("built-infrastructure"), titled("Buses")),
                new RenameProject(target, on, TRANSIT, titled("Electric buses")),
                new ChangeProjectPhase(target, on, TRANSIT, Phase.PREPARATION, Details.NONE),
                new ReportProjectStatus(target, on, TRANSIT, Health.DELAYED, Details.NONE),
                new WithdrawProject(target, on, TRANSIT, Details.NONE),
                new ScheduleMilestone(target, on, BUSES, TRANSIT, on("2027"), 1, titled("Buses in service")),
                new LogMilestone(target, on, SURVEY, TRANSIT, 1, titled("Residents were asked")),
                new RescheduleMilestone(target, on, BUSES, on("2028"), Details.NONE),
                new MeetMilestone(target, on, BUSES, Details.NONE),
                new PartiallyMeetMilestone(target, on, BUSES, new BigDecimal("0.5"), Details.NONE),
                new MissMilestone(target, on, BUSES, Details.NONE),
                new WithdrawMilestone(target, on, BUSES, Details.NONE),
                new AmendMilestone(target, on, BUSES, null, 3, because("forty buses, not ten")),
                new RecordPartnership(target, on, MAKER, TRANSIT, null, PartnershipStatus.AGREED, null, WITH_PARTNER),
                new ChangePartnershipStatus(target, on, MAKER, PartnershipStatus.ACTIVE, Details.NONE),
                new AmendPartnership(target, on, MAKER, "twinning", null, Details.NONE));
    }
}
