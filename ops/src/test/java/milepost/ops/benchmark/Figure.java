package milepost.ops.benchmark;

import org.jspecify.annotations.Nullable;

/** What is measured, in the table's order, and what is to be reached. */
enum Figure {
    PGBENCH("pgbench: one prepared INSERT, 32 clients", "/s"),
    BARE("bare Spring MVC and one INSERT, 32 connections", "/s", ofPgbench(0, 0)),
    BARE_P99("its p99", "ms"),

    COMMANDS("commands over HTTP, 1,000 plans, 32 connections", "/s", ofPgbench(0.12, 0.25)),
    COMMANDS_P50("its p50", "ms"),
    COMMANDS_P99("its p99", "ms"),
    COMMANDS_REFUSED("not answered with 2xx", "", atMost(0, 0)),
    COMMANDS_LOST("answered, and not in the log", "", atMost(0, 0)),
    COMMANDS_LAG("the projections' lag at its end", "s", atMost(1, 1)),

    ONE_PLAN("the same on one plan", "/s", ofPgbench(0.03, 0.06)),
    ONE_PLAN_P99("its p99", "ms"),
    ONE_PLAN_REFUSED("not answered with 2xx", "", atMost(0, 0)),

    IN_PROCESS("in process, projections off, 32 callers", "/s", ofPgbench(0.4, 0.8)),
    IN_PROCESS_PROJECTED("in process, projections on", "/s", ofPgbench(0, 0)),
    IN_PROCESS_REFUSED("refused", "", atMost(0, 0)),

    HALF_RATE("commands at half of that rate, by schedule", "/s"),
    HALF_P50("its p50, from the moment it was due", "ms"),
    HALF_P99("its p99", "ms", atMost(25, 12)),
    HALF_REFUSED("not answered with 2xx", "", atMost(0, 0)),

    VISIBLE_PLAN_SAME("201 until GET of the plan shows it, same node, p99", "ms", atMost(100, 50)),
    VISIBLE_LIST_SAME("201 until the list of plans shows it, same node, p99", "ms", atMost(100, 50)),
    VISIBLE_PLAN_OTHER("201 until GET of the plan shows it, other node, p99", "ms", atMost(200, 150)),
    VISIBLE_LIST_OTHER("201 until the list of plans shows it, other node, p99", "ms", atMost(200, 150)),

    SCHEDULE_10("a milestone scheduled on 10 facts", "ms"),
    SCHEDULE_1000("on 1,000", "ms"),
    SCHEDULE_10000("on 10,000", "ms"),
    SCHEDULE_GROWTH("10,000 against 10", "x", atMost(1.5, 1.1)),
    MEET_10("a milestone met on 10 facts", "ms"),
    MEET_1000("on 1,000", "ms"),
    MEET_10000("on 10,000", "ms"),
    MEET_GROWTH("10,000 against 10", "x", atMost(1.5, 1.1)),
    COLD_10("the first command on 10 facts after a start", "ms"),
    COLD_1000("on 1,000", "ms"),
    COLD_10000("on 10,000", "ms"),
    RETRACTION_10000("a retraction on 10,000", "ms", atMost(200, 50)),

    LIST("list of 50 plans, 32 connections", "/s"),
    LIST_P99("its p99", "ms"),
    PLAN("one plan", "/s"),
    PLAN_P99("its p99", "ms"),
    TIMELINE("one timeline", "/s"),
    TIMELINE_P99("its p99", "ms"),

    SCRAPE_26("scrape at 26 plans", "ms"),
    SCRAPE_26_FIRST("the first", "ms"),
    SCRAPE_26_BYTES("its size", "bytes"),
    SCRAPE_1000("scrape at 1,000 plans", "ms", atMost(100, 50)),
    SCRAPE_1000_FIRST("the first", "ms"),
    SCRAPE_1000_BYTES("its size", "bytes"),
    SCRAPE_3000("scrape at 3,000 plans", "ms"),
    SCRAPE_3000_FIRST("the first", "ms"),
    SCRAPE_3000_BYTES("its size", "bytes"),

    RAW_READ("the large log read by JDBC", "facts/s"),
    REBUILD("both projections rebuilt", "facts/s", atLeast(30_000, 100_000)),

    AS_OF_SMALL("asOf of a plan of 1,000 facts, 10,000 in the store", "ms"),
    AS_OF_LARGE("in the large store", "ms", atMost(20, 9)),
    AS_OF_GROWTH("large against small", "x", atMost(1.2, 1.1)),

    START("start until ready on the large store", "s", atMost(6, 4)),
    START_TWO("two nodes at once, until both are ready", "s", atMost(12, 8)),
    START_BESIDE("a second node beside one at half load", "s", atMost(12, 8)),
    MEMORY_RSS("memory of a node on it, RSS", "MB"),
    MEMORY_HEAP("its heap after a collection", "MB");

    final String text;
    final String unit;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    final @Nullable Bound bound;

    Figure(String text, String unit) {
        this(text, unit, null);
    }

    Figure(String text, String unit, @Nullable Bound bound) {
        this.text = text;
        this.unit = unit;
        this.bound = bound;
    }

    /** @param ofPgbench whether it is the share of pgbench's figure in the same round that is looked at */
    record Bound(double floor, double goal, boolean ofPgbench, boolean least) {
        /** Some shares are told, and nothing is asked of them. */
        boolean isLimit() {
            return !least || floor > 0;
        }

        String verdict(double value) {
            if (!isLimit()) return "";
            return reaches(value, goal) ? "goal" : reaches(value, floor) ? "floor" : "NO";
        }

        private boolean reaches(double value, double limit) {
            return least ? value >= limit : value <= limit;
        }
    }

    private static Bound ofPgbench(double floor, double goal) {
        return new Bound(floor, goal, true, true);
    }

    private static Bound atLeast(double floor, double goal) {
        return new Bound(floor, goal, false, true);
    }

    private static Bound atMost(double floor, double goal) {
        return new Bound(floor, goal, false, false);
    }
}
