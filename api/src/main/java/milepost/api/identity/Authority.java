package milepost.api.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import milepost.api.access.AccessFact.RequestRefused;
import milepost.api.access.AccessLog;
import milepost.api.limit.Budget;
import milepost.command.plan.Command;
import milepost.event.CityProfile;
import milepost.event.Event;
import milepost.event.FactRetracted;
import milepost.event.MilestoneEvent;
import milepost.event.PartialDate;
import milepost.event.PartnershipEvent;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent;
import milepost.query.history.History;
import milepost.query.history.Moment;
import milepost.query.plan.Plans;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.stereotype.Component;

/** Decides who may do what, and has each refusal recorded. What nobody was given a right for is refused to everyone. */
@Component
public class Authority {
    private static final int PLANS_KNOWN = 10_000;

    private final History history;
    private final Plans plans;
    private final AccessLog accessLog;
    private final boolean publicRead;
    private final Budget refusals;
    private final Cache<PlanId, CityProfile> cities =
            Caffeine.newBuilder().maximumSize(PLANS_KNOWN).build();

    Authority(
            History history,
            Plans plans,
            AccessLog accessLog,
            @Value("${milepost.public-read}") boolean publicRead,
            @Value("${milepost.limits.refusals-per-minute-and-account}") int refusalsPerMinute) {
        this.history = history;
        this.plans = plans;
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

    /** Returns if the grant holds the right that the command needs on its plan, as the record stands now. */
    public void check(Grant grant, Command command) {
        check(grant, needed(command.fact()), command.plan(), command.getClass().getSimpleName());
    }

    private void refuse(Grant grant, @Nullable Right right, @Nullable PlanId plan, String request) {
        if (grant.subject() == null) throw new AuthenticationCredentialsNotFoundException("Nobody has signed in.");
        refusals.take(grant.subject());
        var code = right == null ? null : right.code;
        var known = plan == null || city(plan).isEmpty() ? null : plan.text();
        accessLog.record(grant.author(), new RequestRefused(code, known, request));
        if (Identity.isPasswordTemporary()) throw new PasswordTemporary();
        var wanted = code == null
                ? "Nobody may do this"
                : "This needs the right '" + code + "'" + (plan == null ? "" : " for the plan '" + plan + "'");
        throw new NotAllowed(wanted + "; you are " + grant.said() + ".");
    }

    /** What is not there yet is covered, so that the answer is that it is not there. */
    private boolean covers(Grant grant, Right right, @Nullable PlanId plan) {
        if (!right.ofPlan || plan == null) return true;
        return city(plan).map(grant::covers).orElse(true);
    }

    /** As the plan was opened for, which never changes. */
    private Optional<CityProfile> city(PlanId plan) {
        var known = Optional.ofNullable(cities.getIfPresent(plan));
        if (known.isPresent()) return known;
        var city = history.fact(plan, 1L)
                .flatMap(fact ->
                        fact.event() instanceof PlanOpened opened ? Optional.of(opened.profile()) : Optional.empty());
        city.ifPresent(profile -> cities.put(plan, profile));
        return city;
    }

    private Right needed(Event fact) {
        return fact instanceof FactRetracted retraction
                ? neededAgain(retraction.plan(), retraction.version())
                : needed(fact, null);
    }

    /** To retract a fact takes the right to record it; one that is not there is for the rules to refuse. */
    private Right neededAgain(PlanId plan, long version) {
        return history.fact(plan, version)
                .map(fact -> needed(fact.event(), version - 1))
                .orElse(Right.RECORD);
    }

    /** @param version of the plan before the fact; null: the last one */
    private Right needed(Event fact, @Nullable Long version) {
        return switch (fact) {
            case PlanOpened e -> Right.FOUND;
            case OfficerAppointed e -> Right.FOUND;
            case OfficerRelieved e -> Right.FOUND;
            case PlanStatusChanged e ->
                governs(e.status()) || isClosed(e.plan(), version, e.on()) ? Right.GOVERN : Right.RECORD;
            case PlanStatusReported e -> Right.RECORD;
            case ProjectEvent e -> Right.RECORD;
            case MilestoneEvent e -> Right.RECORD;
            case PartnershipEvent e -> Right.RECORD;
            case FactRetracted e -> Right.RECORD; // for the rules to refuse
        };
    }

    private static boolean governs(PlanStatus status) {
        return status == PlanStatus.ENDORSED || status == PlanStatus.CLOSED;
    }

    /** Any status of a closed plan opens it again; closed on the day that the rules would judge it by. */
    private boolean isClosed(PlanId plan, @Nullable Long version, PartialDate on) {
        return plans.at(new Moment(null, version, on.latest()), plan)
                .filter(rows -> rows.plan().status() == PlanStatus.CLOSED)
                .isPresent();
    }
}
