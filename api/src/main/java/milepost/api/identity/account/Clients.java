package milepost.api.identity.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import milepost.api.identity.AccessFact.ClientCreated;
import milepost.api.identity.AccessFact.ClientRevoked;
import milepost.api.identity.AccessLog;
import milepost.api.identity.Grant;
import milepost.api.identity.Role;
import milepost.event.Author;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/** Keeps clients; each change is recorded in the access log with it, or not made. */
@Component
public class Clients {
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    private static final String SELECT =
            "select client_id, subject, name, role, cities, country, created_at, revoked_at from client ";

    private static final int MOST = 20;

    private final JdbcClient jdbc;
    private final AccessLog accessLog;
    private final Secrets secrets = new Secrets();

    Clients(JdbcClient jdbc, AccessLog accessLog) {
        this.jdbc = jdbc;
        this.accessLog = accessLog;
    }

    public List<Client> of(String subject) {
        return jdbc.sql(SELECT + "where subject = ? order by created_at, client_id collate \"C\"")
                .param(subject)
                .query((row, i) -> client(row))
                .list();
    }

    /** The database is not asked about what is no id, whatever was sent. */
    public Optional<Client> find(String client) {
        if (!ID.matcher(client).matches()) return Optional.empty();
        return jdbc.sql(SELECT + "where client_id = ?")
                .param(client)
                .query((row, i) -> client(row))
                .optional();
    }

    /** One that was not revoked. */
    public Optional<Client> active(String client) {
        return find(client).filter(found -> found.revokedAt() == null);
    }

    /** The hash of its secret. */
    public String secret(Client client) {
        return jdbc.sql("select secret from client where client_id = ?")
                .param(client.client())
                .query(String.class)
                .single();
    }

    /** A client with its secret, which is told this once. */
    record Created(Client client, String secret) {}

    @Transactional
    Created create(Author by, String subject, String name, Grant grant) {
        var id = UUID.randomUUID().toString();
        var secret = Secrets.secret();
        var role = grant.role();
        if (role == null) throw new IllegalArgumentException("a client needs a role");
        // Of two at once, the second counts the first.
        jdbc.sql("select 1 from account where subject = ? for update")
                .param(subject)
                .query()
                .singleRow();
        if (of(subject).stream().filter(client -> client.revokedAt() == null).count() >= MOST) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "You have " + MOST + " clients; revoke one first.");
        }
        jdbc.sql("""
                        insert into client (client_id, subject, name, secret, role, cities, country)
                        values (:client, :subject, :name, :secret, :role, :cities, :country)
                        """)
                .param("client", id)
                .param("subject", subject)
                .param("name", name)
                .param("secret", secrets.encode(secret))
                .param("role", role.code)
                .param("cities", grant.cities().toArray(String[]::new))
                .param("country", grant.country())
                .update();
        var created = active(id).orElseThrow();
        accessLog.record(by, new ClientCreated(id, role.code, grant.cities(), grant.country()));
        return new Created(created, secret);
    }

    /** Refuses it from now on, and every token it has; whether this account had such a client. */
    @Transactional
    boolean revoke(Author by, String subject, String client) {
        var revoked = jdbc.sql("update client set revoked_at = now() where client_id = ? and subject = ?"
                        + " and revoked_at is null")
                .params(client, subject)
                .update();
        if (revoked == 1) accessLog.record(by, new ClientRevoked(client));
        return revoked == 1
                || of(subject).stream().anyMatch(mine -> mine.client().equals(client));
    }

    private static Client client(ResultSet row) throws SQLException {
        var revoked = row.getObject("revoked_at", OffsetDateTime.class);
        return new Client(
                row.getString("client_id"),
                row.getString("subject"),
                row.getString("name"),
                Role.of(row.getString("role")).orElseThrow(),
                Set.copyOf(Arrays.asList((String[]) row.getArray("cities").getArray())),
                row.getString("country"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                revoked == null ? null : revoked.toInstant());
    }
}
