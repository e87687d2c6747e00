package milepost.api.operate;

import static milepost.event.Story.on;
import static milepost.event.Story.titled;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import milepost.api.TestServer;
import milepost.event.Author;
import milepost.event.Details;
import milepost.event.Event;
import milepost.event.EventTypes;
import milepost.event.FactRetracted;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.PlanId;
import milepost.event.ProjectEvent.ProjectRenamed;
import milepost.event.Recorded;
import milepost.event.Story;
import milepost.event.json.EventJson;
import milepost.log.StreamName;
import milepost.log.store.History;
import milepost.log.store.KeptRecords;
import milepost.log.store.LogClock;
import milepost.log.store.LogTable;
import milepost.plan.PlanRecord;
import milepost.query.Histories;
import milepost.query.plan.PlanRows;
import milepost.query.plan.store.Plans;
import milepost.query.projection.News;
import milepost.query.projection.Projection;
import milepost.query.projection.Refresh;
import milepost.query.projection.axon.Delivery;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Whatever happened, and in whatever batches it is delivered, once, twice, late, to one node or to two at once: the rows are those of
 * a whole fold.
 */
class RowsLawIT {
    private static final String WHOLE = "whole.";
    private static final AtomicInteger PLANS = new AtomicInteger();
    private static final PGSimpleDataSource DATABASE = database();
    private static final JdbcClient SQL = JdbcClient.create(pool());
    private static final List<Side> NODES = List.of(new Side(0), new Side(10));

    /**
     * Part of the facts is recorded, and part of those is delivered.
     *
     * @param recorded how many of a hundred there are from then on, at least
     * @param from where the delivered ones begin, among a hundred
     * @param node 0 or 1, or 2 for both at once
     */
    private record Turn(int recorded, int from, int to, int node) {}

    /** What a node has to keep rows with. */
    private static final class Side {
        private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

        /** @param keptFacts 0: as many as there are; few: most plans are read again for each batch */
        Side(int keptFacts) {
            context.getBeanFactory().addEmbeddedValueResolver(name -> Integer.toString(keptFacts));
            context.registerBean(DataSource.class, RowsLawIT::pool);
            context.registerBean(JdbcClient.class, () -> JdbcClient.create(context.getBean(DataSource.class)));
            context.registerBean(
                    PlatformTransactionManager.class,
                    () -> new JdbcTransactionManager(context.getBean(DataSource.class)));
            context.registerBean(Clock.class, Clock::systemUTC);
            context.register(KeptRecords.class, History.class, LogTable.class, LogClock.class, Refresh.class);
            context.scan("milepost.query.plan", "milepost.query.timeline");
            context.refresh();
        }

        Collection<Projection> projections() {
            return context.getBeansOfType(Projection.class).values();
        }

        private Delivery delivery(Projection projection) {
            return new Delivery(projection, context.getBean(Refresh.class), context.getBean(KeptRecords.class));
        }

        /** As a processor does it. */
        void deliver(List<DomainEventMessage<?>> facts) {
            for (var projection : projections()) {
                var work = new BatchingUnitOfWork<>(facts);
                work.attachTransaction(new SpringTransactionManager(context.getBean(PlatformTransactionManager.class)));
                var delivery = delivery(projection);
                var result = work.executeWithResult(() -> {
                    delivery.on(work.getMessage());
                    return null;
                });
                if (result.isExceptional()) throw new AssertionError(result.exceptionResult());
            }
        }
    }

    @Provide
    Arbitrary<List<List<Recorded>>> plans() {
        return Arbitraries.oneOf(Histories.admitted(), Histories.admitted(), Histories.unruly())
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Turn>> turns() {
        var part = Arbitraries.integers().between(0, 100);
        var nodes = Arbitraries.integers().between(0, 2);
        return Combinators.combine(part, part, part, nodes).as(Turn::new).list().ofMaxSize(8);
    }

    @Property(tries = 25)
    void rows_are_those_of_a_whole_fold(
            @ForAll("plans") List<List<Recorded>> histories, @ForAll("turns") List<Turn> turns) {
        var plans = histories.stream()
                .map(history -> new PlanId("p" + PLANS.incrementAndGet()))
                .toList();
        var all = new Turn(100, 0, 100, 2);
        for (var turn : Stream.concat(turns.stream(), Stream.of(all)).toList()) {
            var facts = new ArrayList<DomainEventMessage<?>>();
            for (var i = 0; i < plans.size(); i++) {
                record(plans.get(i), histories.get(i), turn.recorded);
                facts.addAll(delivered(plans.get(i), turn));
            }
            if (facts.isEmpty()) continue;
            var other = CompletableFuture.runAsync(() -> {
                if (turn.node > 0) NODES.get(1).deliver(facts);
            });
            if (turn.node != 1) NODES.getFirst().deliver(facts);
            other.join();
        }
        for (var plan : plans) assertWholeFold(plan);
    }

    /** What was told with a name that is taken back is told again, of the part itself and of what was in it. */
    @Example
    void names_that_are_taken_back_are_gone_from_what_was_told_later() {
        var facts = List.<Event>of(
                Story.OPENED,
                Story.PROJECT_ADDED,
                Story.PARKS_ADDED,
                Story.BUSES_SCHEDULED,
                new ProjectRenamed(Story.PLAN, on("2019"), Story.TRANSIT, titled("Rail")),
                new MilestoneAmended(Story.PLAN, on("2020"), Story.BUSES, Story.PARKS, null, Details.NONE),
                new MilestoneAmended(Story.PLAN, on("2020"), Story.BUSES, null, null, titled("Coaches")),
                Story.BUSES_POSTPONED,
                new FactRetracted(Story.PLAN, 5, "It was another project"),
                new FactRetracted(Story.PLAN, 7, "It was another milestone"));
        var history = IntStream.range(0, facts.size())
                .mapToObj(i -> new Recorded(i, i + 1, Instant.EPOCH, Author.ANONYMOUS, facts.get(i)))
                .toList();
        var plan = new PlanId("p" + PLANS.incrementAndGet());
        for (var percent : new int[] {80, 90, 100}) {
            record(plan, history, percent);
            NODES.getFirst().deliver(delivered(plan, new Turn(percent, 0, 100, 0)));
            assertWholeFold(plan);
        }
    }

    private static void assertWholeFold(PlanId plan) {
        var node = NODES.getFirst();
        var record = node.context.getBean(KeptRecords.class).now(List.of(plan)).getOrDefault(plan, PlanRecord.NONE);
        assertThat(node.context.getBean(Plans.class).load(List.of(plan.text())))
                .isEqualTo(PlanRows.of(record).stream().toList());
        for (var projection : node.projections()) {
            projection.write(List.of(new News(plan, 0, record)), WHOLE);
            for (var table : projection.tables())
                assertThat(rows("", table, plan)).as(table).isEqualTo(rows(WHOLE, table, plan));
        }
    }

    private static List<String> rows(String schema, String table, PlanId plan) {
        return SQL.sql("select cast(fact as text) from %s%s fact where plan = ? order by 1".formatted(schema, table))
                .param(plan.text())
                .query(String.class)
                .list();
    }

    /** The facts of a history, as far as they are not recorded yet, under a plan of its own. */
    private static void record(PlanId plan, List<Recorded> history, int percent) {
        var from = recorded(plan);
        var to = Math.max(from, history.size() * percent / 100);
        for (var fact : history.subList(from, to)) {
            SQL.sql("insert into event_log (event_id, stream, version, type, payload, metadata)"
                            + " values (?, ?, ?, ?, ?, '{}')")
                    .params(
                            UUID.randomUUID().toString(),
                            StreamName.of(plan),
                            fact.version(),
                            EventTypes.name(fact.event().getClass()),
                            EventJson.write(fact.event())
                                    .replace("\"plan\":\"" + Story.PLAN + "\"", "\"plan\":\"" + plan + "\""))
                    .update();
        }
    }

    private static int recorded(PlanId plan) {
        return SQL.sql("select count(*) from event_log where stream = ?")
                .param(StreamName.of(plan))
                .query(Integer.class)
                .single();
    }

    private static List<DomainEventMessage<?>> delivered(PlanId plan, Turn turn) {
        var facts = recorded(plan);
        return IntStream.range(facts * turn.from / 100, facts * turn.to / 100)
                .<DomainEventMessage<?>>mapToObj(sequence -> new GenericDomainEventMessage<>(
                        "ActionPlan", plan.text(), sequence, "what it says is in the log"))
                .toList();
    }

    private static PGSimpleDataSource database() {
        var database = TestServer.createDatabase();
        Flyway.configure().dataSource(database).load().migrate();
        var sql = JdbcClient.create(database);
        // What a crash would lose is made anew by the next run.
        sql.sql("alter database " + database.getDatabaseName() + " set synchronous_commit = off")
                .update();
        sql.sql("create schema whole").update();
        for (var table : List.of("plan", "project", "milestone", "partnership", "timeline", "timeline_entry"))
            sql.sql("create table whole.%1$s (like %1$s including all)".formatted(table))
                    .update();
        return database;
    }

    private static DataSource pool() {
        var pool = new HikariDataSource();
        pool.setDataSource(DATABASE);
        pool.setMaximumPoolSize(4);
        return pool;
    }
}
