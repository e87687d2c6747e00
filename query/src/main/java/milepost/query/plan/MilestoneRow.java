package milepost.query.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import milepost.event.Author;
import milepost.event.Basis;
import milepost.event.MilestoneId;
import milepost.event.MilestoneStatus;
import milepost.event.Organisation;
import milepost.event.PartialDate;
import milepost.event.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * One milestone as it stands, on no particular day: midnight needs no event.
 *
 * @param baseline what it was first due
 * @param due what it is due now; absent: no date
 * @param slippageDays (met on, else due) minus baseline, between the last days they can mean; absent without both
 * @param share of its weight that is earned: 1 if met
 * @param statement the version by which that was recorded which says how it stands: one fact, of which are on, narrative,
 *     organisations, basis and by; since it is met, if it is
 * @param by in which office that was said
 * @param claimedWithoutEvidence whether it is said to be met, wholly, in part or not, and that without evidence
 * @param evidence of all facts about it, the last recorded first
 */
public record MilestoneRow(
        MilestoneId milestone,
        @Nullable ProjectId project,
        String title,
        MilestoneStatus status,
        @Nullable PartialDate baseline,
        @Nullable PartialDate due,
        @Nullable Long slippageDays,
        @Nullable PartialDate metOn,
        int weight,
        BigDecimal share,
        long statement,
        PartialDate on,
        @Nullable String narrative,
        List<Organisation> organisations,
        Basis basis,
        Author by,
        boolean claimedWithoutEvidence,
        List<FactEvidence> evidence) {
    /** Whether something is still to be done: scheduled or partly met. */
    @JsonIgnore
    public boolean isOpen() {
        return status == MilestoneStatus.SCHEDULED || status == MilestoneStatus.PARTIALLY_MET;
    }

    /** Open, and the last day it is due has passed. */
    public boolean isOverdue(LocalDate day) {
        return isOpen() && due != null && due.latest().isBefore(day);
    }

    /** From the last day it was due to a day, while it is open: negative if that lies ahead; absent without a date. */
    public @Nullable Long daysLate(LocalDate day) {
        return isOpen() && due != null ? ChronoUnit.DAYS.between(due.latest(), day) : null;
    }

    /** The share of its weight that is earned, in units of weight. */
    public BigDecimal earned() {
        return share.multiply(BigDecimal.valueOf(weight));
    }
}
