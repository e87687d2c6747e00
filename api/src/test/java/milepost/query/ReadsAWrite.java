package milepost.query;

import milepost.command.Reason;

/** Breaks the rule that reads never see writes, so that its test can fail. */
public final class ReadsAWrite {
    public static final String CODE = Reason.PLAN_EXISTS.code;

    private ReadsAWrite() {}
}
