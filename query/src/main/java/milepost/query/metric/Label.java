package milepost.query.metric;

import java.util.List;

/** A label, and what bounds the values it can have. */
public enum Label {
    PLAN("plan", "the plans there are"),
    CITY("city", "one for each plan"),
    COUNTRY("country", "one for each plan"),
    MILESTONE_STATUS("status", "five milestone statuses"),
    PARTNERSHIP_STATUS("status", "five partnership statuses"),
    PLAN_STATUS("status", "six plan statuses"),
    PROGRAMME("programme", "the network's own programmes, none and other"),
    PHASE("phase", "five phases and none"),
    PROCESSOR("processor", "the projections there are"),
    COMMAND("command", "the kinds of commands there are"),
    OUTCOME("outcome", "recorded, unchanged, error and the codes of problems"),
    ANSWER("answer", "2xx, 4xx and 5xx"),
    VERSION("version", "one at a time on each node"),
    REVISION(
            "revision",
            "the commit it was built from, with -modified behind it if something else was; unknown without a repository"),
    JAVA("java", "one at a time on each node");

    /** Of everything of a plan, before a metric's own. */
    static final List<Label> OF_EVERY_PLAN = List.of(PLAN, CITY, COUNTRY);

    public final String text;
    public final String bound;

    Label(String text, String bound) {
        this.text = text;
        this.bound = bound;
    }
}
