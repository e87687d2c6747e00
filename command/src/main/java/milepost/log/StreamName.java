package milepost.log;

import milepost.event.PlanId;

/** How streams are called: each plan has one, and those who use the system have one together. */
public final class StreamName {
    /** Who signed in, what was refused, who was allowed what. */
    public static final String ACCESS = "access";

    /** What the names of all plans' streams begin with, and no other. */
    public static final String PLANS = "plan/";

    private StreamName() {}

    public static String of(PlanId plan) {
        return of(plan.text());
    }

    public static String of(String plan) {
        return PLANS + plan;
    }

    public static boolean isPlan(String stream) {
        return stream.startsWith(PLANS);
    }

    /** The id of the plan that has this stream. */
    public static String plan(String stream) {
        return stream.substring(PLANS.length());
    }
}
