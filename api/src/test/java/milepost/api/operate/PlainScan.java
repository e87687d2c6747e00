package milepost.api.operate;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import milepost.api.Node;
import milepost.event.Happening;
import milepost.event.Recorded;
import milepost.event.json.EventJson;
import milepost.plan.PlanRecord;
import milepost.query.plan.MilestoneRow;
import milepost.query.plan.PlanRows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The log read with plain SQL and folded here, to be held against what the projections have written. */
final class PlainScan {
    private PlainScan() {}

    /** Every row of every projection is what the log says, and timelines answer what a replay to the last version does. */
    static void assertRowsAgree(Node node) {
        assertThat(rows(node.sql())).isEqualTo(folded(node.sql()));
        folded(node.sql())
                .keySet()
                .forEach(plan -> assertThat(timeline(node, plan, null))
                        .as("timeline of " + plan)
                        .isEqualTo(timeline(node, plan, lastVersion(node.sql(), plan))));
    }

    /** Positions from 1 and each stream's versions from 1, without holes, and moments that rise with positions. */
    static void assertLogIsWhole(JdbcClient sql) {
        assertThat(sql.sql("""
                        select count(*) from (
                            select position, row_number() over (order by position) as nth,
                                version, row_number() over (partition by stream order by position) as nth_of_stream,
                                at, lag(at) over (order by position) as before
                            from event_log) fact
                        where nth <> position or nth_of_stream <> version or at <= before""").query(Long.class).single())
                .as("facts out of order")
                .isZero();
    }

    /** What is in the read tables, a line a row, by plan. */
    static SortedMap<String, List<String>> rows(JdbcClient sql) {
        return byPlan(sql.sql("""
                        select plan, 'plan ' || version || ' ' || body as line, 0 as part, 0 as nth from plan
                        union all select plan, 'status ' || status, 1, 0 from plan
                        union all select plan, 'project ' || id || ' ' || body, 2, ordinal from project
                        union all select plan, 'milestone ' || id || ' open until ' || coalesce(open_until::text, '-')
                            || ' ' || body, 3, ordinal from milestone
                        union all select plan, 'partnership ' || id || ' ' || body, 4, ordinal from partnership
                        union all select plan, 'timeline ' || version, 5, 0 from timeline
                        union all select plan, 'entry ' || version || ' ' || first_day, 6, version from timeline_entry
                        order by plan, part, nth""")
                .query((row, i) -> Map.entry(row.getString("plan"), row.getString("line")))
                .list());
    }

    /** What should be in them. */
    static SortedMap<String, List<String>> folded(JdbcClient sql) {
        var lines = new ArrayList<Map.Entry<String, String>>();
        scan(sql).forEach((plan, facts) -> {
            var record = PlanRecord.of(facts);
            Stream.concat(planLines(PlanRows.of(record).orElseThrow()), timelineLines(record))
                    .forEach(line -> lines.add(Map.entry(plan, line)));
        });
        return byPlan(lines);
    }

    private static SortedMap<String, List<Recorded>> scan(JdbcClient sql) {
        return sql
                .sql("select substr(stream, 6) as plan, position, version, at, type, payload, metadata from event_log"
                        + " where stream like 'plan/%' order by position")
                .query((row, i) -> Map.entry(
                        row.getString("plan"),
                        new Recorded(
                                row.getLong("position"),
                                row.getLong("version"),
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                EventJson.author(row.getString("metadata")),
                                EventJson.read(row.getString("type"), row.getString("payload")))))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, TreeMap::new, mapping(Map.Entry::getValue, toList())));
    }

    private static Stream<String> planLines(PlanRows rows) {
        var plan = rows.plan();
        return Stream.of(
                        Stream.of("plan " + plan.version() + " " + json(plan), "status " + plan.status().code),
                        rows.projects().stream().map(p -> "project " + p.project() + " " + json(p)),
                        rows.milestones().stream()
                                .map(m -> "milestone " + m.milestone() + " open until " + openUntil(m) + " " + json(m)),
                        rows.partnerships().stream().map(p -> "partnership " + p.partnership() + " " + json(p)))
                .flatMap(lines -> lines);
    }

    private static String openUntil(MilestoneRow milestone) {
        return milestone.isOpen() && milestone.due() != null
                ? milestone.due().latest().toString()
                : "-";
    }

    private static Stream<String> timelineLines(PlanRecord record) {
        return Stream.concat(
                Stream.of("timeline " + record.version()),
                record.facts().stream()
                        .map(fact -> "entry " + fact.version() + " "
                                + ((Happening) fact.event()).on().earliest()));
    }

    private static List<JsonNode> timeline(Node node, String plan, @Nullable Long version) {
        var items = new ArrayList<JsonNode>();
        var next = "/api/plans/" + plan + "/timeline?limit=200" + (version == null ? "" : "&version=" + version);
        while (next != null) {
            var page = node.read(next);
            StreamSupport.stream(page.get("items").spliterator(), false).forEach(items::add);
            next = page.get("next").isNull() ? null : page.get("next").asString();
        }
        return items;
    }

    private static Long lastVersion(JdbcClient sql, String plan) {
        return sql.sql("select max(version) from event_log where stream = ?")
                .param("plan/" + plan)
                .query(Long.class)
                .single();
    }

    private static SortedMap<String, List<String>> byPlan(List<Map.Entry<String, String>> lines) {
        return lines.stream()
                .collect(groupingBy(Map.Entry::getKey, TreeMap::new, mapping(Map.Entry::getValue, toList())));
    }

    private static String json(Object row) {
        return EventJson.MAPPER.writeValueAsString(row);
    }
}
