package milepost.command;

/** Every refusal there is; its code is public and keeps its meaning. */
public enum Reason {
    OUT_OF_BOUNDS("out-of-bounds", Kind.INVALID),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", Kind.INVALID),

    PLAN_UNKNOWN("plan-unknown", Kind.UNKNOWN),
    PROJECT_UNKNOWN("project-unknown", Kind.UNKNOWN),
    MILESTONE_UNKNOWN("milestone-unknown", Kind.UNKNOWN),
    PARTNERSHIP_UNKNOWN("partnership-unknown", Kind.UNKNOWN),
    OFFICER_UNKNOWN("officer-unknown", Kind.UNKNOWN),

    PLAN_EXISTS("plan-exists", Kind.CONFLICT),
    PROJECT_EXISTS("project-exists", Kind.CONFLICT),
    MILESTONE_EXISTS("milestone-exists", Kind.CONFLICT),
    PARTNERSHIP_EXISTS("partnership-exists", Kind.CONFLICT),
    OFFICER_APPOINTED("officer-appointed", Kind.CONFLICT),

    PLAN_CLOSED("plan-closed", Kind.CONFLICT),
    PLAN_NO_DRAFT_AGAIN("plan-no-draft-again", Kind.CONFLICT),
    PROJECT_WITHDRAWN("project-withdrawn", Kind.CONFLICT),
    PROJECT_HAS_OPEN_MILESTONES("project-has-open-milestones", Kind.CONFLICT),
    MILESTONE_MET("milestone-met", Kind.CONFLICT),
    MILESTONE_WITHDRAWN("milestone-withdrawn", Kind.CONFLICT),
    PARTNERSHIP_ENDED("partnership-ended", Kind.CONFLICT),
    OFFICER_RELIEVED("officer-relieved", Kind.CONFLICT),
    ALREADY_RECORDED("already-recorded", Kind.CONFLICT),
    FACT_BEFORE_BEGINNING("fact-before-beginning", Kind.CONFLICT),

    OPENING_STAYS("opening-stays", Kind.CONFLICT),
    RETRACTION_STAYS("retraction-stays", Kind.CONFLICT),
    FACT_BUILT_UPON("fact-built-upon", Kind.CONFLICT),

    PLAN_CHANGED_MEANWHILE("plan-changed-meanwhile", Kind.STALE);

    /** What sort of refusal it is, which decides the HTTP status. */
    public enum Kind {
        INVALID,
        UNKNOWN,
        CONFLICT,
        STALE
    }

    public final String code;
    public final Kind kind;

    Reason(String code, Kind kind) {
        this.code = code;
        this.kind = kind;
    }

    /**
     * A refusal for this reason.
     *
     * @param detail what is wrong and how to mend it, for the person who asked
     */
    public Rejected rejected(String detail) {
        return new Rejected(this, detail);
    }
}
