package milepost.api.identity.issuer;

import java.util.Collection;
import java.util.List;
import milepost.api.identity.account.Account;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.CredentialsContainer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/** Somebody in a session of the sign-in page, by their pseudonym; the session holds no right and no name. */
final class SignedInUser implements UserDetails, CredentialsContainer {
    private final String subject;
    private final int generation;
    private final boolean enabled;
    private @Nullable String password;

    SignedInUser(Account account, String password) {
        this.subject = account.subject();
        this.generation = account.generation();
        this.enabled = account.enabled();
        this.password = password;
    }

    /** The account's, when they signed in. */
    int generation() {
        return generation;
    }

    @Override
    public String getUsername() {
        return subject;
    }

    @Override
    public @Nullable String getPassword() {
        return password;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.of();
    }

    @Override
    public void eraseCredentials() {
        password = null;
    }
}
