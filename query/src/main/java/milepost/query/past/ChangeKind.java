package milepost.query.past;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import milepost.event.MilestoneStatus;
import milepost.event.PlanStatus;
import milepost.query.plan.MilestoneRow;
import milepost.query.plan.OfficerRow;
import milepost.query.plan.PartnershipRow;
import milepost.query.plan.Plan;
import milepost.query.plan.PlanRow;
import milepost.query.plan.ProjectRow;
import milepost.query.plan.StatusReport;
import org.jspecify.annotations.Nullable;

/** What a difference between two moments comes to, in a word. */
public enum ChangeKind {
    ADDED("added"),
    RESCHEDULED("rescheduled"),
    MET("met"),
    PARTIALLY_MET("partiallyMet"),
    NOT_MET("notMet"),
    /** Scheduled again after it was missed, or because its outcome was retracted. */
    REOPENED("reopened"),
    /** Its due date has passed meanwhile; no fact says so, the calendar does. */
    OVERDUE("overdue"),
    WITHDRAWN("withdrawn"),
    STATUS_CHANGED("statusChanged"),
    REPORTED("reported"),
    RENAMED("renamed"),
    PHASE_CHANGED("phaseChanged"),
    /** What is told of what it is, and not of what became of it. */
    AMENDED("amended"),
    APPOINTED("appointed"),
    RELIEVED("relieved"),
    /** A retraction is among the causes. */
    RETRACTED("retracted"),
    /** Only what is told of it differs. */
    UPDATED("updated");

    @JsonValue
    public final String code;

    ChangeKind(String code) {
        this.code = code;
    }

    static List<ChangeKind> plan(@Nullable PlanRow before, @Nullable PlanRow after) {
        var words = new ArrayList<ChangeKind>();
        if (before == null) words.add(ADDED);
        if (after == null) return words;
        if ((before == null ? PlanStatus.DRAFT : before.status()) != after.status()) words.add(STATUS_CHANGED);
        if (reported(before == null ? null : before.statusReport(), after.statusReport())) words.add(REPORTED);
        if (before != null && !before.charter().equals(after.charter())) words.add(AMENDED);
        return words;
    }

    static List<ChangeKind> officer(@Nullable OfficerRow before, @Nullable OfficerRow after) {
        return after == null ? List.of(RELIEVED) : List.of(APPOINTED);
    }

    static List<ChangeKind> project(@Nullable ProjectRow before, @Nullable ProjectRow after) {
        var words = new ArrayList<ChangeKind>();
        if (before == null) words.add(ADDED);
        if (after == null) return words;
        if (before != null && !before.title().equals(after.title())) words.add(RENAMED);
        if (after.phase() != null && (before == null || before.phase() != after.phase())) words.add(PHASE_CHANGED);
        if (reported(before == null ? null : before.statusReport(), after.statusReport())) words.add(REPORTED);
        if (after.withdrawnOn() != null && (before == null || before.withdrawnOn() == null)) words.add(WITHDRAWN);
        return words;
    }

    private static boolean reported(@Nullable StatusReport before, @Nullable StatusReport after) {
        return after != null && !after.equals(before);
    }

    static List<ChangeKind> partnership(@Nullable PartnershipRow before, @Nullable PartnershipRow after) {
        if (before == null) return List.of(ADDED);
        var words = new ArrayList<ChangeKind>();
        if (after == null) return words;
        if (before.status() != after.status()) words.add(STATUS_CHANGED);
        if (!before.title().equals(after.title())
                || !Objects.equals(before.programme(), after.programme())
                || !Objects.equals(before.amount(), after.amount())
                || !before.organisations().equals(after.organisations())) words.add(AMENDED);
        return words;
    }

    static List<ChangeKind> milestone(Plan.@Nullable MilestoneOnDay before, Plan.@Nullable MilestoneOnDay after) {
        var words = new ArrayList<ChangeKind>();
        if (before == null) words.add(ADDED);
        if (after == null) return words;
        if (before != null
                && !Objects.equals(before.milestone().due(), after.milestone().due())) words.add(RESCHEDULED);
        outcome(before == null ? null : before.milestone(), after.milestone(), words);
        if (before != null && isAmended(before.milestone(), after.milestone())) words.add(AMENDED);
        if (after.overdue() && (before == null || !before.overdue())) words.add(OVERDUE);
        return words;
    }

    private static boolean isAmended(MilestoneRow before, MilestoneRow after) {
        return !before.title().equals(after.title())
                || !Objects.equals(before.project(), after.project())
                || before.weight() != after.weight();
    }

    private static void outcome(@Nullable MilestoneRow before, MilestoneRow after, List<ChangeKind> words) {
        var status = before == null ? MilestoneStatus.SCHEDULED : before.status();
        var share = before == null ? after.share() : before.share();
        if (status == after.status() && share.compareTo(after.share()) == 0) return;
        words.add(
                switch (after.status()) {
                    case SCHEDULED -> REOPENED;
                    case MET -> MET;
                    case PARTIALLY_MET -> PARTIALLY_MET;
                    case NOT_MET -> NOT_MET;
                    case WITHDRAWN -> WITHDRAWN;
                });
    }
}
