package milepost.api.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Whose request it is. */
public final class Identity {
    private Identity() {}

    /** The grant of the token that came with the request of this thread. */
    public static Grant current() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    public static Grant of(@Nullable Authentication authentication) {
        return authentication instanceof GrantToken token ? token.grant() : Grant.NOBODY;
    }
}
