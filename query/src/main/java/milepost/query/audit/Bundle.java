package milepost.query.audit;

/** The files of an exported log: all that is needed to verify it, in a zip. */
public final class Bundle {
    /** Every entry to the checkpoint's size, a line each, in order; its bytes without the line break are the leaf. */
    public static final String HISTORY = "history.ndjson";

    /** The leaves' hashes as the log keeps them since they were integrated: 32 bytes each, in order. */
    public static final String HASHES = "hashes";

    /** A signed note. */
    public static final String CHECKPOINT = "checkpoint";

    /** The public halves of all keys the log was ever signed with, a line each, the oldest first. */
    public static final String KEYS = "keys";

    /** Signed notes, one after another: for each key but the first, the first checkpoint whose tree introduces it. */
    public static final String HANDOVERS = "handovers";

    /** Every plan at the checkpoint, a line each, by id: as of its last entry, with the numbers of its day. */
    public static final String PLANS = "plans.ndjson";

    /** By which day the plans were shown, a line; a bundle of the time of {@link Reckoning#UTC_14} names none. */
    public static final String RECKONING = "reckoning";

    public static final String README = "README.md";
    public static final String PROGRAM = "verify.py";

    /** The type of the access log's facts that introduce a key; their payload has it as {@code key}. */
    public static final String KEY_INTRODUCED = "AuditKeyIntroduced";

    private Bundle() {}

    /** The key alone, in PEM. */
    public static String pem(VerifierKey key) {
        return "key-" + key.id() + ".pem";
    }
}
