package milepost.api.operate;

import static milepost.api.operate.Requests.open;
import static milepost.api.operate.Requests.post;
import static milepost.api.operate.Requests.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import milepost.api.Node;
import milepost.api.TestServer;
import milepost.event.PartialDate;
import milepost.log.axon.Wire;
import milepost.query.metric.IndicatorCollector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/** What Prometheus reads is what the API answers on the same day, for every plan. */
@ExtendWith(OutputCaptureExtension.class)
class IndicatorsIT {
    /** A minute before midnight at UTC-12, in a year when most of the dataset's dates have passed. */
    private static final Instant EVENING = Instant.parse("2026-11-21T11:59:00Z");

    private static final String AGREE_AGAIN = "The database's clock and this node's agree again";
    private static final String VERIFIES = "milepost_audit_verification_ok";
    private static final Instant NEXT_MORNING = Instant.parse("2026-11-21T12:01:00Z");
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(EVENING);

    /** Of a thread and those it starts. */
    private static final InheritableThreadLocal<AtomicInteger> STATEMENTS = new InheritableThreadLocal<>();

    private static final List<String> ALWAYS_THERE = List.of(
            "earned_value",
            "in_period",
            "last_happened_timestamp_seconds",
            "last_recorded_timestamp_seconds",
            "milestones_due_30d",
            "milestones_newly_overdue",
            "milestones_overdue",
            "milestones_weight",
            "milestones_weight_met",
            "milestones{status=\"met\"}",
            "milestones{status=\"notMet\"}",
            "milestones{status=\"partiallyMet\"}",
            "milestones{status=\"scheduled\"}",
            "milestones{status=\"withdrawn\"}",
            "partnerships{programme=\"none\",status=\"active\"}",
            "partnerships{programme=\"none\",status=\"agreed\"}",
            "partnerships{programme=\"none\",status=\"concluded\"}",
            "partnerships{programme=\"none\",status=\"ended\"}",
            "partnerships{programme=\"none\",status=\"proposed\"}",
            "planned_value",
            "projects{phase=\"conception\"}",
            "projects{phase=\"development-and-upgrading\"}",
            "projects{phase=\"none\"}",
            "projects{phase=\"pilot-demonstration-and-social-implementation\"}",
            "projects{phase=\"planning-and-strategy-formulation\"}",
            "projects{phase=\"preparation\"}",
            "status{status=\"closed\"}",
            "status{status=\"completed\"}",
            "status{status=\"draft\"}",
            "status{status=\"endorsed\"}",
            "status{status=\"in-progress\"}",
            "status{status=\"suspended\"}");

    @SuppressWarnings("NullAway.Init")
    private static Node node;

    /** The test's clock; and a data source that counts the statements of each thread. */
    static class Instruments {
        @Bean
        Clock clock() {
            return InstantSource.tick(NOW::get, Duration.ofNanos(1)).withZone(ZoneOffset.UTC);
        }

        @Bean
        static BeanPostProcessor counting() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? counted(DataSource.class, source) : bean;
                }
            };
        }

        private static Object counted(Class<?> type, Object counted) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                var result = call(method, counted, arguments);
                if (method.getName().startsWith("prepare") || method.getName().startsWith("createStatement")) {
                    var counter = STATEMENTS.get();
                    if (counter != null) counter.incrementAndGet();
                }
                return result instanceof Connection connection ? counted(Connection.class, connection) : result;
            });
        }

        private static @Nullable Object call(Method method, Object on, Object[] arguments) throws Throwable {
            try {
                return method.invoke(on, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @BeforeAll
    static void start() {
        node = Node.on(TestServer.createDatabase(), List.of(Instruments.class), "milepost.audit.pause=1s");
        node.awaitProjections();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void evening() {
        NOW.set(EVENING);
    }

    @Test
    void every_plan_is_scraped_with_the_numbers_the_api_gives() {
        var samples = Samples.of(node);
        var plans = items(node.read("/api/plans?limit=200"));
        assertThat(plans).hasSizeGreaterThanOrEqualTo(26);
        for (var summary : plans) {
            var plan = node.read("/api/plans/" + summary.get("plan").asString());
            var scraped = of(samples, plan);
            assertThat(scraped.keySet()).as(name(plan)).containsAll(ALWAYS_THERE);
            assertThat(scraped).as(name(plan)).isEqualTo(expected(plan, LocalDate.of(2026, 11, 20)));
        }
        assertThat(samples.ofPlans())
                .hasSameSizeAs(plans.stream()
                        .flatMap(plan -> of(samples, plan).keySet().stream())
                        .toList());
    }

    /** So that the comparison above cannot hold only because everything is absent or 0. */
    @Test
    void the_dataset_has_something_to_say_under_every_name() {
        var samples = Samples.of(node).ofPlans();
        for (var name : List.of(
                "progress_ratio",
                "schedule_performance_ratio",
                "earned_value",
                "planned_value",
                "milestones",
                "milestones_overdue",
                "slippage_days",
                "partnerships",
                "projects",
                "status",
                "last_happened_timestamp_seconds",
                "last_recorded_timestamp_seconds")) {
            assertThat(samples.entrySet())
                    .as(name)
                    .anyMatch(sample ->
                            sample.getKey().startsWith("milepost_plan_" + name + "{") && sample.getValue() != 0);
        }
        assertThat(of(Samples.of(node), node.read("/api/plans/vientiane")).get("milestones_overdue"))
                .isPositive();
    }

    @Test
    void a_plan_with_nothing_but_its_opening_is_scraped_and_what_is_undefined_is_absent() {
        open(node, "empty");
        var scraped = of(Samples.of(node), node.read("/api/plans/empty"));
        assertThat(scraped.keySet()).containsExactlyInAnyOrderElementsOf(ALWAYS_THERE);
        assertThat(scraped)
                .containsEntry("status{status=\"draft\"}", 1.0)
                .containsEntry("status{status=\"endorsed\"}", 0.0)
                .containsEntry("earned_value", 0.0)
                .containsEntry("planned_value", 0.0)
                .containsEntry("last_happened_timestamp_seconds", epoch(LocalDate.of(2018, 1, 1)));
    }

    @Test
    void midnight_changes_the_numbers_without_an_event() {
        open(node, "midnight");
        schedule(node, "midnight", "today", "2026-11-20");
        schedule(node, "midnight", "in-thirty-days", "2026-12-20");
        schedule(node, "midnight", "in-thirty-one-days", "2026-12-21");
        var plan = node.read("/api/plans/midnight");
        assertThat(of(Samples.of(node), plan))
                .containsEntry("milestones_overdue", 0.0)
                .containsEntry("milestones_due_30d", 2.0)
                .containsEntry("planned_value", 0.0)
                .containsEntry("next_due_timestamp_seconds", epoch(LocalDate.of(2026, 11, 20)))
                .doesNotContainKey("schedule_performance_ratio");

        NOW.set(NEXT_MORNING);
        assertThat(of(Samples.of(node), plan))
                .containsEntry("milestones_overdue", 1.0)
                .containsEntry("milestones_due_30d", 2.0)
                .containsEntry("planned_value", 1.0)
                .containsEntry("next_due_timestamp_seconds", epoch(LocalDate.of(2026, 12, 20)))
                .containsEntry("schedule_performance_ratio", 0.0)
                .isEqualTo(expected(node.read("/api/plans/midnight"), LocalDate.of(2026, 11, 21)));
        assertThat(node.read("/api/plans/midnight").get("version")).isEqualTo(plan.get("version"));
    }

    @Test
    void what_is_recorded_moves_the_next_scrape() {
        open(node, "moving");
        post(node, "/api/plans/moving/projects", """
                {"project":"p","title":"P","focusAreas":["civic-and-social"],"on":"2019"}""");
        post(node, "/api/plans/moving/milestones", """
                {"milestone":"late","title":"Late","due":"2020","weight":3,"on":"2019"}""");
        post(node, "/api/plans/moving/milestones/late/met", """
                {"on":"2021-02-10"}""");
        post(node, "/api/plans/moving/milestones", """
                {"milestone":"off","title":"Off","due":"2024","weight":9,"on":"2019"}""");
        post(node, "/api/plans/moving/milestones/off/withdraw", """
                {"on":"2020","reason":"no longer wanted"}""");
        post(node, "/api/plans/moving/partnerships", """
                {"partnership":"with","title":"With","programme":"an-odd-one","status":"active","on":"2020",
                 "organisations":[{"name":"Dell","countryCode":"US","kind":"private-sector"}]}""");
        post(node, "/api/plans/moving/projects/p/phase", "{\"phase\":\"preparation\",\"on\":\"2022\"}");
        var scraped = of(Samples.of(node), node.read("/api/plans/moving"));
        assertThat(scraped)
                .containsEntry("progress_ratio", 1.0)
                .containsEntry("schedule_performance_ratio", 1.0)
                .containsEntry("earned_value", 3.0)
                .containsEntry("slippage_days", 41.0)
                .containsEntry("milestones{status=\"withdrawn\"}", 1.0)
                .containsEntry("partnerships{programme=\"other\",status=\"active\"}", 1.0)
                .containsEntry("partnerships{programme=\"none\",status=\"active\"}", 0.0)
                .containsEntry("projects{phase=\"preparation\"}", 1.0)
                .containsEntry("projects{phase=\"none\"}", 0.0)
                .containsEntry("last_happened_timestamp_seconds", epoch(LocalDate.of(2022, 1, 1)));
        post(node, "/api/plans/moving/retractions", "{\"version\":8,\"reason\":\"it was another project\"}");
        assertThat(of(Samples.of(node), node.read("/api/plans/moving")))
                .containsEntry("projects{phase=\"none\"}", 1.0)
                .containsEntry("last_happened_timestamp_seconds", epoch(LocalDate.of(2021, 2, 10)));
    }

    @Test
    void projections_dead_letters_and_commands_are_scraped_too() {
        node.awaitProjections();
        node.post("/api/plans/no-such-plan/status", "{\"status\":\"endorsed\"}");
        var samples = Samples.of(node);
        for (var processor : List.of("plans", "timeline")) {
            for (var name : List.of("projection_lag_seconds", "projection_lag_events", "dead_letters")) {
                assertThat(samples.get("milepost_" + name, "processor=\"" + processor + "\""))
                        .as(name)
                        .isZero();
            }
        }
        assertThat(samples.get("milepost_commands_seconds_count", "command=\"OpenPlan\"", "outcome=\"recorded\""))
                .isGreaterThanOrEqualTo(26);
        assertThat(samples.get(
                        "milepost_commands_seconds_count", "command=\"ChangePlanStatus\"", "outcome=\"plan-unknown\""))
                .isEqualTo(1);
        assertThat(samples.starting("milepost_commands_seconds_bucket{command=\"OpenPlan\",outcome=\"recorded\",le="))
                .hasSizeGreaterThan(5);
    }

    @Test
    void what_is_kept_is_scraped_too() {
        await("to have looked", () -> Samples.of(node).get("milepost_log_size_bytes") != null);
        var before = facts();
        var samples = Samples.of(node);
        assertThat(samples.get("milepost_log_facts")).isBetween(before, facts());
        assertThat(samples.get("milepost_log_size_bytes"))
                .isBetween(200 * before, samples.get("milepost_database_size_bytes"));
    }

    private static double facts() {
        return node.sql()
                .sql("select count(*) from event_log")
                .query(Double.class)
                .single();
    }

    @Test
    void what_it_was_built_from_is_scraped_and_told_to_operators() {
        var info = Node.json(node.manage("/actuator/info"));
        var commit = info.at("/git/commit/id").asString("unknown"); // an archive of the sources has none
        assertThat(Samples.of(node).starting("milepost_build_info"))
                .hasSize(1)
                .allSatisfy((series, value) -> assertThat(series)
                        .startsWith("milepost_build_info{java=\"" + Runtime.version() + "\",revision=\"" + commit)
                        .endsWith("version=\"" + info.at("/build/version").asString() + "\"}"));
        assertThat(info.at("/build").propertyNames()).doesNotContain("time");
        assertThat(info.at("/java/version").asString()).isNotBlank();
    }

    @Test
    void a_node_whose_clock_is_not_that_of_the_database_says_so(CapturedOutput output) {
        try {
            await("to agree", () -> {
                NOW.set(Instant.now());
                return output.toString().contains(AGREE_AGAIN);
            });
            NOW.set(EVENING);
            await(
                    "to differ",
                    () -> output.toString()
                                    .indexOf(
                                            "The database's clock is ",
                                            output.toString().indexOf(AGREE_AGAIN))
                            > 0);
            var before = Duration.between(EVENING, Instant.now());
            var offset = Samples.of(node).get("milepost_database_clock_offset_seconds");
            assertThat(offset)
                    .isBetween(
                            before.toSeconds() - 1.0,
                            Duration.between(EVENING, Instant.now()).toSeconds() + 1.0);
        } finally {
            NOW.set(EVENING);
        }
    }

    /** Whatever this node's clock says, which stands still here. */
    @Test
    void the_log_is_gone_through_again_and_again() {
        await("to verify", () -> Objects.equals(Samples.of(node).get(VERIFIES), 1.0));
        tamper("update event_log set at = at + interval '1 microsecond' where position = 1");
        await("to find it", () -> Objects.equals(Samples.of(node).get(VERIFIES), 0.0));
        tamper("update event_log set at = at - interval '1 microsecond' where position = 1");
        await("to verify again", () -> Objects.equals(Samples.of(node).get(VERIFIES), 1.0));
    }

    private static void tamper(String statement) {
        node.sql().sql("alter table event_log disable trigger user").update();
        node.sql().sql(statement).update();
        node.sql().sql("alter table event_log enable trigger user").update();
    }

    private static void await(String what, BooleanSupplier isSo) {
        var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            Node.pause(50);
        }
    }

    @Test
    void how_commands_are_answered_is_scraped_and_who_is_not_let_in_asked_for_nothing() {
        var before = Samples.of(node);
        node.post("/api/plans/no-such-plan/status-reports", "{\"health\":\"on-track\"}");
        node.post("/api/plans/phuket/status-reports", "{\"health\":\"on-track\"}", "Authorization", "Bearer wrong");
        node.post("/api/accounts", "{}");
        schedule(node, "phuket", "answered", "2030");
        var after = Samples.of(node);
        assertThat(grown(before, after, "2xx")).isEqualTo(1);
        assertThat(grown(before, after, "4xx")).isEqualTo(1);
        assertThat(grown(before, after, "5xx")).isZero();
    }

    /** A refusal is no error of ours, wherever it comes from. */
    @Test
    void what_became_of_a_command_is_the_code_it_was_answered_with() {
        open(node, "wide");
        var link = "{\"url\":\"https://example.org/%s\"}".formatted("a".repeat(1_900));
        var answer = node.post(
                "/api/plans/wide/milestones",
                "{\"milestone\":\"wide\",\"title\":\"Wide\",\"evidence\":[%s],\"narrative\":\"%s\"}"
                        .formatted(String.join(",", Collections.nCopies(33, link)), "n".repeat(1_300)));
        assertThat(Node.json(answer).get("code").asString()).isEqualTo("too-large");
        var samples = Samples.of(node);
        assertThat(samples.get(
                        "milepost_commands_seconds_count", "command=\"ScheduleMilestone\"", "outcome=\"too-large\""))
                .isEqualTo(1);
        assertThat(samples.starting("milepost_commands_seconds_count").keySet())
                .noneMatch(series -> series.contains("outcome=\"error\""));
    }

    private static double grown(Samples before, Samples after, String answer) {
        var series = "milepost_command_answers_total{answer=\"" + answer + "\"}";
        assertThat(before.values()).as("from the start").containsKey(series);
        return after.values().getOrDefault(series, 0.0) - before.values().getOrDefault(series, 0.0);
    }

    /** The rows of one table are not the database. */
    @ParameterizedTest
    @ValueSource(strings = {"plan", "token_entry", "event_log", "audit_checkpoint"})
    void a_scrape_does_not_wait_for_rows_that_are_locked(String table) throws SQLException {
        var before = Samples.of(node);
        assertThat(before.get("milepost_database_up")).isEqualTo(1);
        try (var other = node.database().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table " + table + " in access exclusive mode");
            var during = scrapedWithin(Duration.ofSeconds(8), node);
            assertThat(during.get("milepost_database_up")).isEqualTo(1);
            assertThat(during.ofPlans().keySet())
                    .as("last known")
                    .isEqualTo(before.ofPlans().keySet());
            var readiness = HttpRequest.newBuilder(node.managementUri("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(20));
            assertThat(node.send(readiness).statusCode()).isEqualTo(table.equals("audit_checkpoint") ? 200 : 503);
            other.rollback();
        }
        node.awaitProjections();
    }

    /** Connections that say nothing and do not end, as those to a machine that is gone, are worse than none. */
    @Test
    void a_scrape_does_not_wait_for_a_database_that_hangs_and_asks_it_anew() throws IOException {
        try (var wire = new Wire(TestServer.createDatabase());
                var node = Node.on(
                        wire.source(),
                        "milepost.dataset=none",
                        "milepost.scrape.longest=6s",
                        "spring.datasource.hikari.maximum-pool-size=2")) {
            open(node, "lakeside");
            node.awaitProjections();
            var before = Samples.of(node);
            assertThat(before.get("milepost_database_up")).isEqualTo(1);

            wire.silence();
            var during = scrapedWithin(Duration.ofSeconds(5), node);
            assertThat(during.get("milepost_database_up")).isZero();
            assertThat(during.ofPlans().keySet())
                    .as("last known")
                    .isEqualTo(before.ofPlans().keySet());
            assertThat(during.starting("milepost_projection_lag"))
                    .as("nobody knows")
                    .isEmpty();

            var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (Samples.of(node).starting("milepost_projection_lag").isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(until);
                Node.pause(500);
            }
            assertThat(Samples.of(node).get("milepost_database_up")).isEqualTo(1);
            wire.cut(false); // or the stop would wait half a minute for those that say nothing
        }
    }

    private static Samples scrapedWithin(Duration bound, Node node) {
        var began = System.nanoTime();
        var samples = Samples.of(node);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(bound);
        return samples;
    }

    /**
     * Nine, if no plan has changed: the tables' edition, of each projection its tokens and its lag, the audit log's end, the
     * clocks, the backup, and the plans' versions; each of the six parts first bounds how long it waits for a lock.
     */
    @Test
    void a_scrape_asks_the_database_a_few_questions_however_many_plans_there_are() {
        schedule(node, "phuket", "one-more", "2030");
        var oneChanged = statements();
        var noneChanged = statements();
        node.manage("/actuator/projections/plans/rebuild", "{}");
        while (Node.json(node.manage("/actuator/projections"))
                .get("plans")
                .get("rebuild")
                .get("finished")
                .isNull()) Node.pause(5);
        var allChanged = statements();
        assertThat(noneChanged).isBetween(3, 9 + 6);
        assertThat(oneChanged).isEqualTo(noneChanged + 1);
        assertThat(allChanged).isEqualTo(oneChanged);
    }

    private static int statements() {
        var counter = new AtomicInteger();
        STATEMENTS.set(counter);
        var names = node.bean(IndicatorCollector.class).collect().stream()
                .map(family -> family.getMetadata().getPrometheusName());
        STATEMENTS.remove();
        assertThat(names).contains("milepost_plan_progress_ratio");
        return counter.get();
    }

    /** The numbers of a plan as the API answers them, or counted here from its parts. */
    private static Map<String, Double> expected(JsonNode plan, LocalDate today) {
        var indicators = plan.get("indicators");
        var expected = new TreeMap<String, Double>();
        put(expected, "progress_ratio", indicators.get("progress"));
        put(expected, "schedule_performance_ratio", indicators.get("schedulePerformanceIndex"));
        put(expected, "earned_value", indicators.get("earnedValue"));
        put(expected, "planned_value", indicators.get("plannedValue"));
        put(expected, "milestones_overdue", indicators.get("overdue"));
        put(expected, "late_days", indicators.get("daysLate"));
        var begun = !new PartialDate(plan.get("from").asString()).earliest().isAfter(today);
        var over = new PartialDate(plan.get("to").asString()).latest().isBefore(today);
        expected.put("in_period", begun && !over ? 1.0 : 0.0);
        indicators
                .get("milestones")
                .properties()
                .forEach(status -> put(expected, "milestones{status=\"" + status.getKey() + "\"}", status.getValue()));

        expected.put("milestones_weight", 0.0);
        expected.put("milestones_weight_met", 0.0);
        items(plan, "milestones")
                .filter(m -> !m.get("status").asString().equals("withdrawn"))
                .forEach(m -> {
                    var weight = m.get("weight").asDouble();
                    expected.merge("milestones_weight", weight, Double::sum);
                    expected.merge(
                            "milestones_weight_met", weight * m.get("share").asDouble(), Double::sum);
                });
        expected.put("milestones_newly_overdue", (double) items(plan, "milestones")
                .filter(m -> List.of("scheduled", "partiallyMet")
                        .contains(m.get("status").asString()))
                .filter(m -> !m.get("due").isNull())
                .map(m -> new PartialDate(m.get("due").asString()).latest())
                .filter(due -> due.isBefore(today) && !due.isBefore(today.minusDays(7)))
                .count());

        var ahead = items(plan, "milestones")
                .filter(m -> List.of("scheduled", "partiallyMet")
                        .contains(m.get("status").asString()))
                .filter(m -> !m.get("due").isNull())
                .map(m -> new PartialDate(m.get("due").asString()).latest())
                .filter(due -> !due.isBefore(today))
                .sorted()
                .toList();
        expected.put("milestones_due_30d", (double)
                ahead.stream().filter(due -> !due.isAfter(today.plusDays(30))).count());
        if (!ahead.isEmpty()) expected.put("next_due_timestamp_seconds", epoch(ahead.getFirst()));
        items(plan, "milestones")
                .filter(m -> !m.get("status").asString().equals("withdrawn"))
                .filter(m -> !m.get("slippageDays").isNull())
                .mapToDouble(m -> m.get("slippageDays").asDouble())
                .max()
                .ifPresent(worst -> expected.put("slippage_days", worst));

        ALWAYS_THERE.stream()
                .filter(series -> series.startsWith("partnerships") || series.startsWith("projects"))
                .forEach(series -> expected.put(series, 0.0));
        for (var programme :
                items(plan, "partnerships").map(IndicatorsIT::programme).toList()) {
            for (var status : List.of("proposed", "agreed", "active", "concluded", "ended")) {
                expected.putIfAbsent(partnerships(programme, status), 0.0);
            }
        }
        count(
                expected,
                items(plan, "partnerships"),
                p -> partnerships(programme(p), p.get("status").asString()));
        count(
                expected,
                items(plan, "projects").filter(p -> p.get("withdrawnOn").isNull()),
                p -> "projects{phase=\""
                        + (p.get("phase").isNull() ? "none" : p.get("phase").asString()) + "\"}");
        for (var status : List.of("draft", "endorsed", "in-progress", "suspended", "completed", "closed")) {
            expected.put(
                    "status{status=\"" + status + "\"}",
                    plan.get("status").asString().equals(status) ? 1.0 : 0.0);
        }

        var history = items(node.read("/api/plans/" + name(plan) + "/history?limit=200"));
        expected.put(
                "last_recorded_timestamp_seconds",
                Instant.parse(history.getLast().get("at").asString()).toEpochMilli() / 1000.0);
        expected.put(
                "last_happened_timestamp_seconds",
                items(node.read("/api/plans/" + name(plan) + "/timeline?limit=200")).stream()
                        .map(IndicatorsIT::countsFrom)
                        .max(LocalDate::compareTo)
                        .map(IndicatorsIT::epoch)
                        .orElseThrow());
        return expected;
    }

    private static LocalDate countsFrom(JsonNode entry) {
        var on = new PartialDate(entry.get("on").asString());
        return entry.get("kind").asString().equals("MilestoneNotMet") ? on.latest() : on.earliest();
    }

    private static String programme(JsonNode partnership) {
        if (partnership.get("programme").isNull()) return "none";
        var programme = partnership.get("programme").asString();
        return List.of("twinning", "smart-jamp", "us-ascp").contains(programme) ? programme : "other";
    }

    private static String partnerships(String programme, String status) {
        return "partnerships{programme=\"" + programme + "\",status=\"" + status + "\"}";
    }

    private static void count(Map<String, Double> into, Stream<JsonNode> parts, Function<JsonNode, String> series) {
        parts.forEach(part -> into.merge(series.apply(part), 1.0, Double::sum));
    }

    private static void put(Map<String, Double> into, String series, JsonNode number) {
        if (!number.isNull()) into.put(series, number.asDouble());
    }

    private static Map<String, Double> of(Samples samples, JsonNode plan) {
        return samples.of(
                name(plan), plan.get("city").asString(), plan.get("country").asString());
    }

    private static String name(JsonNode plan) {
        return plan.get("plan").asString();
    }

    private static Stream<JsonNode> items(JsonNode plan, String part) {
        return StreamSupport.stream(plan.get(part).spliterator(), false);
    }

    private static List<JsonNode> items(JsonNode page) {
        return items(page, "items").toList();
    }

    private static double epoch(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }
}
