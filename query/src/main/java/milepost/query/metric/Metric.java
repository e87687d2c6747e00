package milepost.query.metric;

import static milepost.query.metric.Label.ANSWER;
import static milepost.query.metric.Label.COMMAND;
import static milepost.query.metric.Label.JAVA;
import static milepost.query.metric.Label.MILESTONE_STATUS;
import static milepost.query.metric.Label.OUTCOME;
import static milepost.query.metric.Label.PARTNERSHIP_STATUS;
import static milepost.query.metric.Label.PHASE;
import static milepost.query.metric.Label.PLAN_STATUS;
import static milepost.query.metric.Label.PROGRAMME;
import static milepost.query.metric.Label.REVISION;
import static milepost.query.metric.Label.VERSION;
import static milepost.query.metric.Taken.COUNTER;
import static milepost.query.metric.Taken.HISTOGRAM;
import static milepost.query.metric.Taken.INFO;
import static milepost.query.metric.Taken.atScrape;
import static milepost.query.metric.Taken.counted;
import static milepost.query.metric.Taken.ofPlan;
import static milepost.query.metric.Taken.ofProjections;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import milepost.log.store.LogClock;
import milepost.log.store.LogSize;
import milepost.log.store.LogTable;
import milepost.query.projection.axon.Lag;

/** Every number Milepost exposes, defined once: its name in Prometheus, how it is taken, help, and what a value means. */
public enum Metric {
    PLAN_PROGRESS(
            "milepost_plan_progress_ratio",
            ofPlan(plan -> plan.indicators().progress()),
            "Weight of what is met over the weight of all milestones that are not withdrawn.",
            "1 is all met; absent while there is no milestone"),
    PLAN_WEIGHT(
            "milepost_plan_milestones_weight",
            ofPlan(PlanOnDay::weight),
            "Weight of all milestones that are not withdrawn.",
            "in units of weight; what progress is a share of"),
    PLAN_WEIGHT_MET(
            "milepost_plan_milestones_weight_met",
            ofPlan(PlanOnDay::weightMet),
            "Weight met so far, of all milestones that are not withdrawn.",
            "in units of weight; a partly met milestone earns its share"),
    PLAN_SCHEDULE_PERFORMANCE(
            "milepost_plan_schedule_performance_ratio",
            ofPlan(plan -> plan.indicators().schedulePerformanceIndex()),
            "Schedule performance index: earned value over planned value.",
            "below 1 is late; absent, not 0 or 1, while nothing was due"),
    PLAN_EARNED_VALUE(
            "milepost_plan_earned_value",
            ofPlan(plan -> plan.indicators().earnedValue()),
            "Weight met so far, of milestones with a baseline.",
            "in units of weight; a partly met milestone earns its share"),
    PLAN_PLANNED_VALUE(
            "milepost_plan_planned_value",
            ofPlan(plan -> plan.indicators().plannedValue()),
            "Weight of the milestones whose baseline has passed.",
            "in units of weight; withdrawn milestones do not count"),
    PLAN_MILESTONES(
            "milepost_plan_milestones",
            ofPlan(PlanOnDay::milestones, MILESTONE_STATUS),
            "Milestones by status.",
            "OC4IDS codes, and withdrawn"),
    PLAN_MILESTONES_OVERDUE(
            "milepost_plan_milestones_overdue",
            ofPlan(plan -> plan.indicators().overdue()),
            "Milestones scheduled or partly met whose current due date has passed.",
            "changes at midnight, UTC-12: when the day is over everywhere"),
    PLAN_MILESTONES_NEWLY_OVERDUE(
            "milepost_plan_milestones_newly_overdue",
            ofPlan(PlanOnDay::newlyOverdue),
            "Milestones that are overdue since at most 7 days.",
            "of those overdue; for the alert on what was just missed"),
    PLAN_MILESTONES_DUE_30D(
            "milepost_plan_milestones_due_30d",
            ofPlan(PlanOnDay::dueSoon),
            "Milestones scheduled or partly met that are due today or in the next 30 days.",
            "by the last day the due date can mean"),
    PLAN_NEXT_DUE(
            "milepost_plan_next_due_timestamp_seconds",
            ofPlan(PlanOnDay::nextDue),
            "When the next milestone is due.",
            "00:00 UTC of the last day the due date can mean; absent while none lies ahead"),
    PLAN_SLIPPAGE(
            "milepost_plan_slippage_days",
            ofPlan(PlanOnDay::worstSlippage),
            "The worst slippage of the plan's milestones against their baselines, in days.",
            "negative is early; absent while no milestone has both dates; withdrawn milestones do not count"),
    PLAN_LATE_DAYS(
            "milepost_plan_late_days",
            ofPlan(plan -> plan.indicators().daysLate()),
            "Days since the oldest due date of the plan's open milestones.",
            "negative while the first lies ahead; absent while no open milestone has a date"),
    PLAN_PARTNERSHIPS(
            "milepost_plan_partnerships",
            ofPlan(PlanOnDay::partnerships, PARTNERSHIP_STATUS, PROGRAMME),
            "Partnerships by status and programme.",
            "programme is none for partnerships outside the network's programmes"),
    PLAN_PROJECTS(
            "milepost_plan_projects",
            ofPlan(PlanOnDay::projects, PHASE),
            "Projects by phase.",
            "phase is none before a first one; withdrawn projects do not count"),
    PLAN_STATUS_NOW(
            "milepost_plan_status",
            ofPlan(PlanOnDay::statuses, PLAN_STATUS),
            "The plan's status.",
            "1 for the one that holds, else 0"),
    PLAN_IN_PERIOD(
            "milepost_plan_in_period",
            ofPlan(PlanOnDay::inPeriod),
            "Whether the plan's period holds the day.",
            "1 from its first day to its last, else 0; what is expected of a plan is expected then"),
    PLAN_LAST_HAPPENED(
            "milepost_plan_last_happened_timestamp_seconds",
            ofPlan(PlanOnDay::lastHappened),
            "When something last happened in the plan.",
            "by the officers' dates: 00:00 UTC of the latest day a fact counts from"),
    PLAN_LAST_RECORDED(
            "milepost_plan_last_recorded_timestamp_seconds",
            ofPlan(PlanOnDay::lastRecorded),
            "When something was last recorded of the plan.",
            "by the log's clock"),
    PROJECTION_LAG_SECONDS(
            "milepost_projection_lag_seconds",
            ofProjections(Lag.Backlog::seconds),
            "Age of the oldest fact the projection has not handled.",
            "0 when it has handled all"),
    PROJECTION_LAG_EVENTS(
            "milepost_projection_lag_events",
            ofProjections(Lag.Backlog::events),
            "Facts the projection has not handled.",
            "0 when it has handled all"),
    DEAD_LETTERS(
            "milepost_dead_letters",
            ofProjections(Lag.Backlog::deadLetters),
            "Facts the projection could not handle, and those waiting behind them.",
            "above 0 somebody has to look; see the operator's page on dead letters"),
    AUDIT_LOG_SIZE(
            "milepost_audit_log_size",
            atScrape(told -> told.audit().map(LogTable.Coverage::size)),
            "Facts that the last signed checkpoint covers.",
            "of all streams; it only grows"),
    AUDIT_LOG_LAG_SECONDS(
            "milepost_audit_log_lag_seconds",
            atScrape(told -> told.audit().map(LogTable.Coverage::seconds)),
            "Age of the oldest fact that no signed checkpoint covers.",
            "0 when all are covered"),
    AUDIT_VERIFICATION_OK(
            "milepost_audit_verification_ok",
            atScrape(told -> told.verifies().map(ok -> ok ? 1 : 0)),
            "Whether the log verified when this node last went through it.",
            "1 it did, 0 it did not: the log of this node says why; absent until it was gone through once"),
    COMMANDS(
            "milepost_commands_seconds",
            counted(HISTOGRAM, COMMAND, OUTCOME),
            "How long commands took, until they were stored.",
            "a histogram; outcome tells what became of them"),
    COMMAND_ANSWERS(
            "milepost_command_answers_total",
            counted(COUNTER, ANSWER),
            "Commands sent over HTTP, by the status they were answered with.",
            "5xx is our failure, also of those that reached no plan; who was not let in (401, 429) asked for nothing"),
    DATABASE_UP(
            "milepost_database_up",
            atScrape(told -> Optional.of(told.databaseAnswers() ? 1 : 0)),
            "Whether the database answers this node.",
            "1 it did, 0 it did not within two seconds: lags are absent then, and plans are shown as they were last known"),
    LOG_CLOCK_AHEAD(
            "milepost_log_clock_ahead_seconds",
            atScrape(told -> told.clocks().map(LogClock.Reading::ahead)),
            "How far the time of the last fact lies ahead of the database's clock.",
            "0 when it does not; above 0 that clock was ahead, and new facts get times right behind the last until it has caught up"),
    DATABASE_CLOCK_OFFSET(
            "milepost_database_clock_offset_seconds",
            atScrape(told -> told.clocks().map(LogClock.Reading::offset)),
            "How far the database's clock is ahead of this node's.",
            "negative is behind, 0 is the same as far as an answer of the database can tell"),
    LOG_FACTS(
            "milepost_log_facts",
            atScrape(told -> told.clocks().map(LogClock.Reading::facts)),
            "Facts in the log.",
            "of all streams; it only grows"),
    LOG_SIZE(
            "milepost_log_size_bytes",
            atScrape(told -> told.size().map(LogSize.Bytes::log)),
            "What the log takes on the database's disk, its indexes included.",
            "over milepost_log_facts it is what a fact takes; looked at once a minute"),
    DATABASE_SIZE(
            "milepost_database_size_bytes",
            atScrape(told -> told.size().map(LogSize.Bytes::database)),
            "What the database takes on its disk.",
            "the log, what is read, and all else in it; looked at once a minute"),
    BUILD(
            "milepost_build_info",
            counted(INFO, VERSION, REVISION, JAVA),
            "What this node was built from and runs on.",
            "always 1"),
    BACKUP_LAST_SUCCESS(
            "milepost_backup_last_success_timestamp_seconds",
            atScrape(told -> told.backup().map(Backups.Last::seconds)),
            "When the last backup that became whole was begun.",
            "by the database's clock, as ops/backup/backup recorded it; absent while it has made none, as with the"
                    + " embedded server, and no alert tells of that");

    private static final String OF_PLAN = "milepost_plan_";
    private static final String RECORDED = "plan:";

    /** Its name in Prometheus. */
    public final String text;

    @SuppressWarnings("ImmutableEnumChecker") // of functions without state
    final Taken taken;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    public final List<Label> labels;

    public final String help;
    public final String meaning;

    Metric(String text, Taken taken, String help, String meaning) {
        this.text = text;
        this.taken = taken;
        this.labels = taken.labels();
        this.help = help;
        this.meaning = meaning;
    }

    /**
     * The name under which a plan's number is recorded without the node that was scraped, its past and its present;
     * empty for what is no plan's.
     */
    public Optional<String> recorded() {
        return taken instanceof Taken.OfPlan
                ? Optional.of(RECORDED + text.substring(OF_PLAN.length()))
                : Optional.empty();
    }

    /** Whether it can be told of a day of the past, by the officers' dates; when facts were recorded cannot. */
    public boolean hasPast() {
        return recorded().isPresent() && this != PLAN_LAST_RECORDED;
    }

    /** Its type in Prometheus. */
    public String type() {
        return taken.type();
    }

    /** Tells these values of its labels. */
    public void tell(MeterRegistry registry, String... values) {
        var gauge = Gauge.builder(text.replace('_', '.'), () -> 1).description(help);
        for (var i = 0; i < values.length; i++) gauge.tag(labels.get(i).text, values[i]);
        gauge.register(registry);
    }

    /** The counter for these values of its labels; it is scraped as 0 before it has counted. */
    public Counter counter(MeterRegistry registry, String... values) {
        var counter =
                Counter.builder(text.replace("_total", "").replace('_', '.')).description(help);
        for (var i = 0; i < values.length; i++) counter.tag(labels.get(i).text, values[i]);
        return counter.register(registry);
    }

    /** The timer for these values of its labels. */
    public Timer timer(MeterRegistry registry, String... values) {
        var timer = Timer.builder(text.replace("_seconds", "").replace('_', '.'))
                .description(help)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5));
        for (var i = 0; i < values.length; i++) timer.tag(labels.get(i).text, values[i]);
        return timer.register(registry);
    }
}
