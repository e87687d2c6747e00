package milepost.api.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import milepost.api.access.AccessFact.SignInRefused;
import milepost.api.access.AccessFact.SignedIn;
import milepost.api.access.AccessLog;
import milepost.api.access.Address;
import milepost.api.account.Account;
import milepost.api.account.Accounts;
import milepost.api.account.Client;
import milepost.api.account.FirstAccounts;
import milepost.api.limit.Budget;
import milepost.event.Author;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Signs people in by username and password. Attempts are counted before anything is hashed: those of one address for one
 * name, those of an address, and those for a name from addresses that never succeeded with it; so whoever guesses
 * is slowed down, and cannot keep the owner out where they have signed in before.
 */
final class SignIn implements AuthenticationProvider {
    private static final int KNOWN_ADDRESSES = 100_000;
    private static final int LONGEST_NAME = 65; // one more than a username has

    private final Budget ofNameAtAddress = new Budget(5);
    private final Budget ofAddress = new Budget(30);
    private final Budget ofName = new Budget(20);
    private final Cache<String, Boolean> succeeded = Caffeine.newBuilder()
            .maximumSize(KNOWN_ADDRESSES)
            .expireAfterWrite(Duration.ofDays(30))
            .build();

    private final Accounts accounts;
    private final FirstAccounts firstAccounts;
    private final AccessLog accessLog;
    private final DaoAuthenticationProvider passwords;

    SignIn(Accounts accounts, FirstAccounts firstAccounts, AccessLog accessLog, PasswordEncoder encoder) {
        this.accounts = accounts;
        this.firstAccounts = firstAccounts;
        this.accessLog = accessLog;
        passwords = new DaoAuthenticationProvider(this::user);
        passwords.setPasswordEncoder(encoder);
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        var name = attempt.getName().substring(0, Math.min(attempt.getName().length(), LONGEST_NAME));
        var address = attempt.getDetails() instanceof WebAuthenticationDetails web ? web.getRemoteAddress() : null;
        var here = name + " " + address;
        ofAddress.take(String.valueOf(address));
        ofNameAtAddress.take(here);
        if (succeeded.getIfPresent(here) == null) ofName.take(name);
        try {
            var user = passwords.authenticate(attempt);
            accounts.find(user.getName()).ifPresent(account -> welcome(account, address));
            succeeded.put(here, true);
            ofAddress.giveBack(String.valueOf(address));
            ofNameAtAddress.giveBack(here);
            return user;
        } catch (AuthenticationException e) {
            refused(name, e, address);
            throw new BadCredentialsException("Wrong username or password.", e);
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    private void welcome(Account account, @Nullable String address) {
        accessLog.record(account.grant(Client.PEOPLE).author(), new SignedIn(Address.shortened(address)));
        if (firstAccounts.isFirst(account)) firstAccounts.forgetFirstPassword();
    }

    private void refused(String name, AuthenticationException e, @Nullable String address) {
        var account = accounts.named(name).map(Account::subject);
        var reason = account.isEmpty() ? "unknown" : e instanceof DisabledException ? "disabled" : "wrong-password";
        accessLog.record(
                Author.ANONYMOUS, new SignInRefused(account.orElse(null), null, reason, Address.shortened(address)));
    }

    private UserDetails user(String name) {
        return accounts.named(name)
                .flatMap(account -> password(account).map(hash -> (UserDetails) new SignedInUser(account, hash)))
                .orElseThrow(() -> new UsernameNotFoundException("unknown"));
    }

    private Optional<String> password(Account account) {
        return accounts.password(String.valueOf(account.username()));
    }
}
