package milepost.api.operate;

import static milepost.api.operate.Requests.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import milepost.api.Node;
import milepost.api.SignIn;
import milepost.api.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is asked next, and who is started again: the first needs the database and fresh rows, the second neither. */
@ExtendWith(OutputCaptureExtension.class)
class HealthIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PLANS_LAG = "milepost_projection_lag_seconds{processor=\"plans\"}";
    private static final List<String> DEFAULTS =
            List.of("lock_timeout = '200ms'", "default_transaction_isolation = 'repeatable read'");

    /** The database has defaults that are good for others: ours would give up, and the log would refuse every fact. */
    @Test
    void a_node_whose_rows_are_too_old_is_alive_but_not_ready_until_they_are_caught_up(CapturedOutput output)
            throws SQLException {
        var database = TestServer.createDatabase();
        for (var setting : DEFAULTS) {
            JdbcClient.create(database)
                    .sql("alter database " + database.getDatabaseName() + " set " + setting)
                    .update();
        }
        try (var node = Node.on(database, "milepost.dataset=none", "milepost.readiness.lag=1s")) {
            open(node, "lakeside");
            isNotReadyWhileRowsAreOld(node);

            recordADayAhead(node);
            await("a word of the clock", () -> output.toString().contains("The log's clock is ahead"));
            await("to say how far", () -> scraped(node, "milepost_log_clock_ahead_seconds") > 80_000);
            isNotReadyWhileRowsAreOld(node);
            isBehindWhileNothingIsSigned(node);

            putTheClockRight(node);
            await("a word of the end", () -> output.toString().contains("The log's clock is right again"));
            await("to say so", () -> scraped(node, "milepost_log_clock_ahead_seconds") == 0);
            assertThat(output.toString().split("The log's clock is ahead", -1)).hasSize(2);
            assertThat(node.sql()
                            .sql("select count(*) from dead_letter")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    private static void isNotReadyWhileRowsAreOld(Node node) throws SQLException {
        await(node, 200);
        try (var other = node.database().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set lock_timeout = 0");
            statement.execute("lock table plan in share mode");
            report(node);
            await(node, 503);
            assertThat(status(node, "liveness")).isEqualTo(200);
            await("to be behind", () -> scraped(node, PLANS_LAG) > 1);
            other.rollback();
        }
        await(node, 200);
        await("to have caught up", () -> scraped(node, PLANS_LAG) == 0);
    }

    private static void isBehindWhileNothingIsSigned(Node node) throws SQLException {
        try (var other = node.database().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set lock_timeout = 0");
            statement.execute("lock table audit_checkpoint in share mode");
            report(node);
            await("to be behind", () -> scraped(node, "milepost_audit_log_lag_seconds") > 2);
            other.rollback();
        }
        await("to have caught up", () -> scraped(node, "milepost_audit_log_lag_seconds") == 0);
    }

    /** Answers when it was recorded. */
    private static String report(Node node) {
        var answer = node.post("/api/plans/lakeside/status-reports", """
                {"on":"2024","narrative":"Report %s"}""".formatted(System.nanoTime()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Node.json(answer).get("at").asString();
    }

    /** As the server's clock does that is a day ahead for a moment. */
    private static void recordADayAhead(Node node) {
        var seal = node.sql()
                .sql("select pg_get_functiondef(cast('event_log_seal' as regproc))")
                .query(String.class)
                .single();
        node.sql()
                .sql(seal.replace("clock_timestamp()", "(clock_timestamp() + interval '1 day')"))
                .update();
        var at = report(node);
        node.sql().sql(seal).update();
        assertThat(node.read("/api/plans/lakeside?asOf=" + at).get("version").asLong())
                .as("a receipt's own moment can be asked for")
                .isEqualTo(node.read("/api/plans/lakeside").get("version").asLong());
    }

    /** The day is over. */
    private static void putTheClockRight(Node node) {
        node.sql().sql("alter table event_log disable trigger user").update();
        node.sql().sql("update event_log set at = at - interval '1 day'").update();
        node.sql().sql("alter table event_log enable trigger user").update();
    }

    /** Not a number while the database took too long to say it. */
    private static double scraped(Node node, String series) {
        return Objects.requireNonNullElse(Samples.of(node).get(series), Double.NaN);
    }

    @Test
    void a_node_without_its_database_is_alive_but_not_ready_until_it_is_back() {
        var administrator = JdbcClient.create(TestServer.createDatabase());
        try (var node = Node.empty()) {
            await(node, 200);
            var name = String.valueOf(node.database().getDatabaseName());
            administrator
                    .sql("alter database " + name + " allow_connections false")
                    .update();
            administrator
                    .sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?")
                    .param(name)
                    .query((row, i) -> true)
                    .list();
            await(node, 503);
            assertThat(answer(node, "readiness").body())
                    .contains("does not answer")
                    .doesNotContain(name, "Exception");
            assertThat(status(node, "liveness")).isEqualTo(200);
            administrator
                    .sql("alter database " + name + " allow_connections true")
                    .update();
            await(node, 200);
        }
    }

    /** As after a failover, or a provider's guard of a full disk: it is no reason to start anything again, then or afterwards. */
    @Test
    void a_node_whose_database_is_read_only_for_a_while_is_not_ready_and_goes_on_by_itself() {
        try (var node = Node.empty()) {
            open(node, "lakeside");
            await(node, 200);
            var name = String.valueOf(node.database().getDatabaseName());
            var administrator = JdbcClient.create(TestServer.createDatabase());
            administrator
                    .sql("alter database " + name + " set default_transaction_read_only = on")
                    .update();
            administrator
                    .sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?")
                    .param(name)
                    .query((row, i) -> true)
                    .list();
            var until = System.nanoTime() + PATIENCE.toNanos();
            while (!answer(node, "readiness").body().contains("is read-only")) {
                assertThat(System.nanoTime()).isLessThan(until);
                Node.pause(100);
            }
            assertThat(status(node, "readiness")).isEqualTo(503);
            var waits = CompletableFuture.supplyAsync(
                    () -> node.post("/api/plans/lakeside/status", "{\"status\":\"endorsed\"}"));
            assertThat(status(node, "liveness")).isEqualTo(200);
            assertThat(node.get("/api/plans/lakeside").statusCode()).isEqualTo(200);
            assertThat(new SignIn(node.uri("").toString())
                            .post("demo-reader", "milepost-demo")
                            .body())
                    .contains("database-read-only");

            administrator
                    .sql("alter database " + name + " reset default_transaction_read_only")
                    .update();
            await(node, 200);
            assertThat(waits.join().body())
                    .as("stored late, or refused in its own word if this took longer than the log is patient")
                    .containsAnyOf("\"version\":2", "database-read-only");
            node.awaitProjections();
            assertThat(SignIn.token(node.uri("").toString(), "demo-reader", "milepost-demo"))
                    .isNotEmpty();
        }
    }

    private static void await(Node node, int readiness) {
        await("readiness " + readiness, () -> status(node, "readiness") == readiness);
    }

    private static void await(String what, BooleanSupplier isSo) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            Node.pause(100);
        }
    }

    private static int status(Node node, String probe) {
        return answer(node, probe).statusCode();
    }

    /** Without a token, which would be looked up in the database. */
    private static HttpResponse<String> answer(Node node, String probe) {
        return node.send(HttpRequest.newBuilder(node.managementUri("/actuator/health/" + probe)));
    }
}
