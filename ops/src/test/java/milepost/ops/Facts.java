package milepost.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
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

/** Writes facts past the application into the database of a Milepost, as many as it takes, each as the log would have it. */
final class Facts {
    /** So many facts has each plan. */
    static final int A_PLAN = 1000;

    private static final String MODEL = "plan-0000";
    private static final int PROJECTS = 10;
    private static final int RETRACTION = 900;
    private static final int FETCHED = 4096;

    /** As the table's trigger does, for all rows at once. */
    private static final String PLACED = """
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
            from (%s) placed
            """;

    /** Each plan in its turn. */
    private static final String FILL = PLACED.formatted("""
            select last.position + nth as position, last.at + nth * interval '1 microsecond' as at,
                'plan/' || plan as stream, version, type, replace(payload, ?, plan) as payload,
                '{"traceId":"' || trace || '","correlationId":"' || trace || '","by":{"subject":"benchmark",'
                    || '"role":"system","organisation":null,"client":null}}' as metadata
            from (select position, at from event_log order by position desc limit 1) last,
                (select nth, 'plan-' || to_char(nth % plans, 'FM0000') as plan, (nth - 1) / plans + 1 as version,
                    gen_random_uuid() as trace
                 from (select cast(? as bigint) as plans, cast(? as bigint) as facts) size, generate_series(1, facts) nth) fact
                join model using (version)
            order by nth
            """);

    /** Each plan again under other names, one after the other. */
    private static final String COPY = PLACED.formatted("""
            select last.position + row_number() over copied as position,
                last.at + row_number() over copied * interval '1 microsecond' as at,
                stream || '-' || nth as stream, version, type,
                replace(payload, '"plan":"' || substr(stream, 6) || '"', '"plan":"' || substr(stream, 6) || '-' || nth || '"')
                    as payload, metadata
            from (select position, at from event_log order by position desc limit 1) last,
                generate_series(2, ?) nth, event_log
            where stream like 'plan/%'
            window copied as (order by nth, event_log.position)
            """);

    private final Path data;

    Facts(Path data) {
        this.data = data;
    }

    static String plan(int nth) {
        return String.format(Locale.ROOT, "plan-%04d", nth);
    }

    long postmaster() throws IOException {
        return Long.parseLong(postmasterFile().getFirst().strip());
    }

    private List<String> postmasterFile() throws IOException {
        return Files.readAllLines(data.resolve("postgres/postmaster.pid"));
    }

    private Connection connect() throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postmasterFile().get(3).strip() + "/postgres",
                "milepost",
                Files.readString(data.resolve("password")).strip());
    }

    void fill(int facts) throws IOException, SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create temporary table model (version bigint primary key, type text, payload text)");
            try (var insert = connection.prepareStatement("insert into model values (?, ?, ?)")) {
                var version = 0;
                for (var event : story()) {
                    insert.setLong(1, ++version);
                    insert.setString(2, EventTypes.name(event.getClass()));
                    insert.setString(3, EventJson.write(event));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute("analyze model");
            statement.execute("set session_replication_role = replica"); // without the triggers
            try (var insert = connection.prepareStatement(FILL)) {
                insert.setString(1, MODEL);
                insert.setLong(2, facts / A_PLAN);
                insert.setLong(3, facts);
                insert.execute();
            }
            statement.execute("vacuum analyze event_log");
            statement.execute("checkpoint");
        }
    }

    /** Each plan so many times in all. */
    void copy(int times) throws IOException, SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica"); // without the triggers
            try (var insert = connection.prepareStatement(COPY)) {
                insert.setInt(1, times);
                insert.execute();
            }
            statement.execute("vacuum analyze event_log");
        }
    }

    /** A plan with projects and milestones, of which many move, are met and reported on; one fact is taken back. */
    private static List<Event> story() {
        var plan = new PlanId(MODEL);
        var story = new ArrayList<Event>();
        story.add(new PlanOpened(
                plan,
                on("2018"),
                new CityProfile(MODEL, "Thailand", "TH", false, 1234.5, 7066.0, 14.25, 100.5),
                on("2018"),
                on("2025"),
                said("City action plan 2018-2025")));
        story.add(new PlanStatusChanged(plan, on("2018-07-08"), PlanStatus.ENDORSED, said("Endorsed")));
        for (var i = 0; i < PROJECTS; i++) {
            story.add(new ProjectAdded(plan, on("2018"), project(i), List.of("built-infrastructure"), said("P" + i)));
        }
        for (var i = 0; story.size() < A_PLAN; i++) {
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

    void awaitIntegrated() throws Exception {
        await("select coalesce((select max(size) from audit_checkpoint), 0) >= (select max(position) from event_log)");
    }

    /** Until there are rows of so many plans, and each is that of its plan's last fact. */
    void awaitPlans(int plans) throws Exception {
        await("""
                select count(*) = %s from plan join (
                    select substr(stream, 6) as plan, max(version) as version from event_log group by stream) last
                using (plan, version)
                """.formatted(plans));
    }

    /** Until the rows of all plans are those of all facts: a look at each fact follows, which changes nothing. */
    void awaitRows(int facts) throws Exception {
        await("""
                select (select count(*) from timeline where version = %1$s) = %2$s
                    and (select count(*) from plan where version = %1$s) = %2$s
                """.formatted(A_PLAN, facts / A_PLAN));
    }

    /** How far the processor that is farthest behind has looked. */
    long looked() throws IOException, SQLException {
        return (long) number("""
                select coalesce(min(cast(convert_from(token, 'UTF8')::json ->> 'globalIndex' as bigint)), 0)
                from token_entry where segment >= 0 and processor_name in ('plans', 'timeline')
                """);
    }

    long integrated() throws IOException, SQLException {
        return (long) number("select coalesce(max(size), 0) from audit_checkpoint");
    }

    private void await(String condition) throws Exception {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (; ; Thread.sleep(100)) {
                try (var answer = statement.executeQuery(condition)) {
                    answer.next();
                    if (answer.getBoolean(1)) return;
                }
            }
        }
    }

    /** Of those after the first checkpoint, by when each was signed. */
    double integratedPerSecond() throws IOException, SQLException {
        return number("""
                with backlog as (select * from audit_checkpoint where size <= (
                    select max(position) from event_log where stream like 'plan/%'))
                select (max(size) - min(size)) / greatest(extract(epoch from max(signed_at) - min(signed_at)), 0.001)
                from backlog where size > 100
                """);
    }

    /** As an operator can by hand. */
    void execute(String statement) throws IOException, SQLException {
        try (var connection = connect();
                var open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    /** As if nothing had been integrated yet, and all been looked at. */
    void rewind() throws IOException, SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute("truncate audit_tile, audit_checkpoint");
            statement.execute("""
                    update token_entry set owner = null, token = convert_to(
                        '{"globalIndex":' || (select max(position) from event_log) || '}', 'UTF8')
                    where processor_name in ('plans', 'timeline')""");
            statement.execute("checkpoint");
        }
    }

    /** How many lines a second can be read in order, or read and hashed. */
    double readLines(boolean hashed) throws IOException, SQLException, GeneralSecurityException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCHED);
            var digest = MessageDigest.getInstance("SHA-256");
            var before = System.nanoTime();
            var lines = 0;
            try (var row = statement.executeQuery("select line from event_log order by position")) {
                for (; row.next(); lines++) {
                    var line = row.getBytes(1);
                    if (hashed) digest.digest(line);
                }
            }
            return lines / ((System.nanoTime() - before) / 1e9);
        }
    }

    private double number(String query) throws IOException, SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getDouble(1);
        }
    }
}
