package milepost.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import milepost.api.Node;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.GrowingTree;
import milepost.query.audit.Hash;
import milepost.query.audit.Note;
import milepost.query.audit.VerifierKey;
import milepost.query.audit.store.AuditLog;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A log with a plan to record facts on, seen from outside. */
final class Audited {
    static final List<String> TABLES = List.of("event_log", "audit_tile", "audit_checkpoint");

    private Audited() {}

    static Node node(PGSimpleDataSource database, String... settings) {
        var all = new ArrayList<>(List.of("milepost.dataset=none", "milepost.audit.pause=50ms"));
        all.addAll(List.of(settings));
        return Node.on(database, all.toArray(String[]::new));
    }

    static void open(Node node, String plan) {
        var opened = node.post("/api/plans", """
                {"plan":"%s","city":"Phuket","countryCode":"TH","from":"2018","to":"2025","on":"2018"}""".formatted(plan));
        assertThat(opened.statusCode()).isEqualTo(201);
    }

    static void report(Node node, String plan, String text) {
        var said = node.post("/api/plans/" + plan + "/status-reports", """
                {"on":"2024-01-01","narrative":"%s"}""".formatted(text));
        assertThat(said.statusCode()).isEqualTo(200);
    }

    /** The checkpoint that anybody gets, once it covers all that is recorded; its signature is verified. */
    static Checkpoint checkpoint(Node node) {
        for (var i = 0; i < 1200; i++) {
            var facts = node.sql()
                    .sql("select count(*) from event_log")
                    .query(Long.class)
                    .single();
            var answer = node.send(HttpRequest.newBuilder(node.uri("/audit/log/checkpoint")));
            if (answer.statusCode() == 200) {
                var note = Note.parse(answer.body());
                var checkpoint = Checkpoint.parse(note.text());
                if (checkpoint.size() >= facts) {
                    note.signedBy(keys(node));
                    return checkpoint;
                }
            }
            Node.pause(50);
        }
        throw new AssertionError("the log is still behind after a minute");
    }

    static Set<VerifierKey> keys(Node node) {
        return keyLines(node).stream().map(VerifierKey::parse).collect(Collectors.toCollection(HashSet::new));
    }

    static List<String> keyLines(Node node) {
        return node.send(HttpRequest.newBuilder(node.uri("/audit/log/keys")))
                .body()
                .lines()
                .toList();
    }

    /** The root of the first lines of the database, computed anew. */
    static Hash root(Node node, long size) {
        var tree = new GrowingTree();
        node.sql()
                .sql("select line from event_log where position <= ? order by position")
                .param(size)
                .query((row, i) -> Hash.leaf(row.getBytes("line")))
                .list()
                .forEach(tree::add);
        assertThat(tree.size()).isEqualTo(size);
        return tree.root();
    }

    /** What a superuser can do: all at once, and never in the middle of what is being signed. */
    static void tamper(Node node, String... statements) {
        new TransactionTemplate(new JdbcTransactionManager(node.database())).executeWithoutResult(transaction -> {
            var sql = node.sql();
            sql.sql("select true from pg_advisory_xact_lock(cast(cast('audit_tile' as regclass) as oid)::bigint)")
                    .query(Boolean.class)
                    .single();
            for (var table : TABLES)
                sql.sql("alter table " + table + " disable trigger user").update();
            for (var statement : statements) sql.sql(statement).update();
            for (var table : TABLES)
                sql.sql("alter table " + table + " enable trigger user").update();
        });
    }

    static AuditLog log(Node node) {
        return node.bean(AuditLog.class);
    }
}
