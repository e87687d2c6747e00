package milepost.api.identity.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import milepost.api.identity.AccessFact;
import milepost.api.identity.AccessFact.AccountDisabled;
import milepost.api.identity.AccessFact.AccountEnabled;
import milepost.api.identity.AccessFact.AccountOpened;
import milepost.api.identity.AccessFact.AccountRoleChanged;
import milepost.api.identity.AccessFact.NameErased;
import milepost.api.identity.AccessFact.PasswordChanged;
import milepost.api.identity.AccessFact.PasswordReset;
import milepost.api.identity.AccessFact.SignedOut;
import milepost.api.identity.AccessLog;
import milepost.api.identity.Role;
import milepost.event.Author;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/** Keeps accounts; each change is recorded in the access log with it, or not made. */
@Component
public class Accounts {
    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,63}");
    private static final String SELECT = """
            select subject, username, name, role, cities, country, organisation, enabled, temporary, generation
            from account join person using (subject)
            """;

    private final JdbcClient jdbc;
    private final People people;
    private final AccessLog accessLog;
    private final PasswordEncoder passwords;

    Accounts(JdbcClient jdbc, People people, AccessLog accessLog, PasswordEncoder passwords) {
        this.jdbc = jdbc;
        this.people = people;
        this.accessLog = accessLog;
        this.passwords = passwords;
    }

    /** What somebody is to be: their rights, and for which organisation. */
    public record Assignment(
            Role role,
            Set<String> cities,
            @Nullable String country,
            @Nullable String organisation) {}

    static boolean isUsername(@Nullable String text) {
        return text != null && USERNAME.matcher(text).matches();
    }

    public List<Account> all() {
        return jdbc.sql(SELECT + "order by username collate \"C\" nulls last, subject collate \"C\"")
                .query((row, i) -> account(row))
                .list();
    }

    public Optional<Account> find(String subject) {
        return jdbc.sql(SELECT + "where subject = ?")
                .param(subject)
                .query((row, i) -> account(row))
                .optional();
    }

    /** Whether a token that was given for this is still good, at this moment. */
    public boolean holds(Standing standing) {
        return jdbc.sql("select " + Standing.HOLDS)
                .params(standing.parameters())
                .query(Boolean.class)
                .single();
    }

    /** Whoever has this username; the database is not asked about what is none, whatever was typed. */
    public Optional<Account> named(String username) {
        if (!isUsername(username)) return Optional.empty();
        return jdbc.sql(SELECT + "where username = ?")
                .param(username)
                .query((row, i) -> account(row))
                .optional();
    }

    /** The hash of an account's password; empty if nobody can sign in by this name. */
    public Optional<String> password(String username) {
        return jdbc.sql("select password from account where username = ?"
                        + " and password is not null and (not temporary or password_at > now() - interval '7 days')")
                .param(username)
                .query(String.class)
                .optional();
    }

    /**
     * Opens an account.
     *
     * @throws DuplicateKeyException if the username is taken
     */
    @Transactional
    public Account open(
            Author by, String username, @Nullable String name, Assignment office, String password, boolean temporary) {
        var subject = people.add(name);
        jdbc.sql("""
                        insert into account
                            (subject, username, password, temporary, role, cities, country, organisation)
                        values (:subject, :username, :password, :temporary, :role, :cities, :country, :organisation)
                        """)
                .param("subject", subject)
                .param("username", username)
                .param("password", passwords.encode(password))
                .param("temporary", temporary)
                .param("role", office.role().code)
                .param("cities", office.cities().toArray(String[]::new))
                .param("country", office.country())
                .param("organisation", office.organisation())
                .update();
        var opened = find(subject).orElseThrow();
        accessLog.record(
                by,
                new AccountOpened(
                        subject, office.role().code, office.cities(), office.country(), office.organisation()));
        return opened;
    }

    /** Gives another role, scope or organisation; whether there is such an account. */
    @Transactional
    public boolean appoint(Author by, String subject, Assignment office) {
        if (office.role() != Role.SECRETARIAT) keepOneSecretariat(subject);
        var statement = jdbc.sql("""
                        update account set role = :role, cities = :cities, country = :country,
                            organisation = :organisation, generation = generation + 1
                        where subject = :subject
                        """)
                .param("role", office.role().code)
                .param("cities", office.cities().toArray(String[]::new))
                .param("country", office.country())
                .param("organisation", office.organisation())
                .param("subject", subject);
        return recorded(
                statement.update(),
                by,
                new AccountRoleChanged(
                        subject, office.role().code, office.cities(), office.country(), office.organisation()));
    }

    /** Ends its tokens and sessions, those of its programs too, which get new ones. */
    @Transactional
    public void signOut(String subject) {
        find(subject).ifPresent(account -> {
            jdbc.sql("update account set generation = generation + 1 where subject = ?")
                    .param(subject)
                    .update();
            accessLog.record(account.grant(null).author(), new SignedOut());
        });
    }

    /** Ends all its tokens and clients for good; whether there is such an account. */
    @Transactional
    public boolean disable(Author by, String subject) {
        keepOneSecretariat(subject);
        var disabled = jdbc.sql("update account set enabled = false, generation = generation + 1 where subject = ?")
                .param(subject);
        revokeClients(subject);
        return recorded(disabled.update(), by, new AccountDisabled(subject));
    }

    /** Whether there is such an account, and it can sign in again. */
    @Transactional
    public boolean enable(Author by, String subject) {
        var enabled = jdbc.sql("update account set enabled = true where subject = ? and username is not null")
                .param(subject);
        return recorded(enabled.update(), by, new AccountEnabled(subject));
    }

    /** Sets a password that its owner chose, and revokes its clients: whoever knew the old one may have made them. */
    @Transactional
    public boolean change(Author by, String subject, String password) {
        revokeClients(subject);
        return recorded(set(subject, password, false), by, new PasswordChanged(subject));
    }

    /** Sets a password that its owner has to change first, within a week, and revokes its clients. */
    @Transactional
    public boolean reset(Author by, String subject, String password) {
        revokeClients(subject);
        return recorded(set(subject, password, true), by, new PasswordReset(subject));
    }

    /** Forgets who it was: their name, username and password. Facts keep the pseudonym. */
    @Transactional
    public boolean erase(Author by, String subject) {
        keepOneSecretariat(subject);
        revokeClients(subject);
        jdbc.sql("""
                        update account set username = null, password = null, enabled = false,
                            generation = generation + 1
                        where subject = ?
                        """).param(subject).update();
        return recorded(people.erase(subject) ? 1 : 0, by, new NameErased(subject));
    }

    /** Without somebody who can manage accounts, nobody could ever again. */
    private void keepOneSecretariat(String leaving) {
        jdbc.sql("lock table account in share row exclusive mode").update();
        var last = jdbc.sql("""
                        select count(*) = 1 and count(*) filter (where subject = ?) = 1
                        from account where role = 'secretariat' and enabled and username not like 'demo-%'
                        """).param(leaving).query(Boolean.class).single();
        if (last) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "This is the last account of the secretariat; open another one first.");
        }
    }

    private void revokeClients(String subject) {
        jdbc.sql("update client set revoked_at = now() where subject = ? and revoked_at is null")
                .param(subject)
                .update();
    }

    private int set(String subject, String password, boolean temporary) {
        return jdbc.sql("""
                        update account set password = :password, password_at = now(), temporary = :temporary, generation = generation + 1
                        where subject = :subject and username is not null
                        """)
                .param("password", passwords.encode(password))
                .param("temporary", temporary)
                .param("subject", subject)
                .update();
    }

    private boolean recorded(int rows, Author by, AccessFact fact) {
        if (rows == 1) accessLog.record(by, fact);
        return rows == 1;
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("subject"),
                row.getString("username"),
                row.getString("name"),
                Role.of(row.getString("role")).orElseThrow(),
                Set.copyOf(Arrays.asList((String[]) row.getArray("cities").getArray())),
                row.getString("country"),
                row.getString("organisation"),
                row.getBoolean("enabled"),
                row.getBoolean("temporary"),
                row.getInt("generation"));
    }
}
