package milepost.ops.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.log.StreamName;
import milepost.plan.PlanRecord;
import milepost.query.past.Replay;
import milepost.query.past.Replay.Step;
import milepost.query.timeline.TimelineEntry;
import tools.jackson.databind.JsonNode;

/** The plans as a server lists and replays them. */
record Served(Server server) {
    /** The server is further than the export: perhaps only because a fact was recorded meanwhile. */
    static final class Newer extends RuntimeException {
        private final String name;

        Newer(String name) {
            super(name);
            this.name = name;
        }

        Wrong asWrong() {
            return new Wrong(name + " is served and not in the log");
        }
    }

    /** The version of each plan. */
    Map<String, Long> versions() {
        var versions = new HashMap<String, Long>();
        listed().forEach((stream, plan) -> versions.put(stream, version(plan)));
        return versions;
    }

    /** The plans as the list shows them, by stream. */
    Map<String, JsonNode> listed() {
        var listed = new HashMap<String, JsonNode>();
        for (var plan : items("/api/plans?limit=200").orElseThrow(() -> new Unusable("the server has no /api/plans"))) {
            listed.put(StreamName.of(new PlanId(plan.path("plan").asString(""))), plan);
        }
        return listed;
    }

    /** Where a plan's timeline is first listed otherwise than the facts tell it; by the first day, then by version. */
    Optional<String> difference(PlanId plan, PlanRecord record) {
        var listed = items("/api/plans/" + plan + "/timeline?limit=200").orElse(List.of());
        var told = TimelineEntry.of(record).stream()
                .sorted(Comparator.comparing(TimelineEntry::firstDay).thenComparing(TimelineEntry::version))
                .toList();
        for (var i = 0; i < told.size(); i++) {
            var name = StreamName.of(plan) + " version " + told.get(i).version();
            if (i == listed.size()) return Optional.of(name + " is in the log and not in the plan's timeline");
            var difference = Differences.first("the plan's timeline", listed.get(i), Folds.json(told.get(i)));
            if (difference.isPresent())
                return Optional.of(name + " is not listed as it was recorded: " + difference.get());
        }
        if (listed.size() == told.size()) return Optional.empty();
        return Optional.of(StreamName.of(plan) + " version " + version(listed.get(told.size()))
                + " is in the plan's timeline" + " and does not stand in the log");
    }

    private Optional<List<JsonNode>> items(String first) {
        var items = new ArrayList<JsonNode>();
        for (var path = Optional.of(first); path.isPresent(); ) {
            var page = server.json(path.get());
            if (page.isEmpty()) return Optional.empty();
            page.get().path("items").forEach(items::add);
            path = page.get().path("next").stringValueOpt();
        }
        return Optional.of(items);
    }

    /**
     * Where the server first tells a plan's story otherwise than the facts.
     *
     * @throws Newer if it tells more
     */
    Optional<String> difference(PlanId plan, List<Recorded> facts) {
        var replay = server.ndjson("/api/plans/" + plan + "/replay");
        if (replay.isEmpty()) return Optional.of(StreamName.of(plan) + " is in the log and its replay is not served");
        try (var steps = replay.get()) {
            var left = steps.iterator();
            var first = Replay.of(facts, 0)
                    .flatMap(step -> difference(plan, step, left).stream())
                    .findFirst();
            if (first.isEmpty() && left.hasNext()) {
                throw new Newer(StreamName.of(plan) + " version " + version(left.next()));
            }
            return first;
        }
    }

    /** The server, asked once something is wrong: whatever it answers then, the wrong is told. */
    Witness witness() {
        return new Witness() {
            @Override
            public Map<String, Long> versions() {
                try {
                    return Served.this.versions();
                } catch (Wrong | Unusable e) {
                    return Map.of();
                }
            }

            @Override
            public Optional<String> difference(PlanId plan, List<Recorded> facts) {
                try {
                    return Served.this.difference(plan, facts);
                } catch (Wrong | Unusable | Newer e) {
                    return Optional.empty();
                }
            }
        };
    }

    private static Optional<String> difference(PlanId plan, Step step, Iterator<JsonNode> left) {
        var name = StreamName.of(plan) + " version " + step.version();
        if (!left.hasNext()) return Optional.of(name + " is in the log and not in the plan's replay");
        return Differences.first("the plan's replay", left.next(), Folds.json(step))
                .map(difference -> name + " is not replayed as it was recorded: " + difference);
    }

    static long version(JsonNode plan) {
        return plan.path("version").asLong(0);
    }
}
