package milepost.log.axon;

import static milepost.log.axon.Node.noted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

class EventLogIT {
    private static final LogDatabase DATABASE = new LogDatabase();
    private static final Node NODE = Node.on(DATABASE);

    private final String plan = "plan-" + UUID.randomUUID();

    @AfterAll
    static void close() {
        NODE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event_log set payload = '{}'",
                "update event_log set at = now() where false",
                "delete from event_log",
                "truncate event_log",
                "insert into event_log select * from event_log limit 1 on conflict (event_id) do update set payload = '{}'"
            })
    void what_is_stored_is_never_changed_or_removed(String attempt) {
        NODE.append(noted(plan, 1, "kept"));
        assertThatThrownBy(() -> DATABASE.sql().sql(attempt).update())
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("event_log is append-only");
        assertThat(texts()).containsExactly("kept");
    }

    @Test
    void a_fact_is_read_back_as_it_was_appended_at_the_moment_of_its_row() {
        var event = noted(plan, 1, "Phuket เทศบาลนคร – “bắt đầu” 🚌 \" \\ \n\u0001\u0000", Map.of("by", "ñ"));
        NODE.append(event);

        var read = read().getFirst();
        assertThat(read.getIdentifier()).isEqualTo(event.getIdentifier());
        assertThat(read.getAggregateIdentifier()).isEqualTo(plan);
        assertThat(read.getType()).isEqualTo("ActionPlan");
        assertThat(read.getSequenceNumber()).isZero();
        assertThat(read.getPayload()).isEqualTo(event.getPayload());
        assertThat(read.getMetaData()).isEqualTo(event.getMetaData());
        assertThat(read.getTimestamp())
                .isEqualTo(row("at", OffsetDateTime.class).toInstant());
        assertThat(NODE.storage().lastSequenceNumberFor(plan)).contains(0L);
        assertThat(NODE.storage().lastSequenceNumberFor("nowhere")).isEmpty();
    }

    @Test
    void the_line_is_composed_once_byte_for_byte() {
        insert(plan, 1, "{\"text\": \"ภูเก็ต 🚌\"}", "{\"by\":\"ñ\"}", "Say \"it\" \\", "2.0");
        var at = row("to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", String.class);
        assertThat(line())
                .isEqualTo("{\"position\":" + row("position", Long.class) + ",\"stream\":\"plan/" + plan
                        + "\",\"version\":1,\"at\":\"" + at
                        + "\",\"type\":\"Say \\\"it\\\" \\\\\",\"revision\":\"2.0\","
                        + "\"metadata\":{\"by\":\"ñ\"},\"payload\":{\"text\": \"ภูเก็ต 🚌\"}}");
        assertThat(at).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void the_line_is_json_and_says_null_where_there_is_no_revision() {
        NODE.append(noted(plan, 1, "one\nline\u2028 only", Map.of("k", "\"")));
        var json = JsonMapper.builder().build().readTree(line());
        assertThat(json.propertyNames())
                .containsExactly("position", "stream", "version", "at", "type", "revision", "metadata", "payload");
        assertThat(json.get("revision").isNull()).isTrue();
        assertThat(json.get("payload").get("text").asString()).isEqualTo("one\nline\u2028 only");
        assertThat(line()).doesNotContain("\n");
    }

    @Test
    void a_line_longer_than_the_log_takes_is_refused_and_the_longest_is_taken() {
        NODE.append(noted(plan, 1, ""));
        int room = 65_535 - row("octet_length(line)", Integer.class) - 20;
        assertThatThrownBy(() -> NODE.append(noted(plan, 2, "x".repeat(65_535))))
                .isInstanceOf(FactTooLarge.class);
        NODE.append(noted(plan, 2, "x".repeat(room)));
        assertThat(read()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"a\":\n1}"})
    void what_would_not_be_one_line_of_json_is_refused(String payload) {
        assertThatThrownBy(() -> insert(plan, 1, payload, "{}", "Noted", "1.0"))
                .isInstanceOf(DataAccessException.class);
        assertThat(read()).isEmpty();
    }

    @Test
    void two_writers_of_one_version_conflict_and_nothing_is_half_done() {
        NODE.append(noted(plan, 1, "first"), noted(plan, 2, "second"));
        assertThatThrownBy(() -> NODE.append(noted(plan, 2, "also second"), noted(plan, 3, "third")))
                .isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> NODE.append(noted(plan, 3, "third"), noted(plan, 2, "also second")))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(texts()).containsExactly("first", "second");
    }

    @Test
    void a_key_is_used_once_per_plan_and_stands_on_a_commands_last_fact_only() {
        var key = Map.of("idempotencyKey", "k", "requestHash", "h");
        NODE.append(noted(plan, 1, "first", key), noted(plan, 2, "second", key));
        assertThatThrownBy(() -> NODE.append(noted(plan, 3, "third"), noted(plan, 4, "again", key)))
                .isInstanceOf(ConcurrencyException.class);
        NODE.append(noted(plan + "-other", 1, "elsewhere", key));
        assertThat(texts()).containsExactly("first", "second");
        assertThat(DATABASE.sql()
                        .sql(
                                "select concat(version, idempotency_key, request_hash) from event_log where stream = ? order by version")
                        .param("plan/" + plan)
                        .query(String.class)
                        .list())
                .containsExactly("1", "2kh");
    }

    @Test
    void a_version_that_would_leave_a_hole_is_refused() {
        assertThatThrownBy(() -> NODE.append(noted(plan, 2, "second"))).hasMessageContaining("does not follow");
        assertThat(read()).isEmpty();
    }

    @Test
    void only_facts_of_plans_are_kept() {
        assertThatThrownBy(() -> NODE.storage().appendEvents(List.of(GenericEventMessage.asEventMessage("loose"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void in_a_batch_only_the_guilty_fail() throws Exception {
        NODE.append(noted(plan, 1, "taken"));
        var answers = IntStream.range(0, 100)
                .mapToObj(this::command)
                .map(FutureTask::new)
                .toList();
        try (var blocker = new Blocker(DATABASE)) {
            // While another transaction has the log, the requests gather and then travel together.
            var callers = answers.stream().map(Thread::startVirtualThread).toList();
            callers.forEach(LogDatabase::awaitBlocked);
            blocker.release();
            for (var caller : callers) caller.join();
        }
        for (int i = 0; i < 100; i++) {
            var answer = answers.get(i);
            if (i % 10 == 3) assertThat(answer.exceptionNow()).isInstanceOf(ConcurrencyException.class);
            else if (i % 10 == 7) assertThat(answer.exceptionNow()).isInstanceOf(FactTooLarge.class);
            else assertThat(answer.state()).isEqualTo(Future.State.SUCCESS);
        }
        assertThat(DATABASE.sql()
                        .sql("select count(*) from event_log where stream like ?")
                        .param("plan/" + plan + "-%")
                        .query(Long.class)
                        .single())
                .isEqualTo(160);
    }

    /** Two facts each; every tenth conflicts, every tenth is too large. */
    private Callable<Void> command(int i) {
        var first = noted(plan + "-" + i, 1, "first of " + i);
        var second = switch (i % 10) {
            case 3 -> noted(plan, 1, "conflict");
            case 7 -> noted(plan + "-" + i, 2, "x".repeat(70_000));
            default -> noted(plan + "-" + i, 2, "second of " + i);
        };
        return () -> {
            NODE.append(first, second);
            return null;
        };
    }

    @Test
    void positions_have_no_holes_and_at_rises_with_them_whatever_the_writer_or_the_clock_says() {
        DATABASE.sql().sql("""
                insert into event_log (position, at, line, event_id, stream, version, type, payload, metadata)
                select 7, now() - n * interval '1 hour', '', gen_random_uuid(), 'plan/' || ?, n, 'Noted', '{}', '{}'
                  from generate_series(1, 50) n order by n""").param(plan).update();
        NODE.append(noted(plan, 51, "after"));
        assertThat(DATABASE.sql().sql("""
                select count(*) from (select position, row_number() over (order by position) as nth,
                                             at, lag(at) over (order by position) as before from event_log) l
                 where nth <> position or at <= before""").query(Long.class).single()).isZero();
    }

    @Test
    void when_the_clock_goes_back_at_goes_on_by_a_microsecond() {
        var ahead = new LogDatabase();
        // A log whose last fact was stored while the clock was a day ahead.
        ahead.sql().sql("alter table event_log disable trigger event_log_seal").update();
        ahead.sql().sql("""
                insert into event_log (position, at, line, event_id, stream, version, type, payload, metadata)
                values (1, '2999-12-31T23:59:59.999999Z', '', 'a', 'plan/a', 1, 'Noted', '{}', '{}')""").update();
        ahead.sql().sql("alter table event_log enable trigger event_log_seal").update();
        try (var node = Node.on(ahead)) {
            node.append(noted("b", 1, "one"), noted("b", 2, "two"));
            assertThat(node.storage()
                            .readEvents("b")
                            .asStream()
                            .map(e -> e.getTimestamp().toString()))
                    .containsExactly("3000-01-01T00:00:00Z", "3000-01-01T00:00:00.000001Z");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"repeatable read", "serializable"})
    void a_transaction_that_might_not_see_the_last_fact_is_refused(String isolation) throws Exception {
        try (var connection = DATABASE.connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("set transaction isolation level " + isolation);
            assertThatThrownBy(() -> insert(connection, plan, 1))
                    .hasMessageContaining("under READ COMMITTED only, not " + isolation.toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void tokens_are_positions_at_the_tail_the_head_and_a_moment() {
        NODE.append(noted(plan, 1, "first"), noted(plan, 2, "second"));
        var all = NODE.storage()
                .readEvents(NODE.storage().createTailToken(), false)
                .toList();
        var last = all.getLast();
        assertThat(NODE.storage().createHeadToken()).isEqualTo(last.trackingToken());
        assertThat(NODE.storage().createTailToken()).isEqualTo(new GlobalSequenceTrackingToken(0));
        assertThat(NODE.storage().readEvents(last.trackingToken(), false)).isEmpty();

        var since = NODE.storage().createTokenAt(last.getTimestamp());
        assertThat(NODE.storage().readEvents(since, false).map(TrackedEventMessage::getIdentifier))
                .containsExactly(last.getIdentifier());
        assertThat(NODE.storage().createTokenAt(Instant.EPOCH)).isEqualTo(new GlobalSequenceTrackingToken(0));
    }

    @Test
    void a_long_log_is_read_page_by_page() {
        DATABASE.sql().sql("""
                insert into event_log (event_id, stream, version, type, payload, metadata)
                select gen_random_uuid(), 'plan/' || ?, n, 'milepost.log.axon.Node$Noted', '{}', '{}' from generate_series(1, 1500) n order by n""").param(plan).update();
        assertThat(NODE.storage()
                        .readEvents(null, false)
                        .map(e -> e.trackingToken().position().orElseThrow()))
                .containsExactlyElementsOf(DATABASE.sql()
                        .sql("select position from event_log order by position")
                        .query(Long.class)
                        .list());
        assertThat(read()).hasSize(1500);
    }

    private List<? extends DomainEventMessage<?>> read() {
        return NODE.storage().readEvents(plan).asStream().toList();
    }

    private List<String> texts() {
        return read().stream().map(e -> ((Node.Noted) e.getPayload()).text()).toList();
    }

    private String line() {
        return new String(row("line", byte[].class), StandardCharsets.UTF_8);
    }

    private <T> T row(String expression, Class<T> type) {
        return DATABASE.sql()
                .sql("select " + expression + " from event_log where stream = ? and version = 1")
                .param("plan/" + plan)
                .query(type)
                .single();
    }

    private static void insert(
            String plan, long version, String payload, String metadata, String type, String revision) {
        DATABASE.sql()
                .sql(
                        "insert into event_log (event_id, stream, version, payload, metadata, type, revision) values (?, ?, ?, ?, ?, ?, ?)")
                .params(UUID.randomUUID().toString(), "plan/" + plan, version, payload, metadata, type, revision)
                .update();
    }

    private static void insert(Connection connection, String plan, long version) throws SQLException {
        try (var statement = connection.prepareStatement(
                "insert into event_log (event_id, stream, version, type, payload, metadata) values (?, ?, ?, 'Noted', '{}', '{}')")) {
            statement.setString(1, UUID.randomUUID().toString());
            statement.setString(2, "plan/" + plan);
            statement.setLong(3, version);
            statement.executeUpdate();
        }
    }
}
