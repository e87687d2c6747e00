package milepost.api.start.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import milepost.api.start.StartFailure;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** The server that MILEPOST_DB_URL names, once it was reached and found fit. */
final class GivenServer implements JdbcConnectionDetails {
    private static final int OLDEST = 15;
    private static final String SECONDS_TO_ANSWER = "5";

    private final DatabaseSettings.Db db;

    private GivenServer(DatabaseSettings.Db db) {
        this.db = db;
    }

    /** @param connections how many Milepost will hold at once */
    static GivenServer connect(DatabaseSettings.Db db, int connections) {
        var server = new GivenServer(db);
        server.requireUrl();
        try (var connection = DriverManager.getConnection(db.url(), server.login())) {
            requireFit(connection.getMetaData().getDatabaseMajorVersion(), encoding(connection));
            Schema.of(connection).requireFit();
            Room.of(connection).requireFit(connections);
        } catch (SQLException e) {
            throw server.notConnected(e);
        }
        return server;
    }

    /** Does not repeat the text, which may hold a password. */
    private void requireUrl() {
        try {
            DriverManager.getDriver(db.url());
        } catch (SQLException noneAccepts) {
            throw new StartFailure(
                    "MILEPOST_DB_URL is not the URL of a PostgreSQL database",
                    "Write it as jdbc:postgresql://host:port/database");
        }
    }

    private static String encoding(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var encoding = statement.executeQuery("show server_encoding")) {
            encoding.next();
            return encoding.getString(1);
        }
    }

    static void requireFit(int version, String encoding) {
        if (version < OLDEST)
            throw new StartFailure(
                    "The server at MILEPOST_DB_URL is PostgreSQL " + version + ", which is too old",
                    "Use PostgreSQL " + OLDEST + " or newer");
        if (!encoding.equals("UTF8"))
            throw new StartFailure(
                    "The database at MILEPOST_DB_URL has the encoding " + encoding,
                    "Use one that was created with ENCODING 'UTF8' TEMPLATE template0");
    }

    private StartFailure notConnected(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "08001", "08006" ->
                new StartFailure(
                        "No PostgreSQL answers at " + db.url().replaceFirst("\\?.*", ""),
                        "Start it or correct MILEPOST_DB_URL; without that, Milepost starts a database of its own",
                        e);
            case "3D000" ->
                new StartFailure(
                        "The database server refused: " + e.getMessage(),
                        "Create that database, or correct MILEPOST_DB_URL",
                        e);
            case "28P01", "28000", "08004" ->
                new StartFailure(
                        "The database server refused: " + e.getMessage(),
                        "Correct MILEPOST_DB_USER and MILEPOST_DB_PASSWORD",
                        e);
            default ->
                new StartFailure(
                        "The database server refused: " + e.getMessage(),
                        "Remove the cause, or correct MILEPOST_DB_URL",
                        e);
        };
    }

    private Properties login() {
        var login = new Properties();
        login.setProperty("connectTimeout", SECONDS_TO_ANSWER);
        login.setProperty("loginTimeout", SECONDS_TO_ANSWER);
        if (getUsername() != null) login.setProperty("user", getUsername());
        if (getPassword() != null) login.setProperty("password", getPassword());
        return login;
    }

    @Override
    public String getJdbcUrl() {
        return db.url();
    }

    @Override
    public @Nullable String getUsername() {
        return db.user().isEmpty() ? null : db.user();
    }

    @Override
    public @Nullable String getPassword() {
        return db.password().isEmpty() ? null : db.password();
    }
}
