package milepost.api.identity;

/** What one may be allowed. */
public enum Right {
    /** What is for everybody, signed in or not. */
    PUBLIC("public"),
    /** Plans, timelines, indicators and the network's documents. */
    READ("read"),
    /** One's own account, password and clients: whoever is signed in, in whatever role. */
    SELF("self"),
    /** The pseudonym and the client of those who recorded a fact; others see role and organisation. */
    AUTHORS("authors"),
    /** The name behind a pseudonym. */
    NAMES("names"),
    /** A plan's facts exactly as recorded. */
    HISTORY("history", true),
    /** All entries of the audit log, whatever stream they are of. */
    ENTRIES("entries"),
    /** Facts of a plan that need no other right. */
    RECORD("record", true),
    /** The endorsement, completion, closing and reopening of a plan. */
    GOVERN("govern", true),
    /** The opening of a plan, and its officers. */
    FOUND("found", true),
    /** The access log. */
    ACCESS_LOG("access-log"),
    /** Others' accounts and clients. */
    ACCOUNTS("accounts"),
    /** Metrics, projections, dead letters. */
    OPERATE("operate");

    public final String code;

    /** Whether it is held for some plans only, as far as the grant reaches. */
    public final boolean ofPlan;

    Right(String code) {
        this(code, false);
    }

    Right(String code, boolean ofPlan) {
        this.code = code;
        this.ofPlan = ofPlan;
    }
}
