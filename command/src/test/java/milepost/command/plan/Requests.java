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
import milepost.event.Basis;
import milepost.event.CityAmendment;
import milepost.event.Details;
import milepost.event.FactRetracted;
import milepost.event.Health;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.OfficerRole;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipStatus;
import milepost.event.Phase;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;

/** One request of every kind, within all bounds, for what holds of every one of them. */
public final class Requests {
    private static final Details WITH_PARTNER =
            new Details("Buses are built here", null, null, List.of(COACHWORKS), null, Basis.REPORTED);

    private Requests() {}

    static Stream<Command> ofEveryKind() {
        return ofEveryKind(LATEST);
    }

    public static Stream<Command> ofEveryKind(Target target) {
        var opening = new Command(
                target, new PlanOpened(target.plan(), on("2018"), PROFILE, on("2018"), on("2025"), Details.NONE));
        return Stream.concat(Stream.of(opening), ofEveryKindButOpening(target));
    }

    static Stream<Command> ofEveryKindButOpening() {
        return ofEveryKindButOpening(LATEST);
    }

    private static Stream<Command> ofEveryKindButOpening(Target target) {
        return Stream.concat(
                of(target, on("2026-02")),
                Stream.of(new Command(target, new FactRetracted(target.plan(), 2, "wrong"))));
    }

    static Stream<Command> onADay() {
        return of(on("2026-02"));
    }

    /** What a closed plan takes no more. */
    static Stream<Command> ofTheYearAfterClosing() {
        return onADay().filter(request -> !(request.fact() instanceof PlanStatusChanged));
    }

    static Stream<Command> of(PartialDate on) {
        return of(LATEST, on);
    }

    private static Stream<Command> of(Target target, PartialDate on) {
        return Stream.of(
                new Command(target, new PlanStatusChanged(target.plan(), on, PlanStatus.SUSPENDED, Details.NONE)),
                new Command(
                        target,
                        new PlanAmended(target.plan(), on, CityAmendment.NONE, null, on("2030"), because("prolonged"))),
                new Command(target, new PlanStatusReported(target.plan(), on, Health.ON_TRACK, Details.NONE)),
                new Command(
                        target,
                        new OfficerAppointed(
                                target.plan(), on, OFFICER, OfficerRole.CSCO, "Somchai Lakeside", null, Details.NONE)),
                new Command(target, new OfficerRelieved(target.plan(), on, OFFICER, Details.NONE)),
                new Command(
                        target,
                        new ProjectAdded(target.plan(), on, TRANSIT, List.of("built-infrastructure"), titled("Buses"))),
                new Command(target, new ProjectRenamed(target.plan(), on, TRANSIT, titled("Electric buses"))),
                new Command(
                        target, new ProjectPhaseChanged(target.plan(), on, TRANSIT, Phase.PREPARATION, Details.NONE)),
                new Command(
                        target, new ProjectStatusReported(target.plan(), on, TRANSIT, Health.DELAYED, Details.NONE)),
                new Command(target, new ProjectWithdrawn(target.plan(), on, TRANSIT, because("no budget"))),
                new Command(
                        target,
                        new MilestoneScheduled(
                                target.plan(), on, BUSES, TRANSIT, on("2027"), 1, titled("Buses in service"))),
                new Command(
                        target,
                        new MilestoneLogged(target.plan(), on, SURVEY, TRANSIT, 1, titled("Residents were asked"))),
                new Command(target, new MilestoneRescheduled(target.plan(), on, BUSES, on("2028"), Details.NONE)),
                new Command(target, new MilestoneMet(target.plan(), on, BUSES, Details.NONE)),
                new Command(
                        target,
                        new MilestonePartiallyMet(target.plan(), on, BUSES, new BigDecimal("0.5"), Details.NONE)),
                new Command(target, new MilestoneNotMet(target.plan(), on, BUSES, Details.NONE)),
                new Command(target, new MilestoneWithdrawn(target.plan(), on, BUSES, because("no budget"))),
                new Command(
                        target,
                        new MilestoneAmended(target.plan(), on, BUSES, null, 3, because("forty buses, not ten"))),
                new Command(
                        target,
                        new PartnershipRecorded(
                                target.plan(), on, MAKER, TRANSIT, null, PartnershipStatus.AGREED, null, WITH_PARTNER)),
                new Command(
                        target,
                        new PartnershipStatusChanged(target.plan(), on, MAKER, PartnershipStatus.ACTIVE, Details.NONE)),
                new Command(target, new PartnershipAmended(target.plan(), on, MAKER, "twinning", null, Details.NONE)));
    }
}
