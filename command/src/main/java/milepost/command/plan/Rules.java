package milepost.command.plan;

import static milepost.command.Reason.ALREADY_RECORDED;
import static milepost.command.Reason.FACT_BEFORE_BEGINNING;
import static milepost.command.Reason.OUT_OF_BOUNDS;
import static milepost.command.Reason.PLAN_CLOSED;
import static milepost.command.Reason.PLAN_UNKNOWN;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import milepost.command.Rejected;
import milepost.event.Dated;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.MilestoneEvent;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent;
import milepost.event.PlanEvent;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/** Decide which fact may come next: what exists is asked of all that is known, what is possible of the fact's own day. */
public final class Rules {
    private Rules() {}

    /**
     * The fact to record, or none if it would be no news.
     *
     * @throws Rejected if a bound or a rule refuses it
     */
    public static Optional<Event> decide(PlanRecord plan, Command command) {
        var broken = command.outOfBounds();
        if (!broken.isEmpty()) throw new Rejected(OUT_OF_BOUNDS, "Some fields are out of bounds.", broken);
        return switch (command.fact(plan)) {
            case FactRetracted retraction -> RetractionRules.decide(plan, retraction);
            case Happening fact -> decide(plan, fact, command.target().today());
        };
    }

    private static Optional<Event> decide(PlanRecord plan, Happening fact, LocalDate today) {
        var changesNothing = isAlreadySo(then(plan, fact), fact);
        if (changesNothing && (stands(plan, fact) || saysOnlyThatItIsSo(fact, today))) return Optional.empty();
        admit(plan, fact);
        if (changesNothing) {
            throw ALREADY_RECORDED.rejected("This is how it stands on " + fact.on()
                    + " already; to correct what was said of it, retract that fact and record it again.");
        }
        return Optional.of(fact);
    }

    private static boolean stands(PlanRecord plan, Happening fact) {
        var part = plan.part(fact.about());
        return part != null
                && part.facts().stream().anyMatch(known -> known.event().equals(fact));
    }

    private static boolean saysOnlyThatItIsSo(Happening fact, LocalDate today) {
        if (fact instanceof PlanOpened) return false; // it says much more
        return fact.on().equals(PartialDate.of(today)) && fact.details().equals(Details.NONE);
    }

    /** The plan as it stood on the last day the fact can mean. */
    static PlanRecord then(PlanRecord plan, Happening fact) {
        return plan.on(fact.on().latest());
    }

    /** Whether an amendment would hold before there is anything that it could hold of. */
    static boolean isEarly(Happening amendment, @Nullable Happening beginning) {
        return beginning == null || amendment.countsFrom().isBefore(beginning.countsFrom());
    }

    static Rejected early(String part) {
        return outOfBounds(
                "There was no such " + part + " yet.",
                "on",
                "lies before the " + part + " began: leave it out, and the amendment holds from its beginning");
    }

    /** Passes if a withdrawal says why: what is withdrawn is looked for no more, and counts on neither side. */
    static void reasoned(Happening withdrawal) {
        if (withdrawal.details().reason() != null) return;
        throw outOfBounds("A withdrawal needs a reason.", "reason", "is required: say why it is given up");
    }

    /** For what only the plan can tell to be out of bounds. */
    static Rejected outOfBounds(String detail, String field, String message) {
        return new Rejected(OUT_OF_BOUNDS, detail, List.of(new Rejected.Field(field, message)));
    }

    /** Whether the fact would leave the plan standing as it did then. */
    private static boolean isAlreadySo(PlanRecord then, Happening fact) {
        return switch (fact) {
            case PlanEvent e -> PlanRules.isAlreadySo(then, e);
            case ProjectEvent e -> ProjectRules.isAlreadySo(then, e);
            case MilestoneEvent e -> MilestoneRules.isAlreadySo(then, e);
            case PartnershipEvent e -> PartnershipRules.isAlreadySo(then, e);
        };
    }

    /** Passes if the plan was opened, or is to be. */
    static void known(PlanRecord plan, Event fact) {
        if (plan.charter().opening() == null && !(fact instanceof PlanOpened)) {
            throw PLAN_UNKNOWN.rejected("There is no plan '" + fact.plan() + "'; open it first.");
        }
    }

    /** Passes if the rules let the fact follow on all that is known of the plan. */
    static void admit(PlanRecord plan, Happening fact) {
        known(plan, fact);
        if (Dated.holds(Dated.by(plan.charter().status(), fact.on().latest()), PlanStatus.CLOSED)
                && !(fact instanceof PlanStatusChanged)) {
            throw PLAN_CLOSED.rejected("The plan is closed on " + fact.on()
                    + " and takes nothing but being reopened, by a change of its status.");
        }
        switch (fact) {
            case PlanEvent e -> PlanRules.admit(plan, e);
            case ProjectEvent e -> ProjectRules.admit(plan, e);
            case MilestoneEvent e -> MilestoneRules.admit(plan, e);
            case PartnershipEvent e -> PartnershipRules.admit(plan, e);
        }
        notBeforeItBegan(plan, fact);
    }

    /** Where days overlap it may have come after; what a part belongs to may begin later than the part. */
    private static void notBeforeItBegan(PlanRecord plan, Happening fact) {
        var part = plan.part(fact.about());
        if (part == null) return;
        var beginning = part.state().beginning();
        if (beginning == null || !fact.on().surelyBefore(beginning.on())) return;
        var version = part.facts().stream()
                .filter(known -> known.event().equals(beginning))
                .findFirst()
                .orElseThrow()
                .version();
        throw FACT_BEFORE_BEGINNING.rejected(
                "'" + fact.about() + "' begins on " + beginning.on() + " (version " + version
                        + "), so nothing can have happened to it on " + fact.on()
                        + ": give a later day, or, if it began earlier,"
                        + " retract version " + version + " and record it for its true day.");
    }
}
