package milepost.api.identity.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The people behind the pseudonyms in facts. This table is beside the log and may forget: erasing a name leaves the
 * facts as they are, recorded by a pseudonym that leads to nobody.
 */
@Component
public class People {
    /** The issuer of those who have an account here. */
    private static final String HERE = "milepost";

    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 12;
    private static final int KNOWN = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final SecureRandom chance = new SecureRandom();
    private final JdbcClient jdbc;
    private final Cache<Known, String> subjects = Caffeine.newBuilder()
            .maximumSize(KNOWN)
            .expireAfterWrite(REMEMBERED)
            .build();

    People(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Somebody as their issuer knows them. */
    private record Known(
            String issuer, String subject, @Nullable String name) {}

    /** A pseudonym, and the name behind it unless it was erased or never known. */
    public record Person(String subject, @Nullable String name) {}

    /** The pseudonym of somebody that an issuer vouches for; from now on, if they are new. */
    public String subject(String issuer, String subject, @Nullable String name) {
        return subjects.get(new Known(issuer, subject, name), this::seen);
    }

    private String seen(Known known) {
        return jdbc.sql("""
                        insert into person (subject, issuer, issuer_subject, name)
                        values (:subject, :issuer, :issuerSubject, :name)
                        on conflict (issuer, issuer_subject) do update set name = coalesce(excluded.name, person.name)
                        returning subject
                        """)
                .param("subject", pseudonym())
                .param("issuer", known.issuer())
                .param("issuerSubject", known.subject())
                .param("name", known.name())
                .query(String.class)
                .single();
    }

    /** Adds somebody who has an account here, and answers their pseudonym. */
    public String add(@Nullable String name) {
        var subject = pseudonym();
        jdbc.sql("insert into person (subject, issuer, issuer_subject, name) values (:own, :here, :own, :name)")
                .param("own", subject)
                .param("here", HERE)
                .param("name", name)
                .update();
        return subject;
    }

    public Optional<Person> find(String subject) {
        return jdbc.sql("select subject, name from person where subject = ?")
                .param(subject)
                .query((row, i) -> new Person(row.getString("subject"), row.getString("name")))
                .optional();
    }

    /** Forgets the name, and whom the issuer knows by the pseudonym; whether there was such a person. */
    public boolean erase(String subject) {
        subjects.invalidateAll();
        return jdbc.sql("update person set name = null, issuer_subject = null where subject = ?")
                        .param(subject)
                        .update()
                == 1;
    }

    /** By chance, so that nothing can be told from it. */
    private String pseudonym() {
        var letters = chance.ints(LENGTH, 0, LETTERS.length()).mapToObj(LETTERS::charAt);
        return letters.collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}
