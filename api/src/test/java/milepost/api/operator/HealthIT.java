package milepost.api.operator;

import static milepost.api.operator.Requests.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import milepost.api.Node;
import milepost.api.TestServer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is asked next, and who is started again: the first needs the database and fresh rows, the second neither. */
class HealthIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void a_node_whose_rows_are_too_old_is_alive_but_not_ready_until_they_are_caught_up() throws SQLException {
        try (var node = Node.on(TestServer.createDatabase(), "milepost.dataset=none", "milepost.readiness.lag=1s");
                var other = node.database().getConnection()) {
            open(node, "lakeside");
            await(node, 200);
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                statement.execute("lock table plan in share mode");
                assertThat(node.post("/api/plans/lakeside/status", "{\"status\":\"endorsed\"}")
                                .statusCode())
                        .isEqualTo(200);
                await(node, 503);
                assertThat(status(node, "liveness")).isEqualTo(200);
                other.rollback();
            }
            await(node, 200);
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
