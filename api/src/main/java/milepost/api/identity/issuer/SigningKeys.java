package milepost.api.identity.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
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
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The keys that tokens are signed with. Each process makes its own, a new one every day, and keeps the private half in
 * memory only; the public half is in the database, where every node finds it, for longer than any token lives.
 */
final class SigningKeys implements JWKSource<SecurityContext> {
    private static final Duration SIGNS = Duration.ofDays(1);
    private static final Duration KNOWN = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile Published published = new Published(new JWKSet(), Instant.MIN);
    private @Nullable Own own;

    SigningKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Own(ECKey key, Instant until) {}

    private record Published(JWKSet keys, Instant until) {}

    /** Public keys of all nodes, this one's included; one that is known is not asked for again for five minutes. */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        var last = published;
        var one = selector.getMatcher().getKeyIDs() != null;
        var known = one && clock.instant().isBefore(last.until()) ? selector.select(last.keys()) : List.<JWK>of();
        if (!known.isEmpty()) return known;
        try {
            return selector.select(read());
        } catch (DataAccessException e) {
            throw new RemoteKeySourceException("The database with the keys could not answer", e);
        }
    }

    /** The key of this process, with its private half; a new one once it is a day old, or was found withdrawn. */
    synchronized ECKey signing() {
        if (own == null || !clock.instant().isBefore(own.until())) {
            var key = generate();
            jdbc.sql("delete from token_key where created_at < now() - interval '2 days'")
                    .update();
            jdbc.sql("insert into token_key (key_id, jwk) values (?, ?)")
                    .params(key.getKeyID(), key.toPublicJWK().toJSONString())
                    .update();
            own = new Own(key, clock.instant().plus(SIGNS));
        }
        return own.key();
    }

    private JWKSet read() {
        var mine = signing().getKeyID();
        var keys = new ArrayList<JWK>();
        for (var key : jdbc.sql("select jwk from token_key").query(String.class).list()) {
            try {
                keys.add(JWK.parse(key));
            } catch (ParseException e) {
                throw new IllegalStateException("A token key cannot be read", e);
            }
        }
        var read = new JWKSet(keys);
        if (read.getKeyByKeyId(mine) == null) drop(mine);
        published = new Published(read, clock.instant().plus(KNOWN));
        return read;
    }

    private synchronized void drop(String withdrawn) {
        if (own != null && own.key().getKeyID().equals(withdrawn)) own = null;
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java makes P-256 keys", e);
        }
    }
}
