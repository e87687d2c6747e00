package milepost.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** The embedded database of a Milepost, written and looked at past the application. */
final class Facts {
    /** So many facts has each plan. */
    static final int A_PLAN = 1000;

    private static final int FETCHED = 4096;

    private final Path data;

    Facts(Path data) {
        this.data = data;
    }

    static String plan(int nth) {
        return String.format(Locale.ROOT, "plan-%04d", nth);
    }

    long postmaster() throws IOException {
        return Long.parseLong(postmasterFile().getFirst().strip());
    }

    private List<String> postmasterFile() throws IOException {
        return Files.readAllLines(data.resolve("postgres/postmaster.pid"));
    }

    private Connection connect() throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postmasterFile().get(3).strip() + "/postgres",
                "milepost",
                Files.readString(data.resolve("password")).strip());
    }

    void fill(int facts) throws IOException, SQLException {
        try (var connection = connect()) {
            Filling.fill(connection, "plan", facts / A_PLAN, A_PLAN);
        }
    }

    void awaitIntegrated() throws Exception {
        await("select coalesce((select max(size) from audit_checkpoint), 0) >= (select max(position) from event_log)");
    }

    /** Until the rows of all plans are those of all facts: a look at each fact follows, which changes nothing. */
    void awaitRows(int facts) throws Exception {
        await("""
                select (select count(*) from timeline where version = %1$s) = %2$s
                    and (select count(*) from plan where version = %1$s) = %2$s
                """.formatted(A_PLAN, facts / A_PLAN));
    }

    /** How far the processor that is farthest behind has looked. */
    long looked() throws IOException, SQLException {
        return (long) number("""
                select coalesce(min(cast(convert_from(token, 'UTF8')::json ->> 'globalIndex' as bigint)), 0)
                from token_entry where segment >= 0 and processor_name in ('plans', 'timeline')
                """);
    }

    long integrated() throws IOException, SQLException {
        return (long) number("select coalesce(max(size), 0) from audit_checkpoint");
    }

    private void await(String condition) throws Exception {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (; ; Thread.sleep(100)) {
                try (var answer = statement.executeQuery(condition)) {
                    answer.next();
                    if (answer.getBoolean(1)) return;
                }
            }
        }
    }

    /** Of those after the first checkpoint, by when each was signed. */
    double integratedPerSecond() throws IOException, SQLException {
        return number("""
                with backlog as (select * from audit_checkpoint where size <= (
                    select max(position) from event_log where stream like 'plan/%'))
                select (max(size) - min(size)) / greatest(extract(epoch from max(signed_at) - min(signed_at)), 0.001)
                from backlog where size > 100
                """);
    }

    /** As an operator can by hand. */
    void execute(String statement) throws IOException, SQLException {
        try (var connection = connect();
                var open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    /** As if nothing had been integrated yet, and all been looked at. */
    void rewind() throws IOException, SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute("truncate audit_tile, audit_checkpoint");
            statement.execute("""
                    update token_entry set owner = null, token = convert_to(
                        '{"globalIndex":' || (select max(position) from event_log) || '}', 'UTF8')
                    where processor_name in ('plans', 'timeline')""");
            statement.execute("checkpoint");
        }
    }

    /** How many lines a second can be read in order, or read and hashed. */
    double readLines(boolean hashed) throws IOException, SQLException, GeneralSecurityException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCHED);
            var digest = MessageDigest.getInstance("SHA-256");
            var before = System.nanoTime();
            var lines = 0;
            try (var row = statement.executeQuery("select line from event_log order by position")) {
                for (; row.next(); lines++) {
                    var line = row.getBytes(1);
                    if (hashed) digest.digest(line);
                }
            }
            return lines / ((System.nanoTime() - before) / 1e9);
        }
    }

    private double number(String query) throws IOException, SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getDouble(1);
        }
    }
}
