package milepost.ops.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import milepost.event.PlanId;
import milepost.event.Recorded;
import milepost.event.json.EventJson;
import milepost.log.StreamName;
import milepost.plan.PlanRecord;
import milepost.query.audit.Bundle;
import milepost.query.audit.Reckoning;
import milepost.query.plan.Plan;
import milepost.query.plan.PlanRows;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every plan from its lines, one at a time. */
record Folds(Archive archive, Streams streams, Witness witness) {
    /** What a plan was not told with yet while bundles named no reckoning. */
    private static final List<String> TOLD_SINCE = List.of("daysLate");

    private static final String SLUG = "citySlug";

    /** What parts were shown with, before all of it was said by one fact. */
    private static final List<String> SAID = List.of(
            "statement", "by", "on", "narrative", "organisations", "basis", "evidence", "claimedWithoutEvidence");

    /** @throws Wrong if a fact cannot be read */
    List<Recorded> recorded(PlanId plan) {
        return streams.byStream().getOrDefault(StreamName.of(plan), List.of()).stream()
                .map(number -> {
                    var entry = archive.lines().entry(number);
                    try {
                        return entry.recorded();
                    } catch (EventJson.Unreadable e) {
                        throw new Wrong(entry + " cannot be read: " + e.getMessage());
                    }
                })
                .toList();
    }

    /** What the API answers of a plan, by its facts; empty if its opening does not count. */
    Optional<JsonNode> plan(PlanId plan, @Nullable LocalDate on, LocalDate day) {
        return PlanRows.of(PlanRecord.of(recorded(plan)).on(on)).map(rows -> json(Plan.on(day, rows)));
    }

    /** What a bundle has of it, by the reckoning of its time. */
    private Optional<JsonNode> exported(PlanId plan) {
        var day = streams.last().map(last -> archive.reckoning().day(last.at())).orElse(LocalDate.MIN);
        if (archive.reckoning() != Reckoning.UTC_14) return plan(plan, null, day);
        var folded = plan(plan, day, day);
        folded.ifPresent(json -> TOLD_SINCE.forEach(name -> without(name, json)));
        return folded;
    }

    private static void without(String name, JsonNode json) {
        if (json instanceof ObjectNode object) object.remove(name);
        json.forEach(part -> without(name, part));
    }

    static JsonNode json(Object value) {
        return EventJson.MAPPER.readTree(EventJson.MAPPER.writeValueAsBytes(value));
    }

    /**
     * Compares the plans of the archive.
     *
     * @return how many there are
     * @throws Wrong if one is missing, unknown or different
     */
    int check() {
        var unseen = new LinkedHashSet<>(streams.plans());
        try (var plans = archive.plans()) {
            var count = 0;
            for (var line = plans.readLine(); line != null; line = plans.readLine()) {
                var served = read(line);
                var plan = new PlanId(id(served));
                unseen.remove(plan);
                compare(plan, served, exported(plan));
                count++;
            }
            for (var plan : unseen) {
                if (exported(plan).isPresent()) throw new Wrong(StreamName.of(plan) + " is not in " + Bundle.PLANS);
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(PlanId plan, JsonNode served, Optional<JsonNode> folded) {
        var facts = folded.orElseThrow(
                () -> new Wrong(Bundle.PLANS + " has " + StreamName.of(plan) + ", which no fact opens"));
        var version = facts.path("version").asLong(0);
        if (served.path("version").asLong(0) > version) {
            throw new Wrong(StreamName.of(plan) + " version " + (version + 1) + " is missing: " + Bundle.PLANS
                    + " has version " + served.path("version"));
        }
        if (!served.has(SLUG)) asBefore(served, facts);
        Differences.first(Bundle.PLANS, served, facts).ifPresent(difference -> {
            var where = witness.difference(plan, recorded(plan)).map(first -> "; " + first);
            throw new Wrong(StreamName.of(plan) + " version " + version + " is not what its facts say: " + difference
                    + where.orElse(""));
        });
    }

    /**
     * Bundles of before cities had slugs name a country as its opening printed it, or as Java did: its code says which it is.
     * What they say of a part may be of several facts; the facts themselves are compared, as those of any bundle.
     */
    private static void asBefore(JsonNode... plans) {
        for (var plan : plans) {
            if (plan instanceof ObjectNode told) told.remove(List.of(SLUG, "country"));
            for (var parts : List.of("projects", "milestones", "partnerships")) {
                for (var part : plan.path(parts)) if (part instanceof ObjectNode told) told.remove(SAID);
            }
        }
    }

    private static String id(JsonNode plan) {
        return plan.path("plan").asString("");
    }

    private static JsonNode read(String line) {
        try {
            return EventJson.MAPPER.readTree(line);
        } catch (JacksonException e) {
            throw new Wrong(Bundle.PLANS + " is garbled: " + e.getOriginalMessage());
        }
    }

    /** The version of each plan's stream as the archive's plans have it. */
    static TreeMap<String, Long> versions(Archive archive) {
        var versions = new TreeMap<String, Long>();
        try (var plans = archive.plans()) {
            for (var line = plans.readLine(); line != null; line = plans.readLine()) {
                var plan = read(line);
                versions.put(StreamName.of(id(plan)), plan.path("version").asLong(0));
            }
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
