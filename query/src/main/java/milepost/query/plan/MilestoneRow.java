package milepost.query.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import milepost.event.Basis;
import milepost.event.Evidence;
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
 * @param on when the latest fact about it happened, which narrative, organisations, basis and evidence are of; an
 *     amendment is none
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
        PartialDate on,
        @Nullable String narrative,
        List<Organisation> organisations,
        Basis basis,
        List<Evidence> evidence) {
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
