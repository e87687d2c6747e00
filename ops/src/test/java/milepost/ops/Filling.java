package milepost.ops;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import milepost.event.Basis;
import milepost.event.CityProfile;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.EventTypes;
import milepost.event.Evidence;
import milepost.event.FactRetracted;
import milepost.event.Health;
import milepost.event.MilestoneEvent.MilestoneMet;
import milepost.event.MilestoneEvent.MilestoneRescheduled;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneId;
import milepost.event.PartialDate;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import milepost.event.PlanStatus;
import milepost.event.ProjectEvent.ProjectAdded;
import milepost.event.ProjectEvent.ProjectStatusReported;
import milepost.event.ProjectId;
import milepost.event.json.EventJson;
import milepost.log.store.LogTable;

/** Writes facts past the application into a database, as many as it takes, each as the log would have it. */
public final class Filling {
    private static final String MODEL = "plan-0000";
    private static final int PROJECTS = 10;
    private static final int RETRACTION = 900;

    /** As the table's trigger does, for all rows at once; plans take turns. */
    private static final String FILL = """
            insert into event_log
                (position, event_id, stream, version, at, type, revision, payload, metadata, line)
            select position, gen_random_uuid(), stream, version, at, type, null, payload, metadata, convert_to(
                '{"position":' || position
                || ',"stream":' || to_json(stream)
                || ',"version":' || version
                || ',"at":"' || to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                || '","type":' || to_json(type)
                || ',"revision":null'
                || ',"metadata":' || metadata
                || ',"payload":' || payload
                || '}', 'UTF8')
            from (
                select last.position + nth as position, last.at + nth * interval '1 microsecond' as at,
                    'plan/' || plan as stream, version, type, replace(payload, ?, plan) as payload,
                    '{"traceId":"' || trace || '","correlationId":"' || trace || '","by":{"subject":"benchmark",'
                        || '"role":"system","organisation":null,"client":null}}' as metadata
                from (select position, at from event_log order by position desc limit 1) last,
                    (select nth, name || to_char(nth % plans, '-FM0000') as plan, (nth - 1) / plans + 1 as version,
                        gen_random_uuid() as trace
                     from (select cast(? as text) as name, cast(? as bigint) as plans, cast(? as bigint) as facts) size,
                        generate_series(1, facts) nth) fact
                    join model using (version)
                order by nth) placed
            """;

    private Filling() {}

    public static String plan(String name, int nth) {
        return String.format(Locale.ROOT, "%s-%04d", name, nth);
    }

    /** So many plans, {@code name-0000} and those after it, of so many facts each; whoever writes meanwhile waits. */
    public static void fill(Connection connection, String name, int plans, int facts) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create temporary table model (version bigint primary key, type text, payload text)");
            try (var insert = connection.prepareStatement("insert into model values (?, ?, ?)")) {
                var version = 0;
                for (var event : story(facts)) {
                    insert.setLong(1, ++version);
                    insert.setString(2, EventTypes.name(event.getClass()));
                    insert.setString(3, EventJson.write(event));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute("analyze model");
            statement.execute("set session_replication_role = replica"); // without the triggers
            connection.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + LogTable.TURN + ")");
            try (var insert = connection.prepareStatement(FILL)) {
                insert.setString(1, MODEL);
                insert.setString(2, name);
                insert.setLong(3, plans);
                insert.setLong(4, (long) plans * facts);
                insert.execute();
            }
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("drop table model");
            statement.execute("vacuum analyze event_log");
            statement.execute("checkpoint");
        }
    }

    /** A plan with projects and milestones, of which many move, are met and reported on; one fact is taken back. */
    private static List<Event> story(int facts) {
        var plan = new PlanId(MODEL);
        var story = new ArrayList<Event>();
        story.add(new PlanOpened(
                plan,
                on("2018"),
                new CityProfile(MODEL, null, "Thailand", "TH", false, 1234.5, 7066.0, 14.25, 100.5),
                on("2018"),
                on("2025"),
                said("City action plan 2018-2025")));
        story.add(new PlanStatusChanged(plan, on("2018-07-08"), PlanStatus.ENDORSED, said("Endorsed")));
        for (var i = 0; i < PROJECTS; i++) {
            story.add(new ProjectAdded(plan, on("2018"), project(i), List.of("built-infrastructure"), said("P" + i)));
        }
        for (var i = 0; story.size() < facts; i++) {
            var milestone = new MilestoneId("milestone-" + i / 5);
            var year = 2019 + i % 7;
            story.add(
                    story.size() == RETRACTION
                            ? new FactRetracted(plan, RETRACTION - 1, "It was another milestone")
                            : switch (i % 5) {
                                case 0 ->
                                    new MilestoneScheduled(
                                            plan, on("2018-09"), milestone, project(i), on(year + "-06"), 1, said("M"));
                                case 1 ->
                                    new MilestoneRescheduled(
                                            plan, on(year + "-05"), milestone, on(year + "-12"), said("Late"));
                                case 2 ->
                                    new ProjectStatusReported(
                                            plan, on(year + "-07-01"), project(i), Health.ON_TRACK, said("On its way"));
                                case 3 ->
                                    new PlanStatusReported(plan, on(year + "-08"), Health.ON_TRACK, said("Reported"));
                                default -> new MilestoneMet(plan, on(year + "-11-20"), milestone, said("Met"));
                            });
        }
        return story;
    }

    private static ProjectId project(int nth) {
        return new ProjectId(Integer.toString(nth % PROJECTS + 1));
    }

    private static PartialDate on(String day) {
        return new PartialDate(day);
    }

    private static Details said(String title) {
        return new Details(
                title,
                "What was told about it, in a sentence as long as those of the network's own reports are.",
                null,
                List.of(),
                List.of(new Evidence("https://example.org/news/" + title, null)),
                Basis.REPORTED);
    }
}
