package milepost.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static milepost.api.audit.Audited.checkpoint;
import static milepost.api.audit.Audited.keys;
import static milepost.api.audit.Audited.open;
import static milepost.api.audit.Audited.report;
import static milepost.api.audit.Audited.root;
import static milepost.api.audit.Audited.tamper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.TestServer;
import milepost.api.start.StartFailure;
import milepost.query.audit.Certificate;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Entry;
import milepost.query.audit.GrowingTree;
import milepost.query.audit.Hash;
import milepost.query.audit.MerkleTree;
import milepost.query.audit.Notary;
import milepost.query.audit.Note;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The log as its followers see it: what is signed holds all facts, goes on after every interruption, never forks. */
@ExtendWith(OutputCaptureExtension.class)
class AuditLogIT {
    private static final int FACTS = 300; // more than a full tile

    private static PGSimpleDataSource database;
    private static Node node;

    @BeforeAll
    static void record_facts() {
        database = TestServer.createDatabase();
        node = Audited.node(database);
        open(node, "phuket");
        open(node, "krabi");
        for (var i = 0; i < FACTS; i++) report(node, "phuket", "Report " + i);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void the_checkpoint_is_of_all_facts_and_signed_by_the_published_key() {
        var checkpoint = checkpoint(node);
        assertThat(checkpoint.origin()).endsWith("/audit/log");
        assertThat(checkpoint.size()).isGreaterThan(FACTS);
        assertThat(checkpoint.root()).isEqualTo(root(node, checkpoint.size()));
        assertThat(keys(node)).hasSize(1);
    }

    @Test
    void entries_and_tiles_of_every_width_are_those_of_the_tree() throws Exception {
        var size = checkpoint(node).size();
        var leaves = new ArrayList<byte[]>();
        for (var entry : entries("000")) leaves.add(entry);
        for (var entry : entries("001.p/" + (size - 256))) leaves.add(entry);
        var tree = new GrowingTree();
        leaves.forEach(leaf -> tree.add(Hash.leaf(leaf)));
        assertThat(tree.size()).isEqualTo(size);
        assertThat(tree.root()).isEqualTo(root(node, size));

        var full = bytes("/audit/log/tile/0/000");
        assertThat(full).hasSize(256 * 32);
        assertThat(bytes("/audit/log/tile/0/000.p/7")).isEqualTo(Arrays.copyOf(full, 7 * 32));
        assertThat(bytes("/audit/log/tile/0/001.p/" + (size - 256))).hasSize((int) (size - 256) * 32);
        var first = new GrowingTree();
        leaves.subList(0, 256).forEach(leaf -> first.add(Hash.leaf(leaf)));
        assertThat(Hash.of(bytes("/audit/log/tile/1/000.p/1"))).isEqualTo(first.root());
    }

    @Test
    void an_entry_is_the_line_of_the_history() throws Exception {
        var line = node.get("/api/plans/phuket/history?format=ndjson")
                .body()
                .lines()
                .toList()
                .get(2);
        var entries = entries("000");
        assertThat(entries.stream().map(entry -> new String(entry, UTF_8))).contains(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/audit/log/tile/0/002",
                "/audit/log/tile/0/001",
                "/audit/log/tile/0/001.p/255",
                "/audit/log/tile/1/000.p/2",
                "/audit/log/tile/2/000.p/1",
                "/audit/log/tile/64/000",
                "/audit/log/tile/0/0",
                "/audit/log/tile/0/",
                "/audit/log/tile/0",
                "/audit/log/tile/entries",
                "/audit/log/tile/x/000",
                "/audit/log/tile/entries/001",
                "/audit/log/tile/entries/nowhere",
                "/audit/log/other"
            })
    void what_the_tree_does_not_have_is_not_there(String path) {
        checkpoint(node);
        assertThat(node.get(path, "Authorization", node.bearer("auditor")).statusCode())
                .isEqualTo(404);
        assertThat(node.get(path, "Authorization", node.bearer("auditor"))
                        .headers()
                        .map())
                .doesNotContainEntry("cache-control", List.of("max-age=31536000, public, immutable"));
    }

    @Test
    void hashes_are_for_ever_and_the_checkpoint_is_asked_for_again() {
        assertThat(caching("/audit/log/tile/0/000"))
                .contains("max-age=31536000")
                .contains("public")
                .contains("immutable");
        assertThat(caching("/audit/log/checkpoint")).contains("no-cache");
        assertThat(caching("/audit/log/tile/entries/000")).contains("immutable").doesNotContain("public");
    }

    @Test
    void entries_are_compressed_for_whoever_takes_gzip() throws Exception {
        var plain = bytes("/audit/log/tile/entries/000");
        for (var takes : List.of("gzip", "br,gzip;q=1.0")) {
            var answer = answer("/audit/log/tile/entries/000", "Accept-Encoding", takes);
            assertThat(answer.headers().map()).containsEntry("content-encoding", List.of("gzip"));
            assertThat(answer.headers().allValues("vary")).contains("accept-encoding");
            assertThat(answer.headers().firstValue("cache-control"))
                    .hasValueSatisfying(caching -> assertThat(caching).contains("immutable", "private"));
            assertThat(answer.body().length).isLessThan(plain.length / 3);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                    .isEqualTo(plain);
        }
        for (var takes : List.of("identity", "gzip;q=0", "gzipped")) {
            var answer = answer("/audit/log/tile/entries/000", "Accept-Encoding", takes);
            assertThat(answer.headers().map()).doesNotContainKey("content-encoding");
            assertThat(answer.body()).isEqualTo(plain);
        }
    }

    @Test
    void every_fact_of_a_plan_is_proved() {
        checkpoint(node);
        var versions = node.read("/api/plans/phuket").path("version").asLong();
        for (var version = 1L; version <= versions; version += 23) {
            var proof = node.read("/audit/proof/inclusion?plan=phuket&version=" + version);
            var note = Note.parse(proof.path("checkpoint").asString());
            note.signedBy(keys(node));
            var signed = Checkpoint.parse(note.text());
            assertThat(MerkleTree.isIncluded(
                            Hash.parse(proof.path("leaf").asString()),
                            proof.path("index").asLong(),
                            signed.size(),
                            hashes(proof),
                            signed.root()))
                    .isTrue();
            assertThat(signed.size()).isEqualTo(proof.path("size").asLong());
        }
    }

    @Test
    void a_certificate_needs_nothing_but_the_key() {
        var answer = node.get("/audit/proof/certificate?plan=phuket&version=5");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"phuket-5.tlog-proof\"");
        var certificate = Certificate.parse(answer.body());
        certificate.verify(keys(node));
        var fact = Entry.parse(certificate.line());
        assertThat(fact.stream()).isEqualTo("plan/phuket");
        assertThat(fact.version()).isEqualTo(5);
    }

    @Test
    void a_fact_recorded_a_moment_ago_is_waited_for() {
        report(node, "krabi", "Just now");
        var version = node.sql()
                .sql("select max(version) from event_log where stream = 'plan/krabi'")
                .query(Long.class)
                .single();
        assertThat(node.get("/audit/proof/certificate?plan=krabi&version=" + version)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_log_has_only_grown() {
        var before = checkpoint(node);
        report(node, "krabi", "Another one");
        var after = checkpoint(node);
        for (var from : List.of(0L, 1L, 255L, 256L, 257L, before.size(), after.size())) {
            var earlier = from == 0 ? Hash.empty() : root(node, from);
            var proof = node.read("/audit/proof/consistency?from=" + from + "&to=" + after.size());
            assertThat(MerkleTree.isConsistent(from, earlier, after.size(), after.root(), hashes(proof)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/audit/proof/consistency, 400, from",
        "/audit/proof/consistency?from=x, 400, from",
        "/audit/proof/consistency?from=-1, 422, from",
        "/audit/proof/consistency?from=5&to=3, 422, from",
        "/audit/proof/consistency?from=1&to=99999999, 422, to",
        "/audit/proof/consistency?from=1&too=2, 400, too",
        "/audit/proof/inclusion?plan=phuket, 400, version",
        "/audit/proof/inclusion?version=1, 400, plan",
        "/audit/proof/inclusion?plan=nowhere&version=1, 404, nowhere",
        "/audit/proof/inclusion?plan=phuket&version=0, 422, version",
        "/audit/proof/inclusion?plan=phuket&version=99999, 422, version",
        "/audit/proof/certificate?plan=phuket&version=x, 400, version",
    })
    void bad_questions_are_told_what_is_wrong(String path, int status, String named) {
        var answer = node.get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains(named);
    }

    @Test
    void reading_entries_is_recorded_once_in_a_while() {
        var watch = AccessWatch.on(node);
        for (var i = 0; i < 3; i++)
            node.get("/audit/log/tile/entries/000", "Authorization", node.bearer("secretariat"));
        assertThat(watch.facts().stream().filter(fact -> fact.type().equals("AuditEntriesRead")))
                .hasSize(1);
        assertThat(types()).contains("AuditEntriesRead");
    }

    @Test
    void it_is_named_when_a_node_serves_and_goes_on_after_a_restart_and_nothing_is_signed_twice(CapturedOutput output) {
        var data = TestServer.createDatabase();
        assertThatThrownBy(() -> Node.on(data, List.of(Unlucky.class), "milepost.dataset=none"))
                .rootCause()
                .hasMessageContaining("The port was taken");
        assertThat(Path.of("target/audit", data.getDatabaseName(), "audit-key.pem"))
                .doesNotExist();
        assertThat(JdbcClient.create(data)
                        .sql("select count(*) from event_log where type = 'AuditKeyIntroduced'")
                        .query(Long.class)
                        .single())
                .isZero();
        Checkpoint before;
        try (var first = Audited.node(data)) {
            open(first, "phuket");
            before = checkpoint(first);
            assertThat(before.origin())
                    .isEqualTo(first.uri("/audit/log").getSchemeSpecificPart().substring(2));
            assertThat(output).doesNotContain("for ever, and Milepost is reached at");
        }
        try (var second = Audited.node(data)) {
            assertThat(output)
                    .contains("The audit log is called " + before.origin() + " for ever, and Milepost is reached at "
                            + second.uri("") + " (MILEPOST_URL)");
            report(second, "phuket", "After the restart");
            var after = checkpoint(second);
            assertThat(after.origin()).isEqualTo(before.origin());
            assertThat(root(second, before.size())).isEqualTo(before.root());
            assertThat(after.root()).isEqualTo(root(second, after.size()));
            assertThat(keys(second)).hasSize(1);
        }
    }

    @Test
    void what_was_signed_before_a_crash_and_not_stored_is_signed_again_the_same() {
        var data = TestServer.createDatabase();
        Checkpoint lost;
        try (var first = Audited.node(data)) {
            open(first, "phuket");
            var kept = checkpoint(first);
            report(first, "phuket", "The last one");
            lost = checkpoint(first);
            assertThat(lost.size()).isGreaterThan(kept.size());
            // As if the server had gone before the commit: the file knows more than the database.
            tamper(
                    first,
                    "delete from audit_checkpoint where size > " + kept.size(),
                    "update audit_tile set hashes = substring(hashes from 1 for 32 * " + kept.size() + ")");
        }
        try (var second = Audited.node(data)) {
            var again = checkpoint(second);
            assertThat(again.size()).isGreaterThanOrEqualTo(lost.size());
            assertThat(root(second, lost.size())).isEqualTo(lost.root());
        }
    }

    /** The log's times rise also then: its last fact lies ahead of the clock. */
    @Test
    void it_grows_though_the_clock_was_set_back() {
        try (var node = Audited.node(TestServer.createDatabase())) {
            open(node, "phuket");
            var before = checkpoint(node);
            var later = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(1, ChronoUnit.HOURS);
            tamper(node, """
                    insert into event_log (position, event_id, stream, version, at, type, payload, metadata, line)
                    select %1$s + 1, 'later', 'access', max(version) + 1, '%2$s', 'AccessLogExported', '{}', '{}', convert_to(
                        '{"position":%3$s,"stream":"access","version":' || max(version) + 1 || ',"at":"%2$s",'
                        || '"type":"AccessLogExported","revision":null,"metadata":{},"payload":{}}', 'UTF8')
                    from event_log where stream = 'access'
                    """.formatted(before.size(), later, before.size() + 1));
            assertThat(checkpoint(node).size()).isGreaterThan(before.size());
        }
    }

    @Test
    void two_nodes_with_one_key_never_fork() throws Exception {
        var data = TestServer.createDatabase();
        try (var one = Audited.node(data);
                var two = Audited.node(data);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var plans = List.of("a", "b", "c", "d");
            for (var plan : plans) open(one, plan);
            var tasks = new ArrayList<Future<?>>();
            for (var plan : plans) {
                tasks.add(executor.submit(() -> {
                    for (var i = 0; i < 50; i++) report(i % 2 == 0 ? one : two, plan, "Report " + i);
                }));
            }
            for (var task : tasks) task.get();
            checkpoint(one);
            var signed = one.sql()
                    .sql("select note from audit_checkpoint order by size")
                    .query(String.class)
                    .list();
            assertThat(signed).hasSizeGreaterThan(1);
            for (var note : signed) {
                var checkpoint = Checkpoint.parse(Note.parse(note).text());
                assertThat(checkpoint.root()).isEqualTo(root(one, checkpoint.size()));
            }
        }
    }

    @Test
    void a_node_without_the_key_leaves_signing_to_those_that_have_it(CapturedOutput output) {
        var data = TestServer.createDatabase();
        try (var one = Audited.node(data);
                var two = Audited.node(data, "milepost.audit.dir=target/audit/without-" + data.getDatabaseName())) {
            open(two, "phuket");
            checkpoint(one);
            assertThat(checkpoint(two)).isEqualTo(checkpoint(one));
            assertThat(keys(two)).hasSize(1);
            assertThat(output).contains("goes on without this node");
        }
    }

    @Test
    void a_database_that_was_rolled_back_is_not_signed_again(CapturedOutput output) {
        var data = TestServer.createDatabase();
        try (var node = Audited.node(data)) {
            open(node, "phuket");
            var old = checkpoint(node);
            report(node, "phuket", "To be forgotten");
            var last = checkpoint(node);
            tamper(
                    node,
                    "delete from event_log where position > " + old.size(),
                    "delete from audit_checkpoint where size > " + old.size(),
                    "update audit_tile set hashes = substring(hashes from 1 for 32 * " + old.size() + ")");
            await(
                    output,
                    "a log of %s facts was signed, and the database has %s: it was rolled back"
                            .formatted(last.size(), old.size()));
            for (var i = 0; i < 5; i++) report(node, "phuket", "Told otherwise " + i);
            await(output, "the first %s facts are not those that were signed".formatted(last.size()));
            assertThat(Audited.log(node).behind().size()).isEqualTo(old.size());
            assertThat(node.scrape()).contains("milepost_audit_verification_ok 0.0");
        }
    }

    @Test
    void a_node_keeps_in_mind_what_another_one_signed() {
        var data = TestServer.createDatabase();
        var key = "milepost.audit.key=" + PrivateKeys.generate();
        var mind = "target/audit/onlooker-" + data.getDatabaseName();
        try (var one = Audited.node(data, key)) {
            open(one, "phuket");
            checkpoint(one);
        }
        try (var two = Audited.node(data, key, "milepost.audit.dir=" + mind)) {
            var checkpoint = checkpoint(two);
            var kept = two.bean(Notary.class);
            for (var i = 0; i < 1200 && kept.signed().isEmpty(); i++) Node.pause(50);
            assertThat(kept.signed()).hasValue(checkpoint);
        }
    }

    @Test
    void a_new_key_signs_beside_the_old_one_and_is_introduced_by_the_log_itself() throws IOException {
        var data = TestServer.createDatabase();
        var keys = Files.createTempFile("keys", ".pem");
        Files.writeString(keys, PrivateKeys.generate());
        var origin = "milepost.audit.origin=example.org/log";
        Checkpoint before;
        try (var first = Audited.node(data, "milepost.audit.key=" + keys, origin)) {
            open(first, "phuket");
            before = checkpoint(first);
        }
        Files.writeString(keys, Files.readString(keys) + PrivateKeys.generate());
        try (var second = Audited.node(data, "milepost.audit.key=" + keys)) {
            report(second, "phuket", "Two keys");
            var after = checkpoint(second);
            assertThat(after.origin()).isEqualTo("example.org/log");
            var log = Audited.log(second);
            var both = log.keys();
            assertThat(both).hasSize(2);
            assertThat(log.latest().orElseThrow().signedBy(keys(second))).containsExactlyInAnyOrderElementsOf(both);
            var handover = log.handovers(after.size()).getFirst();
            assertThat(handover.signedBy(keys(second))).hasSize(2);
            assertThat(Checkpoint.parse(handover.text()).size()).isGreaterThan(before.size());
        }
        var last = PrivateKeys.read(Files.readString(keys), "example.org/log").getLast();
        var pem = Files.readString(keys);
        Files.writeString(keys, pem.substring(pem.lastIndexOf("-----BEGIN")));
        try (var third = Audited.node(data, "milepost.audit.key=" + keys)) {
            report(third, "phuket", "The new key alone");
            checkpoint(third);
            assertThat(Audited.log(third).latest().orElseThrow().signedBy(keys(third)))
                    .containsExactly(last.key());
        }
    }

    @Test
    void a_node_without_the_new_key_leaves_its_introduction_to_those_that_have_it() throws IOException {
        var data = TestServer.createDatabase();
        var old = Files.createTempFile("old", ".pem");
        var both = Files.createTempFile("both", ".pem");
        Files.writeString(old, PrivateKeys.generate());
        Files.writeString(both, Files.readString(old) + PrivateKeys.generate());
        try (var one = Audited.node(data, "milepost.audit.key=" + old)) {
            open(one, "phuket");
            checkpoint(one);
            try (var two = Audited.node(data, "milepost.audit.key=" + both)) {
                checkpoint(two);
                assertThat(Audited.log(two).handovers(Long.MAX_VALUE).getFirst().signedBy(keys(two)))
                        .hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "milepost.audit.key=/nowhere/key.pem | MILEPOST_AUDIT_KEY is neither PEM nor a file that can be read",
                "milepost.audit.key=-----BEGIN NOTHING----- | there is no PRIVATE KEY in it",
                "milepost.audit.origin=a b | has spaces or a plus: a b",
                "milepost.audit.origin=another.example/log | a log cannot be renamed"
            })
    void what_cannot_sign_stops_the_start_and_says_why(String setting, String why) {
        assertThat(refusal(setting)).isInstanceOf(StartFailure.class).hasMessageContaining(why);
    }

    @Test
    void a_key_that_is_given_without_its_armour_is_not_repeated() {
        var secret = PrivateKeys.generate().lines().toList().get(1);
        assertThat(refusal("milepost.audit.key=" + secret))
                .isInstanceOf(StartFailure.class)
                .hasMessageNotContaining(secret);
    }

    private static Throwable refusal(String setting) {
        return NestedExceptionUtils.getMostSpecificCause(catchThrowable(() -> Audited.node(database, setting)));
    }

    /** Fails where only the server's port could fail: when all beans are made, and nobody is served yet. */
    static class Unlucky {
        @Bean
        SmartLifecycle unlucky() {
            return new SmartLifecycle() {
                @Override
                public void start() {
                    throw new StartFailure("The port was taken a moment ago", "Start again");
                }

                @Override
                public void stop() {}

                @Override
                public boolean isRunning() {
                    return false;
                }
            };
        }
    }

    /** The output is of the start, too. */
    @Test
    void the_private_key_is_in_its_file_only(CapturedOutput output) throws IOException {
        checkpoint(node);
        var file = Path.of("target/audit", database.getDatabaseName(), "audit-key.pem");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        var secret = Files.readString(file).lines().toList().get(1);
        assertThat(output).doesNotContain(secret);
        assertThat(node.sql()
                        .sql("select count(*) from event_log where convert_from(line, 'UTF8') like '%' || ? || '%'")
                        .param(secret)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void its_size_and_lag_are_metrics() {
        var size = checkpoint(node).size();
        assertThat(node.scrape())
                .contains("milepost_audit_log_size " + (double) size, "milepost_audit_log_lag_seconds 0.0");
    }

    private static void await(CapturedOutput output, String text) {
        for (var i = 0; i < 3000; i++) {
            if (output.toString().contains(text)) return;
            Node.pause(20);
        }
        throw new AssertionError("not said within a minute: " + text);
    }

    private static List<Hash> hashes(JsonNode proof) {
        return StreamSupport.stream(proof.path("hashes").spliterator(), false)
                .map(hash -> Hash.parse(hash.asString()))
                .toList();
    }

    private static List<byte[]> entries(String tile) throws IOException, InterruptedException {
        var bundle = ByteBuffer.wrap(bytes("/audit/log/tile/entries/" + tile));
        var entries = new ArrayList<byte[]>();
        while (bundle.hasRemaining()) {
            var entry = new byte[Short.toUnsignedInt(bundle.getShort())];
            bundle.get(entry);
            entries.add(entry);
        }
        return entries;
    }

    private static byte[] bytes(String path) throws IOException, InterruptedException {
        return answer(path).body();
    }

    private static HttpResponse<byte[]> answer(String path, String... headers)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(node.uri(path)).header("Authorization", node.bearer("auditor"));
            if (headers.length > 0) request.headers(headers);
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer;
        }
    }

    private static String caching(String path) {
        checkpoint(node);
        return node.get(path, "Authorization", node.bearer("auditor"))
                .headers()
                .firstValue("Cache-Control")
                .orElse("");
    }

    private static List<String> types() {
        return node.sql()
                .sql("select distinct type from event_log where stream = 'access'")
                .query(String.class)
                .list();
    }
}
