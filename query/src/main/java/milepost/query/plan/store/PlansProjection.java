package milepost.query.plan.store;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import milepost.event.Id;
import milepost.event.MilestoneId;
import milepost.event.OfficerId;
import milepost.event.PartnershipId;
import milepost.event.PlanId;
import milepost.event.ProjectId;
import milepost.event.json.EventJson;
import milepost.plan.Charter;
import milepost.plan.Milestone;
import milepost.plan.Officer;
import milepost.plan.Part;
import milepost.plan.Partnership;
import milepost.plan.PlanRecord;
import milepost.plan.Project;
import milepost.query.plan.FactEvidence;
import milepost.query.plan.PlanRow;
import milepost.query.plan.PlanRows;
import milepost.query.plan.SearchText;
import milepost.query.plan.Tally;
import milepost.query.projection.News;
import milepost.query.projection.Projection;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps every plan's summary, projects, milestones and partnerships. */
@Component
class PlansProjection implements Projection {
    private final JdbcClient jdbc;

    PlansProjection(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "plans";
    }

    @Override
    public List<String> tables() {
        return List.of("plan", "project", "milestone", "partnership");
    }

    /** A plan whose opening is not seen has no rows. */
    @Override
    public void write(List<News> news, String schema) {
        var opened = news.stream().filter(PlansProjection::isOpened).toList();
        var parts = new Parts();
        for (var one : opened) {
            if (one.since() == 0) one.record().parts().forEach(part -> parts.put(one.plan(), part));
            else
                one.parts().forEach(id -> parts.put(one.plan(), id, one.record().part(id)));
        }
        var unopened = news.stream()
                .filter(one -> !isOpened(one))
                .map(one -> one.plan().text())
                .toArray(String[]::new);
        if (unopened.length > 0) {
            jdbc.sql("delete from %splan where plan = any (?)".formatted(schema))
                    .param(unopened)
                    .update();
        }
        if (!opened.isEmpty()) writePlans(opened, schema);
        var whole = Stream.concat(Stream.of(News.whole(news)), Stream.of(unopened))
                .distinct()
                .toArray(String[]::new);
        for (var table : List.of(parts.projects, parts.milestones, parts.partnerships))
            table.write(jdbc, schema, whole);
    }

    private static boolean isOpened(News news) {
        return news.record().charter().opening() != null;
    }

    /** The rows of parts, by table. */
    private static final class Parts {
        private final PartRows projects = new PartRows("project");
        private final PartRows milestones = new PartRows("milestone");
        private final PartRows partnerships = new PartRows("partnership");

        void put(PlanId plan, Id id, @Nullable Part part) {
            if (part != null) {
                put(plan, part);
                return;
            }
            switch (id) {
                case ProjectId project -> projects.drop(plan, project);
                case MilestoneId milestone -> milestones.drop(plan, milestone);
                case PartnershipId partnership -> partnerships.drop(plan, partnership);
                case PlanId itself -> {}
                case OfficerId officer -> {}
            }
        }

        void put(PlanId plan, Part part) {
            var evidence = FactEvidence.of(part);
            switch (part.state()) {
                case Project state ->
                    projects.put(plan, state.project(), part, PlanRows.project(state, evidence), null);
                case Milestone state -> {
                    var row = PlanRows.milestone(state, evidence);
                    var until = row.isOpen() && row.due() != null ? row.due().latest() : null;
                    milestones.put(plan, state.milestone(), part, row, until);
                }
                case Partnership state ->
                    partnerships.put(plan, state.partnership(), part, PlanRows.partnership(state, evidence), null);
                case Charter itself -> {}
                case Officer officer -> {}
            }
        }
    }

    /** What of a plan's row needs all its parts. */
    private record Whole(
            PlanRow plan, String focusAreas, @Nullable BigDecimal progress) {
        static Whole of(PlanRecord record) {
            var parts = record.standing().values();
            var row = PlanRows.plan(record, parts);
            return new Whole(row, EventJson.MAPPER.writeValueAsString(focusAreas(parts)), progress(row, parts));
        }

        private static List<String> focusAreas(Collection<Part> parts) {
            return parts.stream()
                    .flatMap(part -> part.state() instanceof Project project && project.added() != null
                            ? project.added().focusAreas().stream()
                            : Stream.of())
                    .distinct()
                    .sorted()
                    .toList();
        }

        private static @Nullable BigDecimal progress(PlanRow plan, Collection<Part> parts) {
            var tally = new Tally();
            parts.forEach(part -> tally.count(part, 1));
            // Progress is the same on every day: what is met is met.
            return tally.on(plan.lastHappened()).progress();
        }
    }

    private void writePlans(List<News> opened, String schema) {
        var rows = opened.stream().map(one -> Whole.of(one.record())).toList();
        jdbc.sql("""
                        insert into %splan (plan, version, city, country, country_code, status, search, focus_areas, progress, body)
                        select plan, version, city, country, country_code, status, search,
                            array(select json_array_elements_text(cast(focus_areas as json))), cast(progress as numeric), body
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            as row (plan, version, city, country, country_code, status, search, focus_areas, progress, body)
                        on conflict (plan) do update set
                            version = excluded.version, city = excluded.city, country = excluded.country,
                            country_code = excluded.country_code, status = excluded.status, search = excluded.search,
                            focus_areas = excluded.focus_areas, progress = excluded.progress, body = excluded.body
                        """.formatted(schema))
                .param(texts(rows, row -> row.plan.plan().text()))
                .param(rows.stream().map(row -> row.plan.version()).toArray(Long[]::new))
                .param(texts(rows, row -> row.plan.city()))
                .param(texts(rows, row -> row.plan.country()))
                .param(texts(rows, row -> row.plan.countryCode()))
                .param(texts(rows, row -> row.plan.status().code))
                .param(texts(rows, row -> SearchText.of(row.plan)))
                .param(texts(rows, Whole::focusAreas))
                .param(texts(rows, row -> row.progress == null ? null : row.progress.toPlainString()))
                .param(texts(rows, row -> EventJson.MAPPER.writeValueAsString(row.plan)))
                .update();
    }

    private static @Nullable String[] texts(List<Whole> rows, Function<Whole, @Nullable String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }
}
