package milepost.api.identity;

import java.util.function.Supplier;
import milepost.api.http.PasswordTemporary;
import milepost.api.identity.AccessFact.RequestRefused;
import milepost.api.identity.limit.Budget;
import milepost.command.plan.Command;
import milepost.event.Dated;
import milepost.event.Event;
import milepost.event.FactRetracted;
import milepost.event.MilestoneEvent;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent;
import milepost.event.json.EventJson;
import milepost.log.store.KeptRecords;
import milepost.plan.Charter;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.stereotype.Component;

/** Decides who may do what, and has each refusal recorded. What nobody was given a right for is refused to everyone. */
@Component
public class Authority {
    private final KeptRecords records;
    private final AccessLog accessLog;
    private final boolean publicRead;
    private final Budget refusals;

    Authority(
            KeptRecords records,
            AccessLog accessLog,
            @Value("${milepost.public-read}") boolean publicRead,
            @Value("${milepost.limits.refusals-per-minute-and-account}") int refusalsPerMinute) {
        this.records = records;
        this.accessLog = accessLog;
        this.publicRead = publicRead;
        this.refusals = new Budget(refusalsPerMinute);
    }

    /**
     * Returns if the grant holds the right, for this plan if one is named.
     *
     * @param right null is nobody's
     * @param request what is asked, for the access log
     * @throws NotAllowed if it does not
     * @throws AuthenticationCredentialsNotFoundException if it does not because nobody has signed in
     */
    public void check(Grant grant, @Nullable Right right, @Nullable PlanId plan, String request) {
        if (right == Right.PUBLIC) return;
        if ((publicRead && right == Right.READ) || (grant.isSignedIn() && right == Right.SELF)) return;
        if (right == null || !grant.allows(right) || !covers(grant, right, plan)) refuse(grant, right, plan, request);
    }

    private boolean covers(Grant grant, Right right, @Nullable PlanId plan) {
        return !right.ofPlan || plan == null || covers(grant, right, charter(plan));
    }

    /** Returns if the grant's role could ever allow the command, whatever is recorded of its plan. */
    public void check(Grant grant, Command command) {
        var least = needed(command.fact(), () -> PlanRecord.NONE);
        if (!grant.allows(least)) refuse(grant, least, command.plan(), command.name());
    }

    /** Returns if the grant holds the right that the command needs on its plan, by what is recorded of it. */
    public void check(Grant grant, Command command, PlanRecord record) {
        var right = needed(command.fact(), () -> record);
        if (!grant.allows(right) || !covers(grant, right, record.charter()))
            refuse(grant, right, command.plan(), command.name());
    }

    private void refuse(Grant grant, @Nullable Right right, @Nullable PlanId plan, String request) {
        if (grant.subject() == null) throw new AuthenticationCredentialsNotFoundException("Nobody has signed in.");
        refusals.take(grant.subject());
        var code = right == null ? null : right.code;
        var known = plan == null || charter(plan).opening() == null ? null : plan.text();
        accessLog.record(grant.author(), new RequestRefused(code, known, request));
        if (Identity.isPasswordTemporary()) throw new PasswordTemporary();
        var wanted = code == null
                ? "Nobody may do this"
                : "This needs the right '" + code + "'" + (plan == null ? "" : " for the plan '" + plan + "'");
        throw new NotAllowed(wanted + "; you are " + grant.said() + ".");
    }

    /** What is not there yet is covered, so that the answer is that it is not there. */
    private static boolean covers(Grant grant, Right right, Charter plan) {
        var told = plan.told();
        return !right.ofPlan || told == null || grant.covers(told.profile());
    }

    /** As the log has it now, whichever node wrote last; where a later fact cannot be read, as the plan was opened. */
    private Charter charter(PlanId plan) {
        try {
            return records.now(plan).charter();
        } catch (EventJson.Unreadable e) {
            return records.atLeast(1, plan).charter();
        }
    }

    /** Of the role alone, if nothing is recorded. */
    private static Right needed(Event fact, Supplier<PlanRecord> record) {
        return switch (fact) {
            case PlanOpened e -> Right.FOUND;
            case PlanAmended e -> Right.FOUND;
            case OfficerAppointed e -> Right.FOUND;
            case OfficerRelieved e -> Right.FOUND;
            case PlanStatusChanged e ->
                governs(e.status()) || isOver(record.get(), e.on()) ? Right.GOVERN : Right.RECORD;
            case PlanStatusReported e -> Right.RECORD;
            case ProjectEvent e -> Right.RECORD;
            case MilestoneEvent e -> Right.RECORD;
            case PartnershipEvent e -> Right.RECORD;
            case FactRetracted e -> neededAgain(e.version(), record.get());
        };
    }

    /** To retract a fact takes the right to record it; one that cannot be retracted is for the rules to refuse. */
    private static Right neededAgain(long version, PlanRecord record) {
        var fact = record.recorded().get(version);
        return fact == null || fact.event() instanceof FactRetracted
                ? Right.RECORD
                : needed(fact.event(), () -> record.at(version - 1));
    }

    private static boolean governs(PlanStatus status) {
        return status == PlanStatus.ENDORSED || ends(status);
    }

    private static boolean ends(PlanStatus status) {
        return status == PlanStatus.COMPLETED || status == PlanStatus.CLOSED;
    }

    /** Any status of a plan that is over opens it again; over on the day that the rules judge it by. */
    private static boolean isOver(PlanRecord record, PartialDate on) {
        var status = Dated.by(record.charter().status(), on.latest());
        return status != null && ends(status.value());
    }
}
