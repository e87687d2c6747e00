package milepost.api.operate;

import static milepost.api.operate.Requests.open;
import static milepost.api.operate.Requests.scheduling;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import milepost.api.Node;
import milepost.api.TestServer;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.EventTypes;
import milepost.event.Health;
import milepost.event.MilestoneEvent.MilestoneScheduled;
import milepost.event.MilestoneId;
import milepost.event.PartialDate;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import milepost.event.json.EventJson;
import milepost.log.store.LogTable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Officers write on two nodes, and somebody else by SQL; transactions sleep, roll back and lose their connections, and
 * so do the nodes themselves. Afterwards every row of every projection is what a plain scan of the log says.
 */
class ChaosIT {
    private static final long SEED = 20261121;
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final int ACKNOWLEDGED = 100;
    private static final int TERMINATED = 20;
    private static final List<String> PLANS =
            IntStream.range(0, 6).mapToObj(nth -> "p" + nth).toList();
    private static final String RAW = "chaos raw";

    private final PGSimpleDataSource database = TestServer.createDatabase();
    private final PGSimpleDataSource raw = named(RAW);
    private final JdbcClient sql = JdbcClient.create(named("chaos test"));

    /** Key or event id, and the version that was acknowledged. */
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger terminated = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private volatile Instant end;

    @Test
    void whatever_happens_to_writers_and_nodes_every_row_is_what_a_plain_scan_of_the_log_says() throws Exception {
        System.out.println("ChaosIT: seed " + SEED);
        try (var one = Node.on(database, "milepost.dataset=none");
                var two = Node.on(database, "milepost.dataset=none");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var plan : PLANS) open(one, plan);
            end = Instant.now().plus(TIME);
            var writers = new ArrayList<Callable<Void>>();
            for (var i = 0; i < 6; i++) {
                var random = new Random(SEED + i);
                var node = i % 2 == 0 ? one : two;
                var name = "officer-" + i;
                writers.add(() -> requests(node, name, random));
            }
            for (var i = 0; i < 2; i++) {
                var random = new Random(SEED + 100 + i);
                writers.add(() -> transactions(random));
            }
            var chaos = threads.submit(() -> terminations(new Random(SEED)));
            for (var writer : threads.invokeAll(writers)) writer.get();
            chaos.get();
            var calm = System.nanoTime();
            settle(one);
            System.out.printf(
                    Locale.ROOT,
                    "ChaosIT: %d facts, %d acknowledged, %d refused, %d unknown, answers %s, %d connections terminated,"
                            + " settled after %d ms%n",
                    count("select count(*) from event_log where stream like 'plan/%'"),
                    acknowledged.size(),
                    refused.size(),
                    unknown.size(),
                    answers,
                    terminated.get(),
                    (System.nanoTime() - calm) / 1_000_000);

            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED);
            assertThat(terminated).hasValueGreaterThanOrEqualTo(TERMINATED);
            assertThat(answers).isSubsetOf(200, 201, 404, 409, 503);
            assertLogHolds();
            for (var node : List.of(one, two)) {
                PlainScan.assertRowsAgree(node);
                assertThat(Samples.of(node).starting("milepost_projection_lag_"))
                        .hasSize(4)
                        .allSatisfy((series, behind) ->
                                assertThat(behind).as(series).isZero());
                assertThat(Samples.of(node).starting("milepost_dead_letters"))
                        .hasSize(2)
                        .allSatisfy((series, letters) ->
                                assertThat(letters).as(series).isZero());
            }
            assertThat(Samples.of(one).ofPlans()).isEqualTo(Samples.of(two).ofPlans());
        }
    }

    /** A busy machine takes longer until there is enough to look at. */
    private boolean isOver() {
        return Instant.now().isAfter(end) && acknowledged.size() >= ACKNOWLEDGED && terminated.get() >= TERMINATED;
    }

    private void assertLogHolds() {
        PlainScan.assertLogIsWhole(sql);
        var stored = new ConcurrentHashMap<String, Long>();
        sql.sql("select coalesce(idempotency_key, event_id) as id, version from event_log"
                        + " where version > 1 and stream like 'plan/%'")
                .query((row, i) -> Map.entry(row.getString("id"), row.getLong("version")))
                .list()
                .forEach(fact -> assertThat(stored.put(fact.getKey(), fact.getValue()))
                        .as("stored twice: " + fact.getKey())
                        .isNull());
        assertThat(stored).containsAllEntriesOf(acknowledged);
        assertThat(stored.keySet()).doesNotContainAnyElementsOf(refused);
        var known = new HashSet<>(acknowledged.keySet());
        known.addAll(unknown);
        assertThat(known).containsAll(stored.keySet());
    }

    /** An officer who repeats a request, under its key, until there is an answer that says what became of it. */
    private Void requests(Node node, String name, Random random) {
        var scheduled = new ArrayList<String>();
        for (var nth = 0; !isOver(); nth++) {
            var plan = PLANS.get(random.nextInt(PLANS.size()));
            var milestone = name + "-" + nth;
            var path = "/api/plans/" + plan + "/milestones";
            var body = scheduling(milestone, "2025");
            var earlier = scheduled.isEmpty() ? null : scheduled.get(random.nextInt(scheduled.size()));
            switch (random.nextInt(6)) {
                case 0 -> {
                    path = "/api/plans/" + plan + "/status-reports";
                    body = "{\"health\":\"at-risk\",\"narrative\":\"%s\"}".formatted(milestone);
                }
                case 1, 2 -> {
                    if (earlier != null) {
                        path = earlier + (random.nextBoolean() ? "/met" : "/reschedule");
                        body = path.endsWith("/met")
                                ? "{\"on\":\"2024-03\",\"narrative\":\"%s\"}".formatted(milestone)
                                : "{\"due\":\"2027\",\"on\":\"2024\",\"reason\":\"%s\"}".formatted(milestone);
                    }
                }
                default -> scheduled.add(path + "/" + milestone);
            }
            send(node, path, body, UUID.randomUUID().toString());
            if (random.nextInt(5) == 0) node.get("/api/plans/" + plan);
            Node.pause(random.nextInt(30));
        }
        return null;
    }

    private void send(Node node, String path, String body, String key) {
        for (var tries = 0; tries < 10; tries++) {
            try {
                var answer = node.post(path, body, "Idempotency-Key", key);
                answers.add(answer.statusCode());
                switch (answer.statusCode()) {
                    case 201 ->
                        acknowledged.put(key, Node.json(answer).get("version").asLong());
                    // Also for a request that changed nothing and left no key.
                    case 200 -> {
                        var version = Node.json(answer).get("version").asLong();
                        if (isStored(key)) acknowledged.put(key, version);
                    }
                    case 503 -> {
                        Node.pause(100);
                        continue;
                    }
                    default -> refused.add(key);
                }
                return;
            } catch (UncheckedIOException e) {
                Node.pause(100);
            }
        }
        unknown.add(key);
    }

    /** Transactions of somebody else, who thinks between the statements and changes his mind. */
    private Void transactions(Random random) {
        while (!isOver()) {
            var facts = new ConcurrentHashMap<String, Long>();
            var committing = false;
            try (var connection = raw.getConnection()) {
                connection.setAutoCommit(false);
                if (random.nextBoolean()) {
                    connection.createStatement().execute("select pg_advisory_xact_lock(" + LogTable.TURN + ")");
                }
                for (var nth = random.nextInt(3); nth >= 0; nth--) {
                    var id = UUID.randomUUID().toString();
                    facts.put(id, 0L);
                    facts.put(id, insert(connection, id, fact(id, random), random.nextInt(20)));
                    Node.pause(random.nextInt(15));
                }
                if (random.nextInt(4) == 0) {
                    connection.rollback();
                    refused.addAll(facts.keySet());
                } else {
                    committing = true;
                    connection.commit();
                    acknowledged.putAll(facts);
                }
            } catch (SQLException e) {
                (committing ? unknown : refused).addAll(facts.keySet());
            }
            Node.pause(random.nextInt(150));
        }
        return null;
    }

    private static Event fact(String id, Random random) {
        var plan = new PlanId(PLANS.get(random.nextInt(PLANS.size())));
        var on = new PartialDate("2020-0" + (1 + random.nextInt(9)));
        return random.nextBoolean()
                ? new PlanStatusReported(plan, on, Health.ON_TRACK, Details.titled(id))
                : new MilestoneScheduled(plan, on, new MilestoneId(id), null, on, 1, Details.titled(id));
    }

    /** Takes the next version, which may be gone before it has slept enough and gets its turn. */
    private static long insert(Connection connection, String id, Event fact, int millis) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into event_log (event_id, stream, version, type, payload, metadata)
                select ?, ?, max(version) + 1, ?, ?, case when pg_sleep(?) is null then '' else '{}' end
                from event_log where stream = ? returning version""")) {
            insert.setString(1, id);
            insert.setString(2, "plan/" + fact.plan());
            insert.setString(3, EventTypes.name(fact.getClass()));
            insert.setString(4, EventJson.write(fact));
            insert.setDouble(5, millis / 1000.0);
            insert.setString(6, "plan/" + fact.plan());
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Of the nodes' pools, appenders and listeners, and of the raw writers. */
    private Void terminations(Random random) {
        while (!isOver()) {
            Node.pause(50 + random.nextInt(300));
            var victims = sql.sql("""
                            select pid from pg_stat_activity
                            where datname = current_database() and pid <> pg_backend_pid() and application_name like ?
                            order by pid""")
                    .param(List.of("milepost appender", "milepost listener", RAW, "PostgreSQL%", "PostgreSQL%")
                            .get(random.nextInt(5)))
                    .query(Integer.class)
                    .list();
            if (victims.isEmpty()) continue;
            sql.sql("select pg_terminate_backend(?)")
                    .param(victims.get(random.nextInt(victims.size())))
                    .query(Boolean.class)
                    .single();
            terminated.incrementAndGet();
        }
        return null;
    }

    private void settle(Node node) {
        var until = Instant.now().plus(SETTLED);
        node.awaitProjections();
        while (Samples.of(node).starting("milepost_projection_lag_events").values().stream()
                        .anyMatch(behind -> behind > 0)
                && Instant.now().isBefore(until)) {
            Node.pause(50);
        }
    }

    private boolean isStored(String key) {
        return count("select count(*) from event_log where idempotency_key = '" + key + "'") > 0;
    }

    private long count(String question) {
        return sql.sql(question).query(Long.class).single();
    }

    private PGSimpleDataSource named(String application) {
        var source = new PGSimpleDataSource();
        source.setUrl(database.getUrl());
        source.setUser(database.getUser());
        source.setPassword(database.getPassword());
        source.setApplicationName(application);
        return source;
    }
}
