package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A superuser of the database changes what was recorded; the auditor's command, with a kept checkpoint, names the fact. */
class TamperIT {
    private static final int REPORTS = 20;

    @TempDir
    private Path data;

    @BeforeEach
    void tools() {
        Tool.require("psql", "postgresql-client");
        Tool.require("curl", "curl");
        Tool.require("openssl", "openssl");
    }

    /** Each change is further back in the log than the one before, so that it is the first to be found. */
    @Test
    void every_change_is_named() throws IOException {
        try (var milepost = record()) {
            var kept = checkpoint(milepost, "kept");
            assertThat(milepost.verify(kept)).satisfies(said -> {
                assertThat(said.text()).contains("verified: ");
                assertThat(said.exitCode()).isZero();
            });

            named(
                    milepost,
                    kept,
                    5,
                    "update event_log set payload = replace(payload, 'Report 5', 'Report V') where :v5");
            tamper("update event_log set payload = replace(payload, 'Report V', 'Report 5') where :v5");
            named(milepost, kept, 6, "update event_log set at = at - interval '1 microsecond' where :v6");
            tamper("update event_log set at = at + interval '1 microsecond' where :v6");
            assertThat(milepost.verify(kept).exitCode()).as("put back").isZero();

            named(milepost, kept, 99, """
                    update event_log set position = -position where position >= (select position from event_log where :v20);
                    update event_log set position = 1 - position where position < 0;
                    insert into event_log (position, event_id, stream, version, at, type, payload, metadata, line)
                    select position - 1, 'forged', stream, 99, at - interval '1 microsecond', type, payload, metadata,
                        convert_to(replace(convert_from(line, 'UTF8'), '"version":20,', '"version":99,'), 'UTF8')
                    from event_log where :v20""");
            named(milepost, kept, 17, "delete from event_log where :v17");
            named(milepost, kept, 14, """
                    update event_log set at = at - interval '1 year',
                        line = convert_to(regexp_replace(convert_from(line, 'UTF8'), '"at":"....', '"at":"2019'), 'UTF8')
                    where :v14""");
            named(milepost, kept, 11, """
                    update event_log one set line = other.line from event_log other
                    where one.stream = 'plan/phuket' and other.stream = 'plan/phuket'
                        and (one.version, other.version) in ((10, 11), (11, 10))""");
            named(milepost, kept, 8, """
                    update event_log set payload = replace(payload, 'Report 8', 'Report X'),
                        line = convert_to(replace(convert_from(line, 'UTF8'), 'Report 8', 'Report X'), 'UTF8')
                    where :v8""");
            Milepost.await("to notice", () -> milepost.log().contains("The audit log does not verify"));
        }
    }

    @Test
    void a_database_rolled_back_to_an_older_backup_is_found() throws IOException {
        try (var milepost = record()) {
            var old = size(checkpoint(milepost, "old"));
            milepost.post(
                    "/api/plans/phuket/status-reports", "{\"on\":\"2024-01-01\",\"narrative\":\"To be forgotten\"}");
            var kept = checkpoint(milepost, "kept");
            var export = export(milepost, "kept.zip");
            checkpoint(milepost, "quiet"); // the export is a fact, too: nothing is being signed while rows are deleted
            tamper("delete from event_log where position > " + old
                    + "; delete from audit_checkpoint where size > " + old
                    + "; update audit_tile set hashes = substring(hashes from 1 for 32 * " + old + ")");

            assertThat(milepost.verify(kept).text()).contains("WRONG: ").contains("rolled back");
            assertThat(milepost.verify(export).text()).contains("WRONG: ").contains("plan/phuket version 22");
            assertThat(milepost.verify(kept).exitCode()).isEqualTo(1);
        }
    }

    private void named(Milepost milepost, Path kept, int version, String sql) {
        tamper(sql);
        var said = milepost.verify(kept);
        assertThat(said.text()).as(sql).containsPattern("WRONG: .*plan/phuket version " + version + "\\b");
        assertThat(said.exitCode()).isEqualTo(1);
    }

    /** A plan whose version 2 says Report 2, and so on. */
    private Milepost record() {
        var milepost = Milepost.launch(data, Milepost.freePort(), Map.of("MILEPOST_DATASET", "none"))
                .awaitReady();
        milepost.post("/api/plans", """
                {"plan":"phuket","city":"Phuket","countryCode":"TH","from":"2018","to":"2025","on":"2018"}""");
        for (var version = 2; version <= REPORTS + 1; version++) {
            milepost.post(
                    "/api/plans/phuket/status-reports",
                    "{\"on\":\"2024-01-01\",\"narrative\":\"Report " + version + "\"}");
        }
        return milepost;
    }

    /** Once it covers all that is recorded. */
    private Path checkpoint(Milepost milepost, String name) throws IOException {
        var facts = Long.parseLong(
                Milepost.psql(data, "select count(*) from event_log").strip());
        var file = data.resolve(name);
        Milepost.await("to sign", () -> {
            try {
                Files.writeString(file, milepost.get("/audit/log/checkpoint"));
                return size(file) >= facts;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return file;
    }

    private static long size(Path checkpoint) throws IOException {
        return Long.parseLong(Files.readAllLines(checkpoint).get(1));
    }

    private Path export(Milepost milepost, String name) {
        var request = HttpRequest.newBuilder(URI.create(milepost.url() + "/api/audit/export"));
        return milepost.download(request, data.resolve(name));
    }

    /** As a superuser, whom no trigger stops, and never in the middle of what is being signed; {@code :v5} is version 5 of the plan. */
    private void tamper(String sql) {
        Milepost.psql(
                data,
                "set session_replication_role = replica; select pg_advisory_xact_lock('audit_tile'::regclass::oid::bigint); "
                        + sql.replaceAll(":v(\\d+)", "(stream = 'plan/phuket' and version = $1)"));
    }
}
