package milepost.query.plan.store;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import milepost.event.Id;
import milepost.event.PlanId;
import milepost.event.json.EventJson;
import milepost.plan.Part;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of one of the tables of parts, of several plans, which are written together. */
final class PartRows {
    private final String table;
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> gone = new ArrayList<>();

    PartRows(String table) {
        this.table = table;
    }

    private record Row(
            PlanId plan,
            Id id,
            long ordinal,
            String body,
            @Nullable LocalDate openUntil) {}

    /** @param openUntil only of a milestone */
    void put(PlanId plan, Id id, Part part, Object row, @Nullable LocalDate openUntil) {
        rows.add(new Row(plan, id, part.since(), EventJson.MAPPER.writeValueAsString(row), openUntil));
    }

    void drop(PlanId plan, Id id) {
        gone.add(new Row(plan, id, 0, "", null));
    }

    /** @param whole plans of which no other row is left */
    void write(JdbcClient jdbc, String schema, String[] whole) {
        if (whole.length > 0) {
            jdbc.sql("delete from %s%s where plan = any (?)".formatted(schema, table))
                    .param(whole)
                    .update();
        }
        if (!gone.isEmpty()) {
            jdbc.sql("""
                            delete from %1$s%2$s using unnest(?, ?) as gone (plan, id)
                            where %2$s.plan = gone.plan and %2$s.id = gone.id
                            """.formatted(schema, table))
                    .params(texts(gone, row -> row.plan.text()), texts(gone, row -> row.id.text()))
                    .update();
        }
        if (!rows.isEmpty()) insert(jdbc, schema);
    }

    private void insert(JdbcClient jdbc, String schema) {
        var dated = table.equals("milestone");
        var insert = jdbc.sql("""
                        insert into %1$s%2$s (plan, id, ordinal, body%3$s)
                        select * from unnest(?, ?, ?, ?%4$s)
                        on conflict (plan, id) do update set ordinal = excluded.ordinal, body = excluded.body%5$s
                        """.formatted(
                                schema,
                                table,
                                dated ? ", open_until" : "",
                                dated ? ", cast(? as date[])" : "",
                                dated ? ", open_until = excluded.open_until" : ""))
                .param(texts(rows, row -> row.plan.text()))
                .param(texts(rows, row -> row.id.text()))
                .param(rows.stream().map(Row::ordinal).toArray(Long[]::new))
                .param(texts(rows, Row::body));
        if (dated) {
            insert = insert.param(texts(rows, row -> row.openUntil == null ? null : row.openUntil.toString()));
        }
        insert.update();
    }

    private static @Nullable String[] texts(List<Row> rows, Function<Row, @Nullable String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }
}
