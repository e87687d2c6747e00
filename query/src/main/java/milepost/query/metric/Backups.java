package milepost.query.metric;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What ops/backup/backup has left in the database: of all nodes the same, wherever it ran. */
@Component
class Backups {
    private final JdbcClient jdbc;

    Backups(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of those that became whole; it has what was recorded before it began. */
    Last last() {
        return jdbc.sql("select max(at) as at from backup")
                .query((row, i) -> new Last(row.getObject("at", OffsetDateTime.class)))
                .single();
    }

    /** @param at null while there is none */
    record Last(@Nullable OffsetDateTime at) {
        @Nullable
        Long seconds() {
            return at == null ? null : at.toEpochSecond();
        }
    }
}
