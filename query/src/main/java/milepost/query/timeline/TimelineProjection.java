package milepost.query.timeline;

import java.util.List;
import milepost.event.PlanId;
import milepost.event.json.EventJson;
import milepost.plan.PlanRecord;
import milepost.query.history.History;
import milepost.query.history.Moment;
import milepost.query.projection.Projection;
import milepost.query.projection.Refresh;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps every plan's timeline. */
@Component
@ProcessingGroup("timeline")
class TimelineProjection implements Projection {
    private final JdbcClient jdbc;
    private final History history;
    private final Refresh refresh;

    TimelineProjection(JdbcClient jdbc, History history, Refresh refresh) {
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
        return "timeline";
    }

    @Override
    public List<String> tables() {
        return List.of("timeline", "timeline_entry");
    }

    @Override
    public void refresh(PlanId plan) {
        history.of(plan, Moment.NOW).ifPresent(record -> write(plan, record));
    }

    private void write(PlanId plan, PlanRecord record) {
        var entries = TimelineEntry.of(record);
        var versions = entries.stream().map(TimelineEntry::version).toArray(Long[]::new);
        jdbc.sql("""
                        insert into timeline values (?, ?)
                        on conflict (plan) do update set version = excluded.version
                        """).params(plan.text(), record.version()).update();
        jdbc.sql("delete from timeline_entry where plan = ? and version <> all (?)")
                .params(plan.text(), versions)
                .update();
        jdbc.sql("""
                        insert into timeline_entry
                        select ?, version, cast(first_day as date), body
                        from unnest(cast(? as bigint[]), cast(? as text[]), cast(? as text[]))
                            as entry (version, first_day, body)
                        on conflict (plan, version) do update set first_day = excluded.first_day, body = excluded.body
                        where (timeline_entry.first_day, timeline_entry.body)
                            is distinct from (excluded.first_day, excluded.body)
                        """)
                .params(
                        plan.text(),
                        versions,
                        entries.stream().map(e -> e.firstDay().toString()).toArray(String[]::new),
                        entries.stream()
                                .map(EventJson.MAPPER::writeValueAsString)
                                .toArray(String[]::new))
                .update();
    }
}
