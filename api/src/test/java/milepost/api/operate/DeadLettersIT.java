package milepost.api.operate;

import static milepost.api.operate.Requests.open;
import static milepost.api.operate.Requests.schedule;
import static milepost.api.operate.Requests.scheduling;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import milepost.api.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** A fact that a projection cannot handle is set aside, and those behind it on its plan; nobody else waits. */
@ExtendWith(OutputCaptureExtension.class)
class DeadLettersIT {
    private static final String RETRY = "/actuator/projections/plans/retry";

    @SuppressWarnings("NullAway.Init")
    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.empty();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void heal() {
        for (var poison : List.of("one", "two", "three", "four", "five")) permit(poison);
        node.manage(RETRY, "{}");
    }

    @Test
    void a_fact_that_cannot_be_handled_waits_with_those_behind_it_until_it_is_retried(CapturedOutput output) {
        open(node, "sick");
        open(node, "sound");
        schedule(node, "sick", "before", "2030");
        forbid("one");
        record("sick", "one");
        awaitDeadLetters(1);
        assertThat(output.getAll().lines().filter(line -> line.contains("Set aside: ")))
                .singleElement()
                .asString()
                .contains("of sick, version 3: ", "poison_one");
        record("sick", "behind");
        awaitDeadLetters(2);

        schedule(node, "sound", "goes-on", "2030");
        assertThat(listed("sick")).isEqualTo(2);
        assertThat(node.read("/api/plans/sick").get("version").asLong())
                .as("one plan is read from its record")
                .isEqualTo(4);
        assertThat(node.read("/api/plans/sick/timeline").get("items")).hasSize(4);
        assertThat(node.post("/api/plans/sick/status", "{\"status\":\"endorsed\"}", "Prefer", "wait=1")
                        .headers()
                        .firstValue("Preference-Applied"))
                .as("nobody is told that the read side shows what it does not")
                .isEmpty();
        awaitDeadLetters(3);

        var letters = deadLetters();
        assertThat(letters).extracting(letter -> letter.get("plan").asString()).containsOnly("sick");
        assertThat(letters).extracting(letter -> letter.get("version").asLong()).containsExactly(3L, 4L, 5L);
        assertThat(letters.getFirst().get("causeMessage").asString()).contains("poison_one");
        assertThat(letters.getFirst().get("causeType").asString()).contains("Exception");
        assertThat(letters.get(1).get("causeType").isNull()).isTrue();
        assertThat(Samples.of(node).get("milepost_dead_letters", "processor=\"timeline\""))
                .isZero();

        assertThat(retried()).as("still poisonous").isZero();
        awaitDeadLetters(3);
        permit("one");
        assertThat(retried()).isPositive();
        awaitDeadLetters(0);
        assertThat(listed("sick")).isEqualTo(5);
        node.awaitProjections();
        PlainScan.assertRowsAgree(node);
    }

    /** What is delivered together is written together, so that what one plan cannot be written with fails all of them at first. */
    @Test
    void a_fact_that_cannot_be_written_is_found_among_those_of_its_batch() throws SQLException {
        var plans = IntStream.range(0, 12).mapToObj(nth -> "batch-" + nth).toList();
        for (var plan : plans) open(node, plan);
        raise("five", "23514");
        try (var held = node.database().getConnection();
                var statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("lock table plan");
            for (var nth = 0; nth < 3; nth++) {
                for (var plan : plans) record(plan, "nth-" + nth);
            }
            record("batch-7", "five");
            for (var plan : plans) record(plan, "last");
            held.commit();
        }
        awaitDeadLetters(5);
        assertThat(deadLetters())
                .extracting(letter -> letter.get("plan").asString())
                .containsOnly("batch-7");
        assertThat(tries()).as("with the others, and by itself").isBetween(1L, 2L);
        for (var plan : plans) {
            if (!plan.equals("batch-7")) awaitListed(plan, 5);
        }
        permit("five");
        assertThat(retried()).isPositive();
        awaitDeadLetters(0);
        node.awaitProjections();
        PlainScan.assertRowsAgree(node);
    }

    /** Raised by PostgreSQL where a row is written: a lock that lasts, a database that is read-only. */
    @ParameterizedTest
    @ValueSource(strings = {"55P03", "25006"})
    void what_passes_by_itself_is_tried_again_until_it_has_passed(String state) {
        var plan = "held-" + state.toLowerCase(Locale.ROOT);
        open(node, plan);
        raise("four", state);
        record(plan, "four");
        while (tries() == 0) Node.pause(10);
        permit("four");
        node.awaitProjections();
        PlainScan.assertRowsAgree(node);
    }

    /** Spring takes class 54 for a resource that failed, and so it was tried for ever, and everything behind it waited. */
    @Test
    void what_will_not_pass_is_set_aside_at_once() {
        open(node, "too-wide");
        raise("two", "54000");
        record("too-wide", "two");
        awaitDeadLetters(1);
        permit("two");
        retried();
        awaitDeadLetters(0);
    }

    @Test
    void a_plan_that_is_still_sick_keeps_no_other_from_being_healed() {
        open(node, "sick-one");
        open(node, "sick-two");
        forbid("one");
        forbid("two");
        record("sick-one", "one");
        awaitDeadLetters(1);
        record("sick-two", "two");
        awaitDeadLetters(2);

        permit("two");
        retried();
        awaitDeadLetters(1);
        assertThat(listed("sick-two")).isEqualTo(2);
        permit("one");
        record("sick-two", "one");
        retried();
        awaitDeadLetters(0);
        node.awaitProjections();
        PlainScan.assertRowsAgree(node);
    }

    @Test
    void a_plan_that_cannot_be_folded_keeps_its_rows_in_a_rebuild_of_the_others() {
        open(node, "kept");
        open(node, "wrong");
        schedule(node, "kept", "before", "2030");
        node.sql().sql("update plan set city = 'Wrong' where plan = 'wrong'").update();
        forbid("three");
        record("kept", "three");
        awaitDeadLetters(1);

        var progress = rebuild();
        assertThat(progress.get("failure").isNull()).as(progress.toString()).isTrue();
        assertThat(progress.get("kept").toString()).isEqualTo("[\"kept\"]");
        assertThat(listed("kept")).isEqualTo(2);
        assertThat(node.sql()
                        .sql("select id from milestone where plan = 'kept'")
                        .query(String.class)
                        .list())
                .containsExactly("before");
        assertThat(node.sql()
                        .sql("select city from plan where plan = 'wrong'")
                        .query(String.class)
                        .single())
                .isEqualTo("wrong");
        permit("three");
        retried();
        awaitDeadLetters(0);
        node.awaitProjections();
        PlainScan.assertRowsAgree(node);
    }

    /** Written by a newer version, or by a hand that should not have: the log keeps it, and nobody guesses around it. */
    @Test
    void a_fact_that_cannot_be_read_is_set_aside_for_its_plan_and_no_answer_leaves_it_out() {
        try (var strange = Node.empty()) {
            open(strange, "strange");
            schedule(strange, "strange", "before", "2030");
            open(strange, "plain");
            insert(strange, "Bogus", "{\"what\":\"ever\"}");
            awaitDeadLetters(strange, "plans", 1);
            awaitDeadLetters(strange, "timeline", 1);

            schedule(strange, "plain", "goes-on", "2030");
            assertThat(strange.get("/api/plans/strange/history?format=ndjson")
                            .body()
                            .lines())
                    .hasSize(3)
                    .last()
                    .asString()
                    .contains("\"type\":\"Bogus\"", "\"payload\":{\"what\":\"ever\"}");
            assertThat(strange.read("/api/plans/strange/history").get("items")).hasSize(3);
            assertThat(strange.read("/api/plans/strange").get("version").asLong())
                    .isEqualTo(2);
            assertThat(strange.read("/api/plans/strange?version=2").get("milestones"))
                    .hasSize(1);
            for (var question : List.of("?version=3", "?on=2024-01-01", "/timeline?version=3")) {
                assertUnreadable(strange.get("/api/plans/strange" + question));
            }
            var letters = deadLetters(strange, "plans");
            assertThat(letters).hasSize(1);
            assertThat(letters.getFirst().get("plan").asString()).isEqualTo("strange");
            assertThat(letters.getFirst().get("version").asLong()).isEqualTo(3);
            assertThat(letters.getFirst().get("causeMessage").asString()).contains("Bogus");

            assertUnreadable(strange.post("/api/plans/strange/milestones", scheduling("after", "2030")));
            assertThat(strange.sql()
                            .sql("select max(version) from event_log where stream = 'plan/strange'")
                            .query(Long.class)
                            .single())
                    .as("nothing is decided on a part of the record")
                    .isEqualTo(3);
        }
    }

    private static void assertUnreadable(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(Node.json(response).get("code").asString()).isEqualTo("fact-unreadable");
    }

    /** The version that lists show, which are read from the rows. */
    private static long listed(String plan) {
        return node.read("/api/plans?limit=200")
                .get("items")
                .valueStream()
                .filter(item -> item.get("plan").asString().equals(plan))
                .findFirst()
                .orElseThrow()
                .get("version")
                .asLong();
    }

    private static void awaitListed(String plan, long version) {
        for (var i = 0; i < 600 && listed(plan) < version; i++) Node.pause(100);
        assertThat(listed(plan)).as(plan).isEqualTo(version);
    }

    /** No milestone of this name can be shown any more. */
    private static void forbid(String poison) {
        node.sql()
                .sql("alter table milestone add constraint poison_%1$s check (id <> '%1$s') not valid"
                        .formatted(poison))
                .update();
    }

    /** A sequence counts, since it takes nothing back. */
    private static void raise(String poison, String state) {
        node.sql().sql("""
                create or replace function raise_it() returns boolean language plpgsql as $$
                begin
                    perform nextval('tries');
                    raise exception 'it is so for now' using errcode = '%s';
                end $$""".formatted(state)).update();
        node.sql().sql("drop sequence if exists tries").update();
        node.sql().sql("create sequence tries").update();
        node.sql()
                .sql("alter table milestone add constraint poison_%1$s check (id <> '%1$s' or raise_it()) not valid"
                        .formatted(poison))
                .update();
    }

    private static long tries() {
        return node.sql()
                .sql("select case when is_called then last_value else 0 end from tries")
                .query(Long.class)
                .single();
    }

    private static void permit(String poison) {
        node.sql()
                .sql("alter table milestone drop constraint if exists poison_" + poison)
                .update();
    }

    private static void record(String plan, String milestone) {
        var response = node.post("/api/plans/" + plan + "/milestones", scheduling(milestone, "2030"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private static void insert(Node node, String type, String payload) {
        node.sql().sql("""
                insert into event_log (event_id, stream, version, type, payload, metadata)
                select gen_random_uuid(), stream, max(version) + 1, ?, ?, '{}' from event_log
                where stream = 'plan/strange' group by stream""").params(type, payload).update();
    }

    private static int retried() {
        var response = node.manage(RETRY, "{}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Node.json(response).get("retried").asInt();
    }

    private static JsonNode rebuild() {
        assertThat(node.manage("/actuator/projections/plans/rebuild", "{}").statusCode())
                .isEqualTo(202);
        while (true) {
            var now =
                    Node.json(node.manage("/actuator/projections")).get("plans").get("rebuild");
            if (!now.get("finished").isNull() || !now.get("failure").isNull()) return now;
            Node.pause(5);
        }
    }

    private static List<JsonNode> deadLetters() {
        return deadLetters(node, "plans");
    }

    private static List<JsonNode> deadLetters(Node node, String projection) {
        var page = Node.json(node.manage("/actuator/projections/" + projection + "/dead-letters"));
        return StreamSupport.stream(page.get("items").spliterator(), false).toList();
    }

    private static void awaitDeadLetters(int count) {
        awaitDeadLetters(node, "plans", count);
    }

    /** By the metric; a scrape is work, also for whom it waits for. */
    private static void awaitDeadLetters(Node node, String projection, int count) {
        for (var i = 0; i < 600; i++) {
            var now = Samples.of(node).get("milepost_dead_letters", "processor=\"" + projection + "\"");
            if (now != null && now == count) return;
            Node.pause(100);
        }
        assertThat(Samples.of(node).starting("milepost_dead_letters")).containsValue((double) count);
    }
}
