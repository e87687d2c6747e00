package milepost.api.start.database;

import static milepost.api.start.database.Owner.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import milepost.api.start.StartFailure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class EmbeddedServerIT {
    @TempDir
    static Path first;

    @TempDir
    Path directory;

    private Path data = Path.of("");

    @BeforeAll
    static void a_first_start() throws Exception {
        try (var server = EmbeddedServer.start(FirstServer.copyTo(first.resolve("data")))) {
            sql(server).sql("create table kept (what text)").update();
            sql(server).sql("insert into kept values ('before')").update();
        }
    }

    @BeforeEach
    void copy_it() throws Exception {
        run("cp", "-a", first.resolve("data").toString(), directory.toString());
        data = directory.resolve("data");
    }

    @Test
    void it_is_durable_and_speaks_utf8_on_loopback_only() throws Exception {
        try (var server = EmbeddedServer.start(data)) {
            assertThat(show(server, "fsync")).isEqualTo("on");
            assertThat(show(server, "synchronous_commit")).isEqualTo("on");
            assertThat(show(server, "full_page_writes")).isEqualTo("on");
            assertThat(show(server, "data_checksums")).isEqualTo("on");
            assertThat(show(server, "server_encoding")).isEqualTo("UTF8");
            assertThat(show(server, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(server, "unix_socket_directories")).isEmpty();
            assertThat(show(server, "server_version")).startsWith(Cluster.MAJOR + ".");
        }
    }

    @Test
    void only_who_can_read_the_data_directory_knows_the_password() throws Exception {
        try (var server = EmbeddedServer.start(data)) {
            var stranger = new DriverManagerDataSource(server.getJdbcUrl(), server.getUsername(), "guess");
            assertThatThrownBy(stranger::getConnection).hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void rows_outlive_a_restart() throws Exception {
        try (var server = EmbeddedServer.start(data)) {
            assertThat(kept(server)).containsExactly("before");
        }
    }

    @Test
    void a_server_that_outlived_its_killed_owner_gives_way_and_its_rows_are_kept() throws Exception {
        long abandoned = killOwnerOf(data);
        assertThat(ProcessHandle.of(abandoned)).isPresent();
        try (var server = EmbeddedServer.start(data)) {
            assertThat(postmaster()).isNotEqualTo(abandoned);
            assertThat(kept(server)).containsExactly("before", "acknowledged");
        }
    }

    @Test
    void a_kill_of_owner_and_server_loses_nothing() throws Exception {
        kill(killOwnerOf(data));
        try (var server = EmbeddedServer.start(data)) {
            assertThat(kept(server)).containsExactly("before", "acknowledged");
        }
    }

    @Test
    void a_statement_that_the_killed_server_was_busy_with_only_delays_the_start() throws Exception {
        try (var owner = Owner.of(data)) {
            var server = postmaster();
            var statement = busyFor("select count(*) from generate_series(1, 20000000)");
            owner.kill();
            kill(server);
            assertThat(statement.isAlive()).isTrue();
            try (var next = EmbeddedServer.start(data)) {
                assertThat(statement.join(Duration.ofSeconds(60))).isTrue();
                assertThat(kept(next)).containsExactly("before", "acknowledged");
            }
        }
    }

    @Test
    void a_program_that_got_the_pid_of_a_killed_server_is_left_alone() throws Exception {
        kill(killOwnerOf(data));
        var other = new ProcessBuilder("sleep", "60").start();
        var pidFile = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
        pidFile.set(0, String.valueOf(other.pid()));
        Files.write(data.resolve("postgres/postmaster.pid"), pidFile);
        try (var server = EmbeddedServer.start(data)) {
            assertThat(kept(server)).containsExactly("before", "acknowledged");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroy();
        }
    }

    @Test
    void a_pid_file_that_a_power_cut_left_empty_is_no_obstacle() throws Exception {
        Files.createFile(data.resolve("postgres/postmaster.pid"));
        try (var server = EmbeddedServer.start(data)) {
            assertThat(kept(server)).containsExactly("before");
        }
    }

    @Test
    void a_first_start_that_was_cut_short_begins_again() throws Exception {
        var fresh = directory.resolve("fresh");
        Files.createDirectories(fresh.resolve("unfinished-1/base"));
        Files.createFile(fresh.resolve("password"));
        try (var server = EmbeddedServer.start(fresh)) {
            assertThat(sql(server).sql("select 1").query(Integer.class).single())
                    .isEqualTo(1);
            assertThat(fresh).isDirectoryNotContaining("glob:**unfinished*");
        }
    }

    @Test
    void a_second_owner_is_refused_and_told_who_the_first_is() throws Exception {
        try (var owner = Owner.of(data)) {
            assertThatThrownBy(() -> EmbeddedServer.start(data))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("is in use by another Milepost (process "
                            + owner.process().pid() + ")")
                    .hasMessageContaining("MILEPOST_DATA_DIR");
        }
        EmbeddedServer.start(data).close();
    }

    @Test
    void an_owner_in_the_same_process_counts_too_and_keeps_its_lock() throws Exception {
        EmbeddedServer.start(data).close();
        try (var server = EmbeddedServer.start(data)) {
            assertThatThrownBy(() -> EmbeddedServer.start(data)).hasMessageContaining("in use by another Milepost");
            assertThatThrownBy(() -> Owner.of(data)).hasMessage("The owner ended");
            assertThat(kept(server)).containsExactly("before");
        }
    }

    @Test
    void data_of_another_major_version_is_refused_by_name() throws Exception {
        Files.writeString(data.resolve("postgres/PG_VERSION"), "14\n");
        assertThatThrownBy(() -> EmbeddedServer.start(data))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("was written by PostgreSQL 14, but this Milepost brings PostgreSQL 17")
                .hasMessageContaining("pg_dump");
    }

    @Test
    void the_data_directory_of_a_server_is_not_taken_for_ours() {
        assertThatThrownBy(() -> EmbeddedServer.start(data.resolve("postgres")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("not of Milepost");
    }

    @Test
    void a_data_directory_that_cannot_be_written_is_named() throws Exception {
        var file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> EmbeddedServer.start(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("The data directory " + file + " cannot be used")
                .hasMessageContaining("MILEPOST_DATA_DIR");
    }

    @Test
    void a_copy_without_empty_directories_is_made_whole_again() throws Exception {
        run("find", data.resolve("postgres").toString(), "-type", "d", "-empty", "-delete");
        assertThat(data.resolve("postgres/pg_notify")).doesNotExist();
        try (var server = EmbeddedServer.start(data)) {
            assertThat(kept(server)).containsExactly("before");
        }
    }

    @Test
    void a_copy_without_more_is_refused_and_nobody_is_sent_to_another_directory() throws Exception {
        run("rm", "-r", data.resolve("postgres/pg_xact").toString());
        assertThatThrownBy(() -> EmbeddedServer.start(data))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("pg_xact")
                .hasMessageContaining("The copy is incomplete: bring back what is missing");
        Files.delete(data.resolve("postgres/PG_VERSION"));
        assertThatThrownBy(() -> EmbeddedServer.start(data))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("postgres/PG_VERSION is missing")
                .hasMessageContaining("another MILEPOST_DATA_DIR would start without this data");
    }

    /** As initdb says it; only root could start it as such a user. */
    @Test
    void a_user_without_a_name_is_told_to_get_one_and_not_sent_to_another_directory() {
        var cause = new IOException("initdb: could not look up effective user ID 12345: user does not exist");
        assertThat(EmbeddedServer.remedy(Path.of("data"), cause))
                .contains("useradd", "MILEPOST_DB_URL")
                .doesNotContain("MILEPOST_DATA_DIR");
    }

    @Test
    void what_PostgreSQL_complains_of_is_in_the_line() throws Exception {
        Files.setPosixFilePermissions(data.resolve("postgres"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> EmbeddedServer.start(data))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("has invalid permissions")
                .hasMessageContaining("Remove the cause; another MILEPOST_DATA_DIR would start without the data");
    }

    private static String show(EmbeddedServer server, String setting) {
        return sql(server).sql("show " + setting).query(String.class).single();
    }

    private static List<String> kept(EmbeddedServer server) {
        return sql(server).sql("select what from kept").query(String.class).list();
    }

    /** Answers the pid of the server that is left. */
    private long killOwnerOf(Path data) throws Exception {
        Owner.of(data).close();
        return postmaster();
    }

    private Thread busyFor(String statement) throws Exception {
        var port = Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .get(3)
                .strip();
        var client = new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "milepost",
                Files.readString(data.resolve("password")));
        var busy = Thread.startVirtualThread(() -> assertThatThrownBy(
                () -> JdbcClient.create(client).sql(statement).query(Long.class).single()));
        var running = JdbcClient.create(client)
                .sql("select count(*) from pg_stat_activity where state = 'active' and query = ?")
                .param(statement)
                .query(Long.class);
        while (running.single() == 0)
            assertThat(busy.join(Duration.ofMillis(10))).isFalse();
        return busy;
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst());
    }

    private static void kill(long pid) {
        var server = ProcessHandle.of(pid).orElseThrow();
        assertThat(server.destroyForcibly()).isTrue();
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor(1, TimeUnit.MINUTES))
                .isTrue();
    }
}
