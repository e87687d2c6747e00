package milepost.log.axon;

import static milepost.log.axon.Node.noted;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A inserts and waits, B commits with an hour-old timestamp, the reader reads, A commits: what does the reader see? */
class LogOrderIT {
    private final LogDatabase database = new LogDatabase();

    @Test
    void axons_own_engine_never_shows_the_fact_that_commits_late() throws Exception {
        try (var a = database.connect();
                var b = database.connect()) {
            stock(b).createSchema(PostgresEventTableFactory.INSTANCE);
            stock(b).appendEvents(List.of(noted("before", 1, "before")));
            var reader = new Reader(stock(b));
            assertThat(reader.read()).containsExactly("before");

            a.setAutoCommit(false);
            stock(a).appendEvents(List.of(noted("a", 1, "a")));
            stock(b).appendEvents(List.of(anHourAgo("b")));
            assertThat(reader.read()).containsExactly("b");
            a.commit();

            // Committed, and lost to this reader for ever. When this fails, Axon has learned it: read its release
            // notes.
            assertThat(stock(b).readEvents("a").hasNext()).isTrue();
            assertThat(reader.read()).isEmpty();
        }
    }

    @Test
    void here_the_second_writer_waits_and_the_reader_sees_both_in_order() throws Exception {
        try (var a = database.connect();
                var node = Node.on(database)) {
            node.append(noted("before", 1, "before"));
            var reader = new Reader(node.storage());
            assertThat(reader.read()).containsExactly("before");

            a.setAutoCommit(false);
            insert(a, "a");
            var b = CompletableFuture.runAsync(() -> node.append(anHourAgo("b")));
            var rawB = CompletableFuture.runAsync(() -> insertBackdated("raw b"));
            database.awaitWaiters(2);
            assertThat(reader.read()).isEmpty();
            assertThat(b).isNotDone();
            a.commit();

            CompletableFuture.allOf(b, rawB).join();
            assertThat(reader.read()).startsWith("a").containsExactlyInAnyOrder("a", "b", "raw b");
            assertRising();
        }
    }

    @Test
    void a_writer_that_rolls_back_or_dies_leaves_no_trace_and_lets_the_next_one_in() throws Exception {
        try (var node = Node.on(database);
                var dying = database.source("dying").getConnection();
                var a = database.connect()) {
            a.setAutoCommit(false);
            insert(a, "rolled back");
            var b = CompletableFuture.runAsync(() -> node.append(noted("b", 1, "b")));
            database.awaitWaiters(1);
            a.rollback();
            b.join();

            dying.setAutoCommit(false);
            insert(dying, "killed");
            var c = CompletableFuture.runAsync(() -> node.append(noted("c", 1, "c")));
            database.awaitWaiters(1);
            database.terminate("dying");
            c.join();

            assertThat(new Reader(node.storage()).read()).containsExactly("b", "c");
            assertRising();
        }
    }

    @Test
    void a_transaction_of_many_statements_keeps_its_turn_to_the_end() throws Exception {
        try (var a = database.connect();
                var node = Node.on(database)) {
            a.setAutoCommit(false);
            insert(a, "a1");
            var b = CompletableFuture.runAsync(() -> node.append(noted("b", 1, "b")));
            database.awaitWaiters(1);
            var savepoint = a.setSavepoint();
            insert(a, "a2, undone");
            a.rollback(savepoint);
            insert(a, "a3");
            a.commit();
            b.join();
            assertThat(new Reader(node.storage()).read()).containsExactly("a1", "a3", "b");
            assertRising();
        }
    }

    private static JdbcEventStorageEngine stock(Connection connection) {
        return JdbcEventStorageEngine.builder()
                .connectionProvider(new SingleConnectionDataSource(connection, true)::getConnection)
                .transactionManager(NoTransactionManager.INSTANCE)
                .eventSerializer(Node.SERIALIZER)
                .snapshotSerializer(Node.SERIALIZER)
                .build();
    }

    private static GenericDomainEventMessage<Node.Noted> anHourAgo(String plan) {
        return new GenericDomainEventMessage<>(
                "ActionPlan",
                plan,
                0,
                new Node.Noted(plan),
                MetaData.emptyInstance(),
                UUID.randomUUID().toString(),
                Instant.now().minus(Duration.ofHours(1)));
    }

    private static void insert(Connection connection, String plan) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into event_log (at, event_id, stream, version, type, payload, metadata)
                values (now() - interval '1 hour', gen_random_uuid(), 'plan/' || ?, 1, ?,
                        json_build_object('text', ?::text), '{}')""")) {
            statement.setString(1, plan);
            statement.setString(2, Node.Noted.class.getName());
            statement.setString(3, plan);
            statement.executeUpdate();
        }
    }

    private void insertBackdated(String plan) {
        try (var connection = database.connect()) {
            insert(connection, plan);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Positions from 1 without holes, and moments that rise with them. */
    private void assertRising() {
        assertThat(database.sql().sql("""
                        select count(*) from (select position, row_number() over (order by position) as nth,
                                                     at, lag(at) over (order by position) as before from event_log) l
                         where nth <> position or at <= before or at < now() - interval '10 minutes'""").query(Long.class).single()).isZero();
    }

    /** A projection's reader: it goes on from the last token it has seen. */
    private static final class Reader {
        private final EventStorageEngine storage;
        private @Nullable TrackingToken last;

        Reader(EventStorageEngine storage) {
            this.storage = storage;
        }

        List<String> read() {
            var seen = new ArrayList<String>();
            storage.readEvents(last, false).forEach(event -> {
                last = event.trackingToken();
                seen.add(((Node.Noted) event.getPayload()).text());
            });
            return seen;
        }
    }
}
