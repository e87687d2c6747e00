package milepost.query.plan;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import milepost.event.PartialDate;
import milepost.event.PlanId;
import milepost.event.json.EventJson;
import milepost.query.history.History;
import milepost.query.history.Moment;
import milepost.query.projection.Projection;
import milepost.query.projection.Refresh;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps every plan's summary, projects, milestones and partnerships. */
@Component
@ProcessingGroup("plans")
class PlansProjection implements Projection {
    private final JdbcClient jdbc;
    private final History history;
    private final Refresh refresh;

    PlansProjection(JdbcClient jdbc, History history, Refresh refresh) {
        this.jdbc = jdbc;
        this.history = history;
        this.refresh = refresh;
    }

    /** Any fact, also one that this version does not know: then the refresh fails, and it is set aside. */
    @EventHandler
    void on(DomainEventMessage<?> fact) {
        refresh.to(fact.getSequenceNumber() + 1, new PlanId(fact.getAggregateIdentifier()), this);
    }

    @Override
    public String name() {
        return "plans";
    }

    @Override
    public List<String> tables() {
        return List.of("plan", "project", "milestone", "partnership");
    }

    @Override
    public void refresh(PlanId plan) {
        history.of(plan, Moment.NOW).flatMap(PlanRows::of).ifPresent(this::write);
    }

    private void write(PlanRows rows) {
        var plan = rows.plan();
        jdbc.sql("""
                        insert into plan
                        values (:plan, :version, :city, :country, :countryCode, :status, :focusAreas, :progress,
                            cast(:openUntil as date[]), :body)
                        on conflict (plan) do update set
                            version = excluded.version, city = excluded.city, country = excluded.country,
                            country_code = excluded.country_code, status = excluded.status,
                            focus_areas = excluded.focus_areas, progress = excluded.progress,
                            open_until = excluded.open_until, body = excluded.body
                        """)
                .param("plan", plan.plan().text())
                .param("version", plan.version())
                .param("city", plan.city())
                .param("country", plan.country())
                .param("countryCode", plan.countryCode())
                .param("status", plan.status().code)
                .param("focusAreas", focusAreas(rows))
                .param("progress", progress(rows))
                .param("openUntil", openUntil(rows))
                .param("body", EventJson.MAPPER.writeValueAsString(plan))
                .update();
        write("project", plan.plan(), rows.projects(), p -> p.project().text());
        write("milestone", plan.plan(), rows.milestones(), m -> m.milestone().text());
        write(
                "partnership",
                plan.plan(),
                rows.partnerships(),
                p -> p.partnership().text());
    }

    private <T> void write(String table, PlanId plan, List<T> parts, Function<T, String> id) {
        var ids = texts(parts.stream().map(id));
        jdbc.sql("delete from " + table + " where plan = ? and id <> all (?)")
                .params(plan.text(), ids)
                .update();
        jdbc.sql("""
                        insert into %1$s
                        select ?, id, ordinal, body
                        from unnest(cast(? as text[]), cast(? as text[])) with ordinality as part (id, body, ordinal)
                        on conflict (plan, id) do update set ordinal = excluded.ordinal, body = excluded.body
                        where (%1$s.ordinal, %1$s.body) is distinct from (excluded.ordinal, excluded.body)
                        """.formatted(table))
                .params(plan.text(), ids, texts(parts.stream().map(EventJson.MAPPER::writeValueAsString)))
                .update();
    }

    private static String[] focusAreas(PlanRows rows) {
        return texts(rows.projects().stream()
                .flatMap(p -> p.focusAreas().stream())
                .distinct()
                .sorted());
    }

    private static String[] openUntil(PlanRows rows) {
        return texts(rows.milestones().stream()
                .filter(MilestoneRow::isOpen)
                .map(MilestoneRow::due)
                .filter(Objects::nonNull)
                .map(PartialDate::latest)
                .map(LocalDate::toString));
    }

    private static @Nullable BigDecimal progress(PlanRows rows) {
        // Progress is the same on every day: what is met is met.
        return Indicators.of(rows.milestones(), rows.partnerships(), rows.plan().lastHappened())
                .progress();
    }

    private static String[] texts(Stream<String> texts) {
        return texts.toArray(String[]::new);
    }
}
