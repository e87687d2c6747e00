package milepost.query.timeline;

import java.util.Optional;
import milepost.event.Dated;
import milepost.event.Happening;
import milepost.event.Health;
import milepost.event.MilestoneEvent;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.MilestoneEvent.MilestoneLogged;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneNotMet;
import milepost.event.MilestoneEvent.MilestonePartiallyMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneEvent.MilestoneWithdrawn;
import milepost.event.MilestoneId;
import milepost.event.OfficerRole;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipId;
import milepost.event.PlanEvent;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.ProjectEvent;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectPhaseChanged;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectEvent.ProjectWithdrawn;
import milepost.event.ProjectId;
import milepost.plan.Officer;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/** A fact in words, with the names things had just before it. */
final class Sentence {
    private Sentence() {}

    static String of(PlanRecord before, Happening fact) {
        return switch (fact) {
            case PlanEvent e -> of(before, e);
            case ProjectEvent e -> of(before, e);
            case MilestoneEvent e -> of(before, e);
            case PartnershipEvent e -> of(before, e);
        };
    }

    private static String of(PlanRecord before, PlanEvent fact) {
        return switch (fact) {
            case PlanOpened e -> "Plan of " + e.profile().city() + " opened, for " + e.from() + " to " + e.to();
            case PlanAmended e -> "Plan" + Amended.of(before, e);
            case PlanStatusChanged e -> "Plan is " + e.status().code + said(e);
            case PlanStatusReported e -> "Plan reported" + health(e.health()) + said(e);
            case OfficerAppointed e -> e.name() + " appointed as " + role(e.role());
            case OfficerRelieved e -> officer(before, e) + " relieved";
        };
    }

    private static String of(PlanRecord before, ProjectEvent fact) {
        return switch (fact) {
            case ProjectAdded e -> "Project added" + said(e);
            case ProjectRenamed e -> project(before, e.project()) + " renamed" + said(e);
            case ProjectPhaseChanged e -> project(before, e.project()) + " enters the phase " + e.phase().code;
            case ProjectStatusReported e -> project(before, e.project()) + " reported" + health(e.health()) + said(e);
            case ProjectWithdrawn e -> project(before, e.project()) + " withdrawn";
        };
    }

    private static String of(PlanRecord before, MilestoneEvent fact) {
        var name = milestone(before, fact.milestone());
        return switch (fact) {
            case MilestoneScheduled e -> "Milestone scheduled" + due(e.due()) + said(e);
            case MilestoneLogged e -> "Milestone met" + said(e);
            case MilestoneAmended e -> name + Amended.of(before, e);
            case MilestoneRescheduled e -> name + moved(dueThen(before, e), e.due()) + said(e);
            case MilestoneMet e -> name + " met" + due(dueThen(before, e)) + said(e);
            case MilestonePartiallyMet e ->
                name + " partly met (" + e.share().toPlainString() + " of its weight)" + said(e);
            case MilestoneNotMet e -> name + " not met" + due(dueThen(before, e)) + said(e);
            case MilestoneWithdrawn e -> name + " withdrawn" + said(e);
        };
    }

    private static String of(PlanRecord before, PartnershipEvent fact) {
        var name = partnership(before, fact.partnership());
        return switch (fact) {
            case PartnershipRecorded e -> "Partnership " + e.status().code + said(e);
            case PartnershipStatusChanged e -> name + " is " + e.status().code + said(e);
            case PartnershipAmended e -> name + Amended.of(before, e);
        };
    }

    private static String said(Happening fact) {
        var title = fact.details().title();
        return title == null ? "" : ": " + title;
    }

    private static String health(@Nullable Health health) {
        return health == null ? "" : " " + health.code;
    }

    private static String due(@Nullable PartialDate due) {
        return due == null ? "" : " (due " + due + ")";
    }

    private static String moved(@Nullable PartialDate from, @Nullable PartialDate to) {
        if (to == null) return " postponed with no date" + (from == null ? "" : " (was due " + from + ")");
        return " rescheduled" + (from == null ? "" : " from " + from) + " to " + to;
    }

    private static String role(OfficerRole role) {
        return switch (role) {
            case CSCO -> "Chief Smart City Officer";
            case NATIONAL_REPRESENTATIVE -> "National Representative";
        };
    }

    private static String officer(PlanRecord before, OfficerRelieved e) {
        return Optional.ofNullable(before.officer(e.officer()))
                .flatMap(Officer::name)
                .orElse(e.officer().text());
    }

    static String project(PlanRecord before, ProjectId id) {
        var known = before.project(id);
        return quoted(known == null || known.title() == null ? id.text() : known.title());
    }

    private static String milestone(PlanRecord before, MilestoneId id) {
        var known = before.milestone(id);
        return quoted(known == null || known.title() == null ? id.text() : known.title());
    }

    private static String partnership(PlanRecord before, PartnershipId id) {
        var known = before.partnership(id);
        return quoted(Dated.valueOf(known == null ? null : known.titles(), id.text()));
    }

    /** When it was due on the fact's own day: it may be recorded after later ones. */
    private static @Nullable PartialDate dueThen(PlanRecord before, MilestoneEvent e) {
        var known = before.milestone(e.milestone());
        var then = known == null ? null : Dated.until(known.course().dueDates(), e.on());
        return then == null ? null : then.value();
    }

    static String quoted(String name) {
        return "“" + name + "”";
    }
}
