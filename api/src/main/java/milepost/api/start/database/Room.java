package milepost.api.start.database;

import java.sql.Connection;
import java.sql.SQLException;
import milepost.api.start.StartFailure;

/**
 * How many connections the role may have at once.
 *
 * @param where what says so, in the operator's words
 */
record Room(int connections, String where, String remedy) {
    static Room of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery("""
                        select n, place, remedy from (
                            select rolconnlimit, 'the role ' || rolname, 'alter role ' || quote_ident(rolname) || ' connection limit -1'
                            from pg_roles where rolname = current_user and not rolsuper
                            union all
                            select datconnlimit, 'the database ' || datname, 'alter database ' || quote_ident(datname) || ' connection limit -1'
                            from pg_database where datname = current_database()
                                and not exists (select from pg_roles where rolname = current_user and rolsuper)
                            union all
                            select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                                - coalesce(current_setting('reserved_connections', true)::int, 0), 'the server', 'raise max_connections'
                        ) as limits (n, place, remedy)
                        where n >= 0 order by n limit 1""")) {
            answer.next();
            return new Room(answer.getInt(1), answer.getString(2), answer.getString(3));
        }
    }

    void requireFit(int needed) {
        if (connections < needed)
            throw new StartFailure(
                    "A node holds " + needed + " connections, and " + where + " allows " + connections,
                    "Allow them for each node (" + remedy + "), or make the pool smaller"
                            + " (SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE)");
    }
}
