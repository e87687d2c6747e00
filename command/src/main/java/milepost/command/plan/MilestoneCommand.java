package milepost.command.plan;

import java.math.BigDecimal;
import milepost.command.Target;
import milepost.event.Details;
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
import milepost.event.PartialDate;
import milepost.event.ProjectId;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/** What one may ask of one milestone. */
public sealed interface MilestoneCommand extends Command {
    @Override
    MilestoneEvent fact();

    record ScheduleMilestone(
            Target target,
            PartialDate on,
            MilestoneId milestone,
            @Nullable ProjectId project,
            @Nullable PartialDate due,
            int weight,
            Details details)
            implements MilestoneCommand {
        @Override
        public MilestoneScheduled fact() {
            return new MilestoneScheduled(plan(), on, milestone, project, due, weight, details);
        }
    }

    /** Logs a milestone as met that was never scheduled. */
    record LogMilestone(
            Target target,
            PartialDate on,
            MilestoneId milestone,
            @Nullable ProjectId project,
            int weight,
            Details details)
            implements MilestoneCommand {
        @Override
        public MilestoneLogged fact() {
            return new MilestoneLogged(plan(), on, milestone, project, weight, details);
        }
    }

    record RescheduleMilestone(
            Target target,
            PartialDate on,
            MilestoneId milestone,
            @Nullable PartialDate due,
            Details details) implements MilestoneCommand {
        @Override
        public MilestoneRescheduled fact() {
            return new MilestoneRescheduled(plan(), on, milestone, due, details);
        }
    }

    record MeetMilestone(Target target, PartialDate on, MilestoneId milestone, Details details)
            implements MilestoneCommand {
        @Override
        public MilestoneMet fact() {
            return new MilestoneMet(plan(), on, milestone, details);
        }
    }

    record PartiallyMeetMilestone(
            Target target, PartialDate on, MilestoneId milestone, BigDecimal share, Details details)
            implements MilestoneCommand {
        @Override
        public MilestonePartiallyMet fact() {
            return new MilestonePartiallyMet(plan(), on, milestone, share, details);
        }
    }

    record MissMilestone(Target target, PartialDate on, MilestoneId milestone, Details details)
            implements MilestoneCommand {
        @Override
        public MilestoneNotMet fact() {
            return new MilestoneNotMet(plan(), on, milestone, details);
        }
    }

    record WithdrawMilestone(Target target, PartialDate on, MilestoneId milestone, Details details)
            implements MilestoneCommand {
        @Override
        public MilestoneWithdrawn fact() {
            return new MilestoneWithdrawn(plan(), on, milestone, details);
        }
    }

    /** No {@code on}: told better from its beginning on. */
    record AmendMilestone(
            Target target,
            @Nullable PartialDate on,
            MilestoneId milestone,
            @Nullable ProjectId project,
            @Nullable Integer weight,
            Details details)
            implements MilestoneCommand {
        @Override
        public MilestoneAmended fact() {
            return fact(on == null ? PartialDate.of(target.today()) : on);
        }

        @Override
        public MilestoneAmended fact(PlanRecord plan) {
            var known = plan.milestone(milestone);
            var beginning = known == null ? null : known.beginning();
            return on == null && beginning != null ? fact(beginning.on()) : fact();
        }

        private MilestoneAmended fact(PartialDate from) {
            return new MilestoneAmended(plan(), from, milestone, project, weight, details);
        }
    }
}
