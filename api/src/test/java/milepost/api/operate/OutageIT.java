package milepost.api.operate;

import static milepost.api.http.Problem.problem;
import static milepost.api.operate.Requests.open;
import static milepost.api.operate.Requests.schedule;
import static milepost.api.operate.Requests.scheduling;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SignIn;
import milepost.api.Somebody;
import milepost.api.TestServer;
import milepost.api.http.Problem;
import milepost.api.identity.account.FirstAccounts;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database goes away under load, and comes back. */
class OutageIT {
    private static final Duration AWAY = Duration.ofSeconds(10);
    private static final Duration CAUGHT_UP = Duration.ofSeconds(60);

    private final JdbcClient administrator = JdbcClient.create(TestServer.createDatabase());
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Integer> refused = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    @SuppressWarnings("try") // closing it is its use
    void while_the_database_is_away_writers_are_told_to_come_again_and_then_all_catches_up() throws Exception {
        try (var node = Node.on(
                        TestServer.createDatabase(),
                        "milepost.dataset=none",
                        "spring.datasource.hikari.connection-timeout=1000");
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable writersEnd = () -> over.set(true)) {
            for (var plan : plans()) open(node, plan);
            var shown = Samples.of(node).ofPlans().keySet();
            var program = Somebody.reader(node).client("{\"name\":\"program\"}");
            var person = new SignIn(node.uri("").toString(), "127.0.30.1");
            failsInMidSignIn(node, person);
            var writers = plans().stream()
                    .map(plan -> threads.submit(() -> write(node, plan)))
                    .toList();
            while (acknowledged.size() < 100) Node.pause(10);

            node.sql().sql("alter table account rename column password to away").update();
            assertThat(Problem.of(person.post("demo-reader", FirstAccounts.DEMO_PASSWORD)))
                    .as("not that the password is wrong, which nobody could look at")
                    .isEqualTo(problem(500, "internal-error"));
            node.sql().sql("alter table account rename column away to password").update();

            var name = String.valueOf(node.database().getDatabaseName());
            takeAway(name);
            var away = System.nanoTime();
            var answer = node.post("/api/plans/p0/milestones", scheduling("during", "2030"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(Node.json(answer).get("code").asString()).isIn("database-away", "busy", "outcome-unknown");
            assertThat(node.get("/api/plans/p0").statusCode()).isEqualTo(503);
            assertThat(Problem.of(person.post("demo-reader", FirstAccounts.DEMO_PASSWORD)))
                    .as("a person")
                    .isEqualTo(problem(503, "database-away"));
            assertThat(Problem.of(person.send(HttpRequest.newBuilder(node.uri("/oauth2/token"))
                            .POST(SignIn.form(Somebody.credentials(program))))))
                    .as("a program")
                    .isEqualTo(problem(503, "database-away"));
            var scrape = Samples.of(node);
            assertThat(scrape.get("milepost_database_up")).isZero();
            assertThat(scrape.ofPlans().keySet()).as("last known").isEqualTo(shown);
            assertThat(scrape.starting("milepost_projection_lag"))
                    .as("nobody knows")
                    .isEmpty();
            while (System.nanoTime() - away < AWAY.toNanos()) Node.pause(10);

            giveBack(name);
            var back = System.nanoTime();
            var before = acknowledged.size();
            while (acknowledged.size() == before) Node.pause(5);
            var written = System.nanoTime();
            over.set(true);
            for (var writer : writers) writer.get();
            node.awaitProjections();
            var caughtUp = Duration.ofNanos(System.nanoTime() - back);
            System.out.printf(
                    Locale.ROOT,
                    "OutageIT: %d s away; %d refusals meanwhile; written again after %d ms, caught up after %d ms%n",
                    AWAY.toSeconds(),
                    refused.size(),
                    (written - back) / 1_000_000,
                    caughtUp.toMillis());

            assertThat(refused).isNotEmpty().containsOnly(503);
            assertThat(Samples.of(node).get("milepost_command_answers_total", "answer=\"5xx\""))
                    .as("each is counted, though most reached no plan")
                    .isEqualTo(refused.size() + 1.0);
            assertThat(caughtUp).isLessThan(CAUGHT_UP);
            schedule(node, "p0", "afterwards", "2030");
            assertThat(node.sql()
                            .sql("select idempotency_key, version from event_log where idempotency_key is not null")
                            .query((row, i) -> Map.entry(row.getString(1), row.getLong(2)))
                            .list())
                    .containsExactlyInAnyOrderElementsOf(acknowledged.entrySet());
            assertThat(node.sql()
                            .sql("select count(*) from dead_letter")
                            .query(Long.class)
                            .single())
                    .isZero();
            PlainScan.assertLogIsWhole(node.sql());
            PlainScan.assertRowsAgree(node);
        }
    }

    /** The look at the password is cut off, and the next one would succeed. */
    private static void failsInMidSignIn(Node node, SignIn person) throws Exception {
        var log = AccessWatch.on(node);
        try (var other = node.database().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table account");
            var answer = CompletableFuture.supplyAsync(() -> person.post("demo-reader", FirstAccounts.DEMO_PASSWORD));
            var cut = node.sql().sql("""
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where wait_event_type = 'Lock' and datname = current_database()""").query(Long.class);
            while (cut.single() == 0) Node.pause(10);
            other.rollback();
            assertThat(Problem.of(answer.join()))
                    .as("not that the password is wrong, which nobody knows")
                    .isEqualTo(problem(503, "database-away"));
        }
        assertThat(log.facts()).isEmpty();
    }

    /** Sends each request until it is acknowledged, as one who has been told to come again. */
    private void write(Node node, String plan) {
        for (var nth = 0; !over.get(); nth++) {
            var key = plan + "-" + nth;
            var answer = node.post(
                    "/api/plans/" + plan + "/milestones", scheduling("m" + nth, "2030"), "Idempotency-Key", key);
            while (answer.statusCode() == 503 && !over.get()) {
                refused.add(answer.statusCode());
                Node.pause(100);
                answer = node.post(
                        "/api/plans/" + plan + "/milestones", scheduling("m" + nth, "2030"), "Idempotency-Key", key);
            }
            if (answer.statusCode() != 201) refused.add(answer.statusCode());
            else acknowledged.put(key, Node.json(answer).get("version").asLong());
            Node.pause(20);
        }
    }

    private static List<String> plans() {
        return IntStream.range(0, 4).mapToObj(nth -> "p" + nth).toList();
    }

    private void takeAway(String database) {
        administrator
                .sql("alter database " + database + " allow_connections false")
                .update();
        administrator
                .sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = ?")
                .param(database)
                .query(Long.class)
                .single();
    }

    private void giveBack(String database) {
        administrator
                .sql("alter database " + database + " allow_connections true")
                .update();
    }
}
