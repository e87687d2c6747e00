package milepost.api.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The keys that tokens are signed with. Each process makes its own, a new one every day, and keeps the private half in
 * memory only; the public half is in the database, where every node finds it, for longer than any token lives.
 */
final class SigningKeys implements JWKSource<SecurityContext> {
    private static final int BITS = 2048;
    private static final Duration SIGNS = Duration.ofDays(1);
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Cache<String, List<JWK>> published =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).build();
    private @Nullable Own own;

    SigningKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Own(RSAKey key, Instant until) {}

    /** Public keys of all nodes, this one's included; asked anew if the one that is wanted is not among them. */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        signing();
        var known = selector.select(new JWKSet(published.get("all", all -> read())));
        if (!known.isEmpty()) return known;
        published.invalidateAll();
        return selector.select(new JWKSet(published.get("all", all -> read())));
    }

    /** The key of this process, with its private half. */
    synchronized RSAKey signing() {
        if (own == null || !clock.instant().isBefore(own.until())) {
            var key = generate();
            jdbc.sql("delete from token_key where created_at < now() - interval '2 days'")
                    .update();
            jdbc.sql("insert into token_key (key_id, jwk) values (?, ?)")
                    .params(key.getKeyID(), key.toPublicJWK().toJSONString())
                    .update();
            published.invalidateAll();
            own = new Own(key, clock.instant().plus(SIGNS));
        }
        return own.key();
    }

    private List<JWK> read() {
        var keys = new ArrayList<JWK>();
        for (var key : jdbc.sql("select jwk from token_key").query(String.class).list()) {
            try {
                keys.add(JWK.parse(key));
            } catch (ParseException e) {
                throw new IllegalStateException("A token key cannot be read", e);
            }
        }
        return keys;
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform makes RSA keys", e);
        }
    }
}
