package milepost.log.axon;

import static milepost.log.axon.Node.noted;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** Two nodes and raw transactions write; they sleep, roll back and lose their connections; a reader tails all the while. */
class LogChaosIT {
    private static final long SEED = 20261121;
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final int ENOUGH = 100;
    private static final int PLANS = 6;

    private record Seen(long position, String eventId, Instant at) {}

    private final LogDatabase database = new LogDatabase();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Instant end = Instant.now().plus(TIME);

    @Test
    void whatever_happens_to_the_writers_the_reader_sees_every_fact_once_and_in_order() throws Exception {
        System.out.println("LogChaosIT: seed " + SEED);
        List<Seen> seen;
        int terminated;
        try (var one = Node.on(database, "chaos one");
                var two = Node.on(database, "chaos two");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 4; i++) {
                var random = new Random(SEED + i);
                writers.add(() -> appends(random.nextBoolean() ? one : two, random));
                writers.add(() -> transactions(random));
            }
            var reader = threads.submit(() -> tail(two));
            var chaos = threads.submit(() -> terminations(new Random(SEED)));
            for (var writer : threads.invokeAll(writers)) writer.get();
            terminated = chaos.get();
            seen = reader.get();
        }
        System.out.printf(
                Locale.ROOT,
                "LogChaosIT: %d facts, %d acknowledged, %d refused, %d unknown, %d connections terminated%n",
                seen.size(),
                acknowledged.size(),
                refused.size(),
                unknown.size(),
                terminated);

        assertThat(seen).isEqualTo(scan());
        assertThat(seen)
                .extracting(Seen::position)
                .isEqualTo(IntStream.rangeClosed(1, seen.size())
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(seen).extracting(Seen::at).isSorted().doesNotHaveDuplicates();
        assertThat(seen)
                .extracting(Seen::eventId)
                .containsAll(acknowledged)
                .doesNotContainAnyElementsOf(refused)
                .doesNotHaveDuplicates();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
        assertThat(
                        count(
                                "select count(*) from (select stream from event_log group by stream having max(version) <> count(*)) s"))
                .as("streams with a hole")
                .isZero();
        assertThat(count("""
                select count(*) from (select payload::json ->> 'text' as command, count(*) as facts from event_log group by 1) c
                 where split_part(command, ' ', 2)::int <> facts""")).as("commands stored in part").isZero();
    }

    /** A busy machine takes longer until there is enough to look at. */
    private boolean isOver() {
        return Instant.now().isAfter(end) && acknowledged.size() >= ENOUGH;
    }

    /** Commands of one to three facts, as the application sends them. */
    private Void appends(Node node, Random random) {
        while (!isOver()) {
            var plan = "p" + random.nextInt(PLANS);
            long version = node.storage().lastSequenceNumberFor(plan).orElse(-1L) + 1;
            int size = 1 + random.nextInt(3);
            var command = UUID.randomUUID() + " " + size;
            var facts = IntStream.rangeClosed(1, size)
                    .mapToObj(nth -> noted(plan, version + nth, command))
                    .toArray(DomainEventMessage<?>[]::new);
            var ids = List.of(facts).stream()
                    .map(DomainEventMessage::getIdentifier)
                    .toList();
            try {
                node.append(facts);
                acknowledged.addAll(ids);
            } catch (ConcurrencyException | LogBusy e) {
                refused.addAll(ids);
            } catch (OutcomeUnknown e) {
                unknown.addAll(ids);
            }
            if (random.nextInt(10) == 0) LogDatabase.pause(Duration.ofMillis(random.nextInt(30)));
        }
        return null;
    }

    /** Transactions of somebody else, who thinks between the statements and changes his mind. */
    private Void transactions(Random random) {
        while (!isOver()) {
            var ids = new ArrayList<String>();
            int size = 1 + random.nextInt(2);
            var command = UUID.randomUUID() + " " + size;
            boolean committing = false;
            try (var connection = database.source("chaos raw").getConnection();
                    var insert = connection.prepareStatement("""
                            insert into event_log (at, event_id, stream, version, type, payload, metadata)
                            select now() - interval '1 hour', ?, ?, coalesce(max(version), 0) + 1, 'Raw',
                                   json_build_object('text', ?::text), '{}'
                              from event_log where stream = ?""")) {
                connection.setAutoCommit(false);
                for (int nth = 0; nth < size; nth++) {
                    ids.add(UUID.randomUUID().toString());
                    var stream = "plan/p" + random.nextInt(PLANS);
                    insert.setString(1, ids.getLast());
                    insert.setString(2, stream);
                    insert.setString(3, command);
                    insert.setString(4, stream);
                    insert.executeUpdate();
                    LogDatabase.pause(Duration.ofMillis(random.nextInt(15)));
                }
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                    refused.addAll(ids);
                } else {
                    committing = true;
                    connection.commit();
                    acknowledged.addAll(ids);
                }
            } catch (SQLException e) {
                (committing ? unknown : refused).addAll(ids);
            }
            LogDatabase.pause(Duration.ofMillis(random.nextInt(100)));
        }
        return null;
    }

    private int terminations(Random random) {
        int terminated = 0;
        while (!isOver()) {
            LogDatabase.pause(Duration.ofMillis(100 + random.nextInt(200)));
            var victims = database.sql()
                    .sql(
                            "select pid from pg_stat_activity where application_name like 'chaos%' and datname = current_database() order by pid")
                    .query(Integer.class)
                    .list();
            if (victims.isEmpty()) continue;
            database.sql()
                    .sql("select pg_terminate_backend(?)")
                    .param(victims.get(random.nextInt(victims.size())))
                    .query(Boolean.class)
                    .single();
            terminated++;
        }
        return terminated;
    }

    /** Reads on until the writers have stopped, all has come, and then nothing for three seconds. */
    private List<Seen> tail(Node node) throws InterruptedException {
        var seen = new ArrayList<Seen>();
        try (var stream = node.log().openStream(node.log().createTailToken())) {
            while (stream.hasNextAvailable(3, TimeUnit.SECONDS) || !isOver() || seen.size() < stored()) {
                if (stream.hasNextAvailable()) seen.add(seen(stream.nextAvailable()));
            }
        }
        return seen;
    }

    private static Seen seen(TrackedEventMessage<?> event) {
        var token = (GlobalSequenceTrackingToken) event.trackingToken();
        return new Seen(token.getGlobalIndex(), event.getIdentifier(), event.getTimestamp());
    }

    private List<Seen> scan() {
        return database.sql()
                .sql("select position, event_id, at from event_log order by position")
                .query((row, nth) -> new Seen(
                        row.getLong("position"),
                        row.getString("event_id"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private long stored() {
        return count("select count(*) from event_log");
    }

    private long count(String sql) {
        return database.sql().sql(sql).query(Long.class).single();
    }
}
