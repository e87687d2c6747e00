package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is a restore that ran: taken under load, brought back on another server, compared and proved. */
class BackupIT {
    private static final List<String> KEPT = List.of(
            "event_log",
            "audit_checkpoint",
            "audit_tile",
            "schema_version",
            "person",
            "account",
            "client",
            "token_key",
            "token_entry");

    /** The tables that have rows. */
    private static final String FILLED = """
        select tablename from pg_tables where schemaname = 'public'
            and query_to_xml('select 1 from ' || tablename || ' limit 1', false, true, '')::text <> ''\
        """;

    private static final String BACKUPS = "select count(*) from backup where at > now() - interval '1 hour'";

    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    @TempDir
    private Path directory;

    @TempDir
    private Path other;

    @TempDir
    private Path data;

    @Test
    void a_backup_under_load_is_restored_elsewhere_byte_for_byte(@TempDir Path elsewhere) throws Exception {
        try (var from = Cluster.start(directory);
                var to = Cluster.start(other)) {
            var file = elsewhere.resolve("backup");
            int before;
            int after;
            try (var milepost = launch(data, from, "postgres")) {
                var load = new Load(milepost);
                Milepost.await("to record", () -> load.acknowledged.get() > 30);
                Milepost.await("to sign", () -> size(milepost.get("/audit/log/checkpoint")) > 372);
                Files.writeString(elsewhere.resolve("kept"), milepost.get("/audit/log/checkpoint"));
                before = load.acknowledged.get();
                var said = script("backup", file, from.settings("postgres"));
                after = load.acknowledged.get();
                assertThat(said.text()).contains("backed up to " + file);
                assertThat(said.exitCode()).isZero();
                load.stop();
                report(milepost, "After the backup");
                Milepost.await("to sign", () -> size(milepost.get("/audit/log/checkpoint")) == facts(from, "postgres"));
            }
            System.out.println("acknowledged before " + before + ", when it was whole " + after);
            assertThat(after).as("recorded while it was taken").isGreaterThan(before);

            to.ask("postgres", "create database restored");
            var restored = script("restore", file, to.settings("restored"));
            assertThat(restored.text()).contains("restored: " + facts(to, "restored") + " facts, of which ");
            assertThat(restored.exitCode()).isZero();
            same(from, to, before);

            Files.copy(data.resolve("audit-key.pem"), other.resolve("audit-key.pem"));
            Files.copy(data.resolve("audit-checkpoint"), other.resolve("audit-checkpoint"));
            try (var signedMore = launch(other, to, "restored")) {
                Milepost.await("to refuse", () -> signedMore.log().contains("nothing more is signed"));
                assertThat(signedMore.log()).contains("it was rolled back");
            }
            Files.delete(other.resolve("audit-checkpoint"));
            try (var milepost = launch(other, to, "restored")) {
                assertThat(milepost.log()).contains("The ASCN dataset is imported already");
                var last = Long.parseLong(
                        to.ask("restored", "select max(version) from event_log where stream = 'plan/phuket'"));
                Milepost.await("to build its rows", () -> version(milepost.get("/api/plans/phuket")) == last);
                assertThat(version(report(milepost, "After the restore"))).isEqualTo(last + 1);
                Milepost.await("to sign", () -> size(milepost.get("/audit/log/checkpoint")) == facts(to, "restored"));
                for (var checkpoint : List.of("kept", "backup.checkpoint")) {
                    assertThat(milepost.verify(elsewhere.resolve(checkpoint))).satisfies(said -> {
                        assertThat(said.text()).contains("verified: ");
                        assertThat(said.exitCode()).isZero();
                    });
                }
                assertThat(milepost.get("/api/plans/phuket/history?format=ndjson"))
                        .contains("After the restore")
                        .doesNotContain("After the backup");
                assertThat(milepost.get("/api/network")).contains("\"plans\":26,");
            }

            var again = script("restore", file, to.settings("restored"));
            assertThat(again.text()).contains("the database is not empty");
            assertThat(again.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void half_a_backup_does_not_look_whole_and_half_a_restore_is_none(@TempDir Path elsewhere) throws Exception {
        try (var server = Cluster.start(directory)) {
            launch(data, server, "postgres").close();
            var file = elsewhere.resolve("backup");
            var settings = server.settings("postgres");

            var full = Said.by(settings, "sh", "-c", "ulimit -f 40; exec " + path("backup") + " " + file);
            assertThat(full.exitCode()).as(full.text()).isNotZero();
            assertThat(elsewhere).isEmptyDirectory();

            interrupted(file, server);
            assertThat(server.ask("postgres", BACKUPS)).isEqualTo("0");
            assertThat(file).doesNotExist();
            assertThat(elsewhere.resolve("backup.checkpoint")).doesNotExist();

            var driver = new HashMap<>(settings);
            driver.computeIfPresent(
                    "MILEPOST_DB_URL",
                    (name, url) -> url.replace("//", "//[::1]:1,")
                            + "?prepareThreshold=0&currentSchema=public&ApplicationName=our+node&socketTimeout=600&targetServerType=primary");
            var backup = script("backup", file, driver);
            assertThat(backup.text())
                    .contains("the driver's own: prepareThreshold, socketTimeout", "backed up to " + file);
            assertThat(backup.exitCode()).isZero();
            assertThat(server.ask("postgres", BACKUPS)).isEqualTo("1");
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
            assertThat(script("backup", file, settings).text()).contains("is there already");
            assertThat(server.ask("postgres", BACKUPS)).isEqualTo("1");
            isOldestRemoved(settings, elsewhere.resolve("nightly"));
            var whole = Files.readAllBytes(file);
            server.ask("postgres", "create database target");
            for (var length : new int[] {0, 1000, whole.length / 2, whole.length - 1}) {
                Files.write(file, Arrays.copyOf(whole, length));
                var said = script("restore", file, server.settings("target"));
                assertThat(said.text()).as("%s bytes", length).contains("nothing was restored");
                assertThat(said.exitCode()).isEqualTo(1);
                assertThat(server.ask("target", "select count(*) from pg_tables where schemaname = 'public'"))
                        .isEqualTo("0");
            }
        }
    }

    @Test
    void what_is_not_milepost_s_or_not_in_utf_8_or_has_a_password_in_its_url_is_refused(@TempDir Path elsewhere)
            throws Exception {
        try (var server = Cluster.start(directory)) {
            var file = elsewhere.resolve("backup");
            assertThat(script("backup", file, server.settings("postgres")).text())
                    .contains("that database has no event_log");
            assertThat(elsewhere).isEmptyDirectory();

            var talkative = new HashMap<>(server.settings("postgres"));
            talkative.merge("MILEPOST_DB_URL", "?user=milepost&password=secret", String::concat);
            assertThat(script("backup", file, talkative).text())
                    .contains("belongs into MILEPOST_DB_PASSWORD")
                    .doesNotContain("secret");

            server.ask("postgres", "create database latin encoding 'LATIN1' locale 'C' template template0");
            Files.writeString(file, "");
            assertThat(script("restore", file, server.settings("latin")).text()).contains("the encoding LATIN1");
        }
    }

    /** Of those kept; what is not the script's own stays, and so does all of it when a backup fails. */
    private static void isOldestRemoved(Map<String, String> settings, Path nightly) throws IOException {
        Files.createDirectory(nightly);
        for (var name : List.of("milepost-2026-11-01T023000Z", "milepost-2026-11-02T023000Z", "milepost-of-mine")) {
            Files.writeString(nightly.resolve(name), "");
            Files.writeString(nightly.resolve(name + ".checkpoint"), "");
        }
        var keeping = new HashMap<>(settings);
        keeping.put("MILEPOST_BACKUPS_KEPT", "2");
        keeping.put("MILEPOST_DB_PASSWORD", "wrong");
        assertThat(script("nightly", nightly, keeping).exitCode()).isNotZero();
        assertThat(nightly.resolve("milepost-2026-11-01T023000Z")).exists();

        var credentials = Files.createDirectory(nightly.resolve("credentials"));
        Files.writeString(
                credentials.resolve("milepost.db.password"), settings.getOrDefault("MILEPOST_DB_PASSWORD", "") + "\n");
        keeping.put("CREDENTIALS_DIRECTORY", credentials.toString());
        assertThat(script("nightly", nightly, keeping).text()).contains("backed up to " + nightly);
        assertThat(nightly.toFile().list())
                .doesNotContain("milepost-2026-11-01T023000Z", "milepost-2026-11-01T023000Z.checkpoint")
                .contains("milepost-2026-11-02T023000Z.checkpoint", "milepost-of-mine", "milepost-of-mine.checkpoint")
                .filteredOn(name -> name.matches("milepost-\\d.*Z"))
                .hasSize(2);
    }

    /** Killed while it waits for a table that somebody keeps for himself. */
    private void interrupted(Path file, Cluster server) throws IOException {
        server.ask("postgres", "create table held ()");
        Thread.ofVirtual().start(() -> server.said("postgres", "begin; lock table held; select pg_sleep(600)"));
        var waiting = "select count(*) from pg_stat_activity where application_name = 'pg_dump'"
                + " and wait_event_type = 'Lock'";
        Milepost.await(
                "to hold",
                () -> server.ask(
                                "postgres",
                                "select count(*) from pg_locks where relation = 'held'::regclass and granted")
                        .equals("1"));
        var builder = new ProcessBuilder(path("backup"), file.toString());
        builder.environment().putAll(server.settings("postgres"));
        var backup = builder.start();
        Milepost.await("to begin", () -> server.ask("postgres", waiting).equals("1"));
        var commands = new StringBuilder();
        var children = backup.descendants().toList();
        children.forEach(child -> commands.append(child.info().commandLine().orElse("")));
        assertThat(commands)
                .contains("pg_dump")
                .doesNotContain(server.settings("postgres").get("MILEPOST_DB_PASSWORD"));
        backup.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        server.ask("postgres", """
            select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'psql' and pid <> pg_backend_pid()\
            """);
        server.ask("postgres", "drop table held");
    }

    /** Before anything is started on it: every row of what is kept, and none of what is read. */
    private static void same(Cluster from, Cluster to, int acknowledged) {
        var facts = facts(to, "restored");
        var signed = to.ask("restored", "select max(size) from audit_checkpoint");
        for (var rows : List.of(
                "event_log where position <= " + facts,
                "audit_checkpoint where size <= " + signed,
                "audit_tile where level = 0 and (tile + 1) * 256 <= " + signed,
                "schema_version",
                "person",
                "account",
                "client",
                "token_key")) {
            var all = "select string_agg(row::text, chr(10) order by row::text) from (select * from " + rows + ") row";
            assertThat(to.ask("restored", all)).as(rows).isEqualTo(from.ask("postgres", all));
        }
        assertThat(to.ask("restored", FILLED).split("\n"))
                .contains("event_log", "audit_tile", "account")
                .isSubsetOf(KEPT);
        assertThat(to.ask("restored", "select processor_name from token_entry")).isEqualTo("__config");
        assertThat(Integer.parseInt(
                        to.ask("restored", "select count(*) from event_log where payload like '%Under load%'")))
                .isGreaterThanOrEqualTo(acknowledged);
    }

    /** Reports on one plan, one after the other, until it is stopped. */
    private static final class Load {
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread thread;

        Load(Milepost milepost) {
            thread = Thread.ofVirtual().start(() -> {
                for (var nth = 1; !stopped.get(); nth++) {
                    if (report(milepost, "Under load, " + nth).contains("\"version\":")) acknowledged.incrementAndGet();
                }
            });
        }

        void stop() throws InterruptedException {
            stopped.set(true);
            thread.join();
        }
    }

    private static String report(Milepost milepost, String narrative) {
        return milepost.post(
                "/api/plans/phuket/status-reports", "{\"on\":\"2024-01-01\",\"narrative\":\"" + narrative + "\"}");
    }

    private static Milepost launch(Path data, Cluster cluster, String database) {
        var settings = new HashMap<>(cluster.settings(database));
        settings.put("MILEPOST_LIMITS_REQUESTS_PER_MINUTE_AND_ADDRESS", "100000");
        settings.put("MILEPOST_LIMITS_REQUESTS_PER_MINUTE_AND_ACCOUNT", "100000");
        return Milepost.launch(data, Milepost.freePort(), settings).awaitReady();
    }

    private static Said script(String name, Path file, Map<String, String> settings) {
        return Said.by(settings, path(name), file.toString());
    }

    private static String path(String name) {
        return Milepost.root().resolve("ops/backup/" + name).toString();
    }

    private static long facts(Cluster cluster, String database) {
        return Long.parseLong(cluster.ask(database, "select count(*) from event_log"));
    }

    private static long size(String checkpoint) {
        return checkpoint.lines().skip(1).findFirst().map(Long::parseLong).orElse(0L);
    }

    private static long version(String body) {
        var version = VERSION.matcher(body);
        return version.find() ? Long.parseLong(version.group(1)) : 0;
    }
}
