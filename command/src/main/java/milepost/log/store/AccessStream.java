package milepost.log.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import milepost.log.StreamName;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The stream {@code access}, whose facts come from many hands that know no version. */
@Component
public class AccessStream {
    /** The subject in the metadata that {@link #append} was given. */
    private static final String SUBJECT = "substring(metadata from '\"subject\":\"([^\"]*)\"')";

    private static final String FIRST_SINCE =
            "select version from event_log where stream = 'access' and at >= :since order by at limit 1";

    private final JdbcClient jdbc;

    AccessStream(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** As the last step of the caller's transaction, since from here to the commit nobody else can write the log. */
    public void append(String type, String payload, String metadata) {
        // Should this node freeze before the commit, the server ends the transaction and others go on.
        jdbc.sql("set local idle_in_transaction_session_timeout = '8s'").update();
        jdbc.sql("""
                        insert into event_log (event_id, stream, type, payload, metadata)
                        values (gen_random_uuid(), :stream, :type, :payload, :metadata)
                        """)
                .param("stream", StreamName.ACCESS)
                .param("type", type)
                .param("payload", payload)
                .param("metadata", metadata)
                .update();
    }

    /**
     * Which facts are meant: those of which all of this is true.
     *
     * @param since recorded then or later
     * @param type the fact's stored name
     * @param by the subject of who did it
     */
    public record Selection(
            @Nullable Instant since,
            @Nullable String type,
            @Nullable String by) {}

    /** Up to {@code limit} lines after a version, in order. */
    public List<History.Line> lines(Selection selection, long after, int limit) {
        return lines(selection, "version > :from", "version", after, limit);
    }

    /** Up to {@code limit} lines before a version, the last one first. */
    public List<History.Line> linesBefore(Selection selection, long before, int limit) {
        return lines(selection, "version < :from", "version desc", before, limit);
    }

    /** Each condition stands in the words of the index that is over it; times rise with versions. */
    private List<History.Line> lines(Selection selection, String beyond, String order, long from, int limit) {
        var since = selection.since() == null ? null : selection.since().atOffset(ZoneOffset.UTC);
        var conditions = new StringBuilder("stream = 'access' and " + beyond);
        if (selection.type() != null) conditions.append(" and type = :type");
        if (selection.by() != null) conditions.append(" and " + SUBJECT + " = :by");
        if (since != null) conditions.append(" and version >= (" + FIRST_SINCE + ")");
        return jdbc.sql("select version, line from event_log where " + conditions + " order by " + order
                        + " limit :limit")
                .param("from", from)
                .param("type", selection.type())
                .param("by", selection.by())
                .param("since", since)
                .param("limit", limit)
                .query((row, i) -> new History.Line(row.getLong("version"), row.getBytes("line")))
                .list();
    }
}
