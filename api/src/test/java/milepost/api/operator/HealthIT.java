package milepost.api.operator;

import static milepost.api.operator.Requests.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import milepost.api.Node;
import milepost.api.SignIn;
import milepost.api.TestServer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is asked next, and who is started again: the first needs the database and fresh rows, the second neither. */
class HealthIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> DEFAULTS =
            List.of("lock_timeout = '200ms'", "default_transaction_isolation = 'repeatable read'");

    /** The database has defaults that are good for others: ours would give up, and the log would refuse every fact. */
    @Test
    void a_node_whose_rows_are_too_old_is_alive_but_not_ready_until_they_are_caught_up() throws SQLException {
        var database = TestServer.createDatabase();
        for (var setting : DEFAULTS) {
            JdbcClient.create(database)
                    .sql("alter database " + database.getDatabaseName() + " set " + setting)
                    .update();
        }
        try (var node = Node.on(database, "milepost.dataset=none", "milepost.readiness.lag=1s");
                var other = database.getConnection()) {
            open(node, "lakeside");
            await(node, 200);
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                statement.execute("set lock_timeout = 0");
                statement.execute("lock table plan in share mode");
                assertThat(node.post("/api/plans/lakeside/status", "{\"status\":\"endorsed\"}")
                                .statusCode())
                        .isEqualTo(200);
                await(node, 503);
                assertThat(status(node, "liveness")).isEqualTo(200);
                other.rollback();
            }
            await(node, 200);
            assertThat(node.sql()
                            .sql("select count(*) from dead_letter")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
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
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (status(node, "readiness") != readiness) {
            assertThat(System.nanoTime()).as("readiness " + readiness).isLessThan(until);
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
