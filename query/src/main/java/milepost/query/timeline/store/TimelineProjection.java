package milepost.query.timeline.store;

import java.util.ArrayList;
import java.util.List;
import milepost.event.FactRetracted;
import milepost.event.Happening;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanId;
import milepost.event.ProjectId;
import milepost.event.json.EventJson;
import milepost.query.projection.News;
import milepost.query.projection.Projection;
import milepost.query.timeline.TimelineEntry;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps every plan's timeline. */
@Component
class TimelineProjection implements Projection {
    private final JdbcClient jdbc;

    TimelineProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "timeline";
    }

    @Override
    public List<String> tables() {
        return List.of("timeline", "timeline_entry");
    }

    private record Row(PlanId plan, TimelineEntry entry) {}

    private record Gone(PlanId plan, Long version) {}

    @Override
    public void write(List<News> news, String schema) {
        var rows = new ArrayList<Row>();
        var gone = new ArrayList<Gone>();
        for (var one : news) {
            if (one.since() > 0 && one.isRetraction()) again(one, rows, gone);
            else entries(one).forEach(entry -> rows.add(new Row(one.plan(), entry)));
        }
        writeVersions(news, schema);
        delete(News.whole(news), gone, schema);
        if (!rows.isEmpty()) insert(rows, schema);
    }

    private static List<TimelineEntry> entries(News news) {
        var record = news.record();
        if (news.since() == 0) return TimelineEntry.of(record);
        return news.facts().stream()
                .flatMap(fact -> record.fact(fact.version()).stream())
                .map(fact -> TimelineEntry.of(record.before(fact.version()), fact))
                .toList();
    }

    /** What is taken back may have given names, and days, to what was told later of the same part, or of a milestone in it. */
    private static void again(News news, List<Row> rows, List<Gone> gone) {
        var record = news.record();
        var parts = news.parts();
        var told = parts.remove(news.plan()); // of its own facts, only amendments say what it was before
        var renamed = parts.stream().anyMatch(ProjectId.class::isInstance);
        for (var fact : record.facts()) {
            var event = (Happening) fact.event();
            if (fact.version() > news.since()
                    || parts.contains(event.about())
                    || (told && event instanceof PlanAmended)
                    || (renamed && event instanceof MilestoneAmended)) {
                rows.add(new Row(news.plan(), TimelineEntry.of(record.before(fact.version()), fact)));
            }
        }
        for (var fact : news.facts()) {
            if (fact.event() instanceof FactRetracted retraction) gone.add(new Gone(news.plan(), retraction.version()));
        }
    }

    private void writeVersions(List<News> news, String schema) {
        jdbc.sql("""
                        insert into %stimeline (plan, version) select * from unnest(?, ?)
                        on conflict (plan) do update set version = excluded.version
                        """.formatted(schema))
                .param(news.stream().map(one -> one.plan().text()).toArray(String[]::new))
                .param(news.stream().map(one -> one.record().version()).toArray(Long[]::new))
                .update();
    }

    private void delete(String[] whole, List<Gone> gone, String schema) {
        if (whole.length > 0) {
            jdbc.sql("delete from %stimeline_entry where plan = any (?)".formatted(schema))
                    .param(whole)
                    .update();
        }
        if (gone.isEmpty()) return;
        jdbc.sql("""
                        delete from %stimeline_entry entry using unnest(?, ?) as gone (plan, version)
                        where entry.plan = gone.plan and entry.version = gone.version
                        """.formatted(schema))
                .param(gone.stream().map(one -> one.plan().text()).toArray(String[]::new))
                .param(gone.stream().map(Gone::version).toArray(Long[]::new))
                .update();
    }

    private void insert(List<Row> rows, String schema) {
        jdbc.sql("""
                        insert into %stimeline_entry (plan, version, first_day, body)
                        select * from unnest(?, ?, cast(? as date[]), ?)
                        on conflict (plan, version) do update set first_day = excluded.first_day, body = excluded.body
                        """.formatted(schema))
                .param(rows.stream().map(row -> row.plan().text()).toArray(String[]::new))
                .param(rows.stream().map(row -> row.entry().version()).toArray(Long[]::new))
                .param(rows.stream()
                        .map(row -> row.entry().firstDay().toString())
                        .toArray(String[]::new))
                .param(rows.stream()
                        .map(row -> EventJson.MAPPER.writeValueAsString(row.entry()))
                        .toArray(String[]::new))
                .update();
    }
}
