package milepost.query.plan.store;

import static java.util.stream.Collectors.toMap;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import milepost.event.PlanId;
import milepost.event.json.EventJson;
import milepost.log.Moment;
import milepost.log.store.History;
import milepost.log.store.LogTable;
import milepost.query.plan.MilestoneRow;
import milepost.query.plan.PartnershipRow;
import milepost.query.plan.PlanRow;
import milepost.query.plan.PlanRows;
import milepost.query.plan.ProjectRow;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads plans: one from its record, so that it shows what is recorded at once; all of them, live, from the rows. */
@Component
public class Plans {
    private final JdbcClient jdbc;
    private final History history;
    private final LogTable log;

    Plans(JdbcClient jdbc, History history, LogTable log) {
        this.jdbc = jdbc;
        this.history = history;
        this.log = log;
    }

    /** A page of plans in the order asked for; where the next one begins is absent on the last. */
    public record Page(List<PlanRows> plans, Optional<PlanQuery.Position> next) {}

    /** The plan at the moment; empty if there was none. A live one whose record cannot be read is as its rows were last. */
    public Optional<PlanRows> at(Moment moment, PlanId plan) {
        try {
            return history.of(plan, moment).flatMap(PlanRows::of);
        } catch (EventJson.Unreadable e) {
            if (!moment.isNow()) throw e;
            return Optional.of(load(List.of(plan.text())).stream().findFirst().orElseThrow(() -> e));
        }
    }

    /** All plans at the moment, by id. */
    public List<PlanRows> allAt(Moment moment) {
        if (moment.isNow()) return load(versions().keySet());
        return history.plans().stream()
                .flatMap(plan -> at(moment, plan).stream())
                .toList();
    }

    /** The version each plan's rows are of. */
    public Map<String, Long> versions() {
        return jdbc
                .sql("select plan, version from plan")
                .query((row, i) -> Map.entry(row.getString(1), row.getLong(2)))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A city that has a plan. */
    public record City(String slug, String name, String countryCode) {}

    /** The cities of all plans, by the rows, and where these are behind by the records. */
    public List<City> cities() {
        var shown = jdbc.sql("select cast(body as json) ->> 'citySlug', city, country_code from plan")
                .query((row, i) ->
                        new City(Objects.requireNonNullElse(row.getString(1), ""), row.getString(2), row.getString(3)))
                .list();
        var told = log.ahead("plan", "PlanOpened", "PlanAmended");
        var ahead = told.stream()
                .flatMap(plan -> at(Moment.NOW, plan).stream())
                .map(PlanRows::plan)
                .map(plan -> new City(plan.citySlug(), plan.city(), plan.countryCode()));
        return Stream.concat(shown.stream(), ahead).toList();
    }

    /** Which edition of the tables this is: another one after every rebuild. */
    public String edition() {
        return jdbc.sql("select cast(cast('plan' as regclass) as oid)")
                .query(String.class)
                .single();
    }

    /** The plans that match at the moment, with {@code day} deciding what is overdue. */
    public Page page(PlanQuery query, Moment moment, LocalDate day) {
        return moment.isNow() ? live(query, day) : new PastPage(query, day).of(allAt(moment));
    }

    private Page live(PlanQuery query, LocalDate day) {
        var key = query.sort().expression;
        var after = query.after();
        var found = jdbc.sql("""
                        select plan, %1$s as value from plan
                        where (cast(:country as text) is null or country_code = :country)
                          and (cast(:focusArea as text) is null or :focusArea = any (focus_areas))
                          and (cast(:status as text) is null or status = :status)
                          and (cast(:overdue as boolean) is null
                                or :overdue = exists (
                                    select from milestone where milestone.plan = plan.plan and open_until < :day))
                          and not exists (select from unnest(:words) word where position(word in search) = 0)
                          and (cast(:after as text) is null
                                or (%1$s, plan collate "C") %2$s (cast(:value as %3$s), :after))
                        order by %1$s %4$s, plan collate "C" %4$s
                        limit :limit
                        """.formatted(
                        key, query.descending() ? "<" : ">", query.sort().type, query.descending() ? "desc" : "asc"))
                .param("country", query.country())
                .param("focusArea", query.focusArea())
                .param("status", query.status())
                .param("overdue", query.overdue())
                .param("words", query.words().toArray(String[]::new))
                .param("day", day)
                .param("value", after == null ? null : after.value())
                .param("after", after == null ? null : after.plan())
                .param("limit", query.limit() + 1)
                .query((row, i) -> new PlanQuery.Position(row.getString("value"), row.getString("plan")))
                .list();
        var page = found.stream().limit(query.limit()).toList();
        var rows = load(page.stream().map(PlanQuery.Position::plan).toList()).stream()
                .collect(toMap(plan -> plan.plan().plan().text(), Function.identity()));
        return new Page(
                page.stream()
                        .flatMap(position -> Optional.ofNullable(rows.get(position.plan())).stream())
                        .toList(),
                found.size() > page.size() ? Optional.of(page.getLast()) : Optional.empty());
    }

    /** The rows of these plans, by id; read in one statement, so that a plan and its parts are of one version. */
    public List<PlanRows> load(Collection<String> plans) {
        return jdbc.sql("""
                        select body,
                            array(select p.body from project p where p.plan = plan.plan order by ordinal) as projects,
                            array(select m.body from milestone m where m.plan = plan.plan order by ordinal) as milestones,
                            array(select p.body from partnership p where p.plan = plan.plan order by ordinal)
                                as partnerships
                        from plan where plan = any (?) order by plan collate "C"
                        """)
                .param(plans.toArray(String[]::new))
                .query((row, i) -> new PlanRows(
                        EventJson.MAPPER.readValue(row.getString("body"), PlanRow.class),
                        parts(row, "projects", ProjectRow.class),
                        parts(row, "milestones", MilestoneRow.class),
                        parts(row, "partnerships", PartnershipRow.class)))
                .list();
    }

    private static <T> List<T> parts(ResultSet row, String column, Class<T> type) throws SQLException {
        return Stream.of((String[]) row.getArray(column).getArray())
                .map(body -> EventJson.MAPPER.readValue(body, type))
                .toList();
    }
}
