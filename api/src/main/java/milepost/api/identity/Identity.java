package milepost.api.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Whose request it is. */
public final class Identity {
    /** The claim of our own tokens that says that nothing is granted, since the password is not its owner's alone. */
    public static final String PASSWORD_TEMPORARY = "password_temporary";

    private Identity() {}

    /** The grant of the token that came with the request of this thread. */
    public static Grant current() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }

    /** Whether the token that came with the request of this thread is one of a temporary password. */
    public static boolean isPasswordTemporary() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof GrantToken token
                && token.getToken().hasClaim(PASSWORD_TEMPORARY);
    }

    public static Grant of(@Nullable Authentication authentication) {
        return authentication instanceof GrantToken token ? token.grant() : Grant.NOBODY;
    }
}
