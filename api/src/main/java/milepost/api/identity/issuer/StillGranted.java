package milepost.api.identity.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import milepost.api.identity.account.Standing;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Refuses tokens of an account or a client that was disabled, changed or revoked since, before they expire: a write at
 * once, what only reads after a second at most.
 */
final class StillGranted implements OAuth2TokenValidator<Jwt> {
    private static final OAuth2Error WITHDRAWN =
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "The token was withdrawn; get a new one", null);
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Duration LATELY = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final Predicate<Standing> holds;
    private final String clientClaim;

    /** What was asked lately, each by one for all; its second begins before the database answers. */
    private final Cache<Standing, FutureTask<Boolean>> lately =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LATELY).build();

    /**
     * @param holds asks the database
     * @param clientClaim the name of the claim that names the program
     */
    StillGranted(Predicate<Standing> holds, String clientClaim) {
        this.holds = holds;
        this.clientClaim = clientClaim;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        return Standing.of(token, clientClaim)
                        .filter(isRead() ? this::heldLately : holds)
                        .isPresent()
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(WITHDRAWN);
    }

    private static boolean isRead() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                && READS.contains(attributes.getRequest().getMethod());
    }

    private boolean heldLately(Standing standing) {
        var asked = lately.get(standing, key -> new FutureTask<>(() -> holds.test(key)));
        asked.run(); // by the first; the others wait for the same answer
        try {
            return asked.get();
        } catch (ExecutionException e) {
            lately.asMap().remove(standing, asked);
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
