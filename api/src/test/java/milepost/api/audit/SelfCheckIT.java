package milepost.api.audit;

import static milepost.api.audit.Audited.TABLES;
import static milepost.api.audit.Audited.checkpoint;
import static milepost.api.audit.Audited.open;
import static milepost.api.audit.Audited.report;
import static milepost.api.audit.Audited.tamper;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import milepost.api.Node;
import milepost.api.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Somebody changes the database as its superuser: the server itself says so, names the fact, and goes on answering. */
@ExtendWith(OutputCaptureExtension.class)
class SelfCheckIT {
    private static final String OK = "milepost_audit_verification_ok ";

    private static Node node;

    @BeforeAll
    static void record_facts() {
        node = recorded();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Node recorded() {
        var node = Audited.node(TestServer.createDatabase());
        open(node, "phuket");
        open(node, "krabi");
        for (var i = 0; i < 10; i++) report(node, "phuket", "Report " + i);
        return node;
    }

    /** {@code :p} is the position of version 5 of the plan. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "line | update event_log set line = convert_to(replace(convert_from(line, 'UTF8'), 'Report 3', 'Report X'), 'UTF8') where position = :p | plan/phuket version 5 .* was changed since it came into the log",
                "payload | update event_log set payload = replace(payload, 'Report 3', 'Report X') where position = :p | plan/phuket version 5 .*: payload was changed in the table",
                "author | update event_log set metadata = replace(metadata, 'secretariat', 'auditor') where position = :p | plan/phuket version 5 .*: metadata was changed in the table",
                "at | update event_log set at = at - interval '1 microsecond' where position = :p | plan/phuket version 5 .*: at was changed in the table",
                "plan | update event_log set stream = 'plan/krabi' where position = :p | plan/phuket version 5 .*: stream was changed in the table",
                "swap | update event_log set position = -position where position in (:p, :p + 1); update event_log set position = case -position when :p then :p + 1 else :p end where position < 0 | plan/phuket version 6 .* stands at position",
                "delete | delete from event_log where position = :p | position \\d+ is missing; plan/phuket version 6",
                "tile | update audit_tile set hashes = decode(repeat('00', octet_length(hashes)), 'hex') where level = 0 | was changed since it came into the log",
                "checkpoint | update audit_checkpoint set note = regexp_replace(note, concat('(\\d+)', chr(10)), concat('1\\1', chr(10))) where size = (select max(size) from audit_checkpoint) | is not of this text",
            })
    void what_was_changed_is_named_until_it_is_put_back(
            String what, String statements, String said, CapturedOutput output) {
        whileChanged(() -> isNamed(node, what, statements, said, output));
        assertThat(output).contains("The audit log verifies again");
    }

    /** What is recorded next takes a position of before, so that nothing can be put back. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "delete and close up | delete from event_log where position = :p; update event_log set position = -position where position > :p; update event_log set position = -position - 1 where position < 0 | plan/phuket version 6 .* stands at position",
                "insert | update event_log set position = -position where position >= :p; update event_log set position = -position + 1 where position < 0; insert into event_log (position, event_id, stream, version, at, type, payload, metadata, line) select :p, 'forged', 'plan/phuket', 99, at - interval '1 microsecond', type, payload, metadata, convert_to(replace(convert_from(line, 'UTF8'), '\"version\":5', '\"version\":99'), 'UTF8') from event_log where position = :p + 1 | plan/phuket version 99 .* was changed since it came into the log",
                "the last one | delete from event_log where position = (select max(position) from event_log) | facts after position \\d+ are missing",
            })
    void what_changed_the_positions_is_named(String what, String statements, String said, CapturedOutput output) {
        try (var node = recorded()) {
            isNamed(node, what, statements, said, output);
        }
    }

    private static void isNamed(Node node, String what, String statements, String said, CapturedOutput output) {
        checkpoint(node);
        await(node, 1);

        var position = node.sql()
                .sql("select position from event_log where stream = 'plan/phuket' and version = 5")
                .query(Long.class)
                .single();
        var sql = statements.replace(":p", position.toString());
        tamper(node, sql.split("; "));

        await(node, 0);
        await(output, "The audit log does not verify: .*" + said);
        assertThat(node.get("/api/plans/phuket").statusCode()).isEqualTo(200);
        assertThat(node.get("/api/plans/krabi/history").statusCode()).isEqualTo(200);
        open(node, "trang-" + what.replace(' ', '-'));
    }

    /** What is in the log before is in it again afterwards, with what was recorded behind it meanwhile. */
    private static void whileChanged(Runnable test) {
        checkpoint(node);
        for (var table : TABLES)
            node.sql().sql("create table kept_" + table + " as table " + table).update();
        try {
            test.run();
        } finally {
            tamper(
                    node,
                    "delete from event_log where position <= (select max(position) from kept_event_log)",
                    "insert into event_log table kept_event_log",
                    "update audit_tile set hashes = overlay(audit_tile.hashes placing kept.hashes from 1)"
                            + " from kept_audit_tile kept where (kept.level, kept.tile) = (audit_tile.level, audit_tile.tile)",
                    "update audit_checkpoint set note = kept.note"
                            + " from kept_audit_checkpoint kept where kept.size = audit_checkpoint.size",
                    "drop table kept_event_log, kept_audit_tile, kept_audit_checkpoint");
        }
        await(node, 1);
    }

    @Test
    void a_back_dated_fact_behind_the_others_is_never_signed(CapturedOutput output) {
        try (var node = Audited.node(TestServer.createDatabase())) {
            open(node, "phuket");
            var before = checkpoint(node);
            tamper(node, """
                    insert into event_log (position, event_id, stream, version, at, type, payload, metadata, line)
                    select %1$s + 1, 'forged', stream, version + 1, at - interval '1 year', type, payload, metadata,
                        convert_to(replace(replace(replace(convert_from(line, 'UTF8'), '"position":' || position,
                            '"position":%2$s'), '"version":1', '"version":2'), '"at":"20', '"at":"19'), 'UTF8')
                    from event_log where stream = 'plan/phuket'
                    """.formatted(before.size(), before.size() + 1));
            await(node, 0);
            await(output, "nothing more is signed: plan/phuket version 2 .* it is back-dated");
            assertThat(Audited.log(node).behind().size()).isEqualTo(before.size());
        }
    }

    /** Or its holder could sign another history, and show the checkpoint of our key beside it. */
    @Test
    void a_key_that_somebody_put_into_the_table_is_never_signed(CapturedOutput output) {
        try (var node = Audited.node(TestServer.createDatabase())) {
            var before = checkpoint(node);
            var stranger =
                    PrivateKeys.read(PrivateKeys.generate(), before.origin()).getFirst();
            node.sql().sql("""
                            insert into event_log (event_id, stream, type, payload, metadata) select 'forged', stream, type,
                                '{"key":"%s"}', metadata from event_log where type = 'AuditKeyIntroduced'
                            """.formatted(stranger.key())).update();
            await(output, "nothing more is signed: access version .* introduces a key that this node does not have");
            assertThat(Audited.log(node).behind().size()).isEqualTo(before.size());
        }
    }

    @Test
    void a_key_that_cannot_be_read_any_more_stops_no_start_and_is_named(CapturedOutput output) {
        var data = TestServer.createDatabase();
        try (var node = Audited.node(data)) {
            checkpoint(node);
            tamper(
                    node,
                    "update event_log set line = convert_to(replace(convert_from(line, 'UTF8'), '\"key\":\"', '\"key\":\"x'), 'UTF8') where type = 'AuditKeyIntroduced'");
        }
        try (var node = Audited.node(data)) {
            await(node, 0);
            await(output, "The audit log goes on without this node: access version .*AuditKeyIntroduced");
            assertThat(node.get("/api/plans").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_does_not_verify_is_not_certified() {
        whileChanged(() -> {
            tamper(
                    node,
                    "update event_log set line = convert_to(replace(convert_from(line, 'UTF8'), 'Phuket', 'Krabi'), 'UTF8') where stream = 'plan/phuket'");
            var answer = node.get("/audit/proof/certificate?plan=phuket&version=1");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("audit-mismatch");
        });
    }

    private static void await(CapturedOutput output, String said) {
        for (var i = 0; i < 600; i++) {
            if (Pattern.compile(said).matcher(output).find()) return;
            Node.pause(100);
        }
        assertThat(output.toString()).containsPattern(said);
    }

    private static void await(Node node, int ok) {
        for (var i = 0; i < 600; i++) {
            if (node.scrape().contains(OK + (double) ok)) return;
            Node.pause(100);
        }
        throw new AssertionError("not " + OK + ok + " within a minute");
    }
}
