package milepost.api.start.database;

import java.sql.Connection;
import java.sql.SQLException;
import milepost.api.start.StartFailure;
import milepost.log.store.LogTable;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables are, or will be, and what the role may do there.
 *
 * @param name null where the search path leads to none that there is
 * @param other anything in it
 * @param foreign a table of ours that belongs to a role that ours is no member of
 */
record Schema(
        String database,
        String role,
        @Nullable String name,
        boolean readOnly,
        boolean create,
        boolean ours,
        @Nullable String other,
        @Nullable String foreign) {
    /** What an extension has put there counts as little as it does for Flyway. */
    private static final String QUESTION = """
            with relations as (
                select relname, relowner from pg_class
                where relnamespace = (select oid from pg_namespace where nspname = current_schema())
                    and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
                    and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid
                        and deptype = 'e'))
            select current_database(), current_user, current_schema(),
                current_setting('transaction_read_only')::boolean,
                coalesce(has_schema_privilege(current_schema(), 'create'), false),
                exists (select from relations where relname = 'schema_version'),
                (select min(relname) from relations),
                (select min(relname) from relations
                    where relname in ('schema_version', '%s') and not pg_has_role(relowner, 'usage'))""".formatted(LogTable.NAME);

    static Schema of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(QUESTION)) {
            answer.next();
            return new Schema(
                    answer.getString(1),
                    answer.getString(2),
                    answer.getString(3),
                    answer.getBoolean(4),
                    answer.getBoolean(5),
                    answer.getBoolean(6),
                    answer.getString(7),
                    answer.getString(8));
        }
    }

    void requireFit() {
        if (readOnly)
            throw new StartFailure(
                    "The database " + database + " takes no writes: it is a standby, or read-only by its settings",
                    "Name the primary in MILEPOST_DB_URL, or set default_transaction_read_only to off");
        if (name == null)
            throw new StartFailure(
                    "No schema that the role " + role + " may use is on its search path in the database " + database,
                    "Make one (create schema milepost authorization %s), or correct currentSchema in MILEPOST_DB_URL"
                                    .formatted(role)
                            + " or the role's search_path");
        if (!ours && other != null)
            throw new StartFailure(
                    "The schema %s of the database %s holds something else, such as %s"
                            .formatted(name, database, other),
                    "Give Milepost a database of its own, or a schema (?currentSchema=milepost in MILEPOST_DB_URL)");
        if (!create)
            throw new StartFailure(
                    "The role %s may not create tables in the schema %s of the database %s"
                            .formatted(role, name, database),
                    "Say as the database's owner: grant create on schema %s to %s".formatted(name, role));
        if (foreign != null)
            throw new StartFailure(
                    "The table %s in the schema %s belongs to another role than %s".formatted(foreign, name, role),
                    "Correct MILEPOST_DB_USER, or say as that role: reassign owned by current_user to " + role);
    }
}
