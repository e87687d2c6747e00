package milepost.api.issuer;

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

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile JWKSet published = new JWKSet();
    private @Nullable Own own;

    SigningKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Own(ECKey key, Instant until) {}

    /** Public keys of all nodes, this one's included; one that is known already is not asked for again. */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        var one = selector.getMatcher().getKeyIDs() != null;
        var known = one ? selector.select(published) : List.<JWK>of();
        if (!known.isEmpty()) return known;
        try {
            signing();
            published = new JWKSet(read());
        } catch (DataAccessException e) {
            throw new RemoteKeySourceException("The database with the keys could not answer", e);
        }
        return selector.select(published);
    }

    /** The key of this process, with its private half. */
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
