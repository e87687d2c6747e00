package milepost.api.identity.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import milepost.api.http.TooFast;
import milepost.api.identity.AccessFact.SignInRefused;
import milepost.api.identity.AccessFact.SignInThrottled;
import milepost.api.identity.AccessFact.SignedIn;
import milepost.api.identity.AccessLog;
import milepost.api.identity.account.Account;
import milepost.api.identity.account.Accounts;
import milepost.api.identity.account.Client;
import milepost.api.identity.account.FirstAccounts;
import milepost.api.identity.account.Passwords;
import milepost.api.identity.limit.Address;
import milepost.api.identity.limit.Budget;
import milepost.event.Author;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
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
    private final Budget turnedAway = new Budget(1);
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
        var counted = Address.counted(address);
        var here = name + " " + counted;
        count(name, counted, here, address);
        try {
            var user = passwords.authenticate(whole(attempt));
            accounts.find(user.getName()).ifPresent(account -> welcome(account, address));
            succeeded.put(here, true);
            ofAddress.giveBack(counted);
            ofNameAtAddress.giveBack(here);
            return user;
        } catch (InternalAuthenticationServiceException e) {
            // Nobody could look, so nothing is known of the password.
            if (e.getCause() instanceof DataAccessException away) throw away;
            throw e;
        } catch (AuthenticationException e) {
            refused(name, e, address);
            throw new BadCredentialsException("Wrong username or password.", e);
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    /** An address that is turned away leaves one fact a minute. */
    private void count(String name, String counted, String here, @Nullable String address) {
        try {
            ofAddress.take(counted);
            ofNameAtAddress.take(here);
            if (succeeded.getIfPresent(here) == null) ofName.take(name);
        } catch (TooFast e) {
            if (turnedAway.tryTake(counted))
                accessLog.record(Author.ANONYMOUS, new SignInThrottled(Address.shortened(address)));
            throw e;
        }
    }

    private void welcome(Account account, @Nullable String address) {
        accessLog.record(account.grant(Client.PEOPLE).author(), new SignedIn(Address.shortened(address)));
        if (firstAccounts.isFirst(account.username()) && !account.temporary()) firstAccounts.forgetFirstPassword();
    }

    private void refused(String name, AuthenticationException e, @Nullable String address) {
        var account = accounts.named(name).map(Account::subject);
        var reason = account.isEmpty() ? "unknown" : e instanceof DisabledException ? "disabled" : "wrong-password";
        accessLog.record(
                Author.ANONYMOUS, new SignInRefused(account.orElse(null), null, reason, Address.shortened(address)));
    }

    /** A password too long to be anybody's is no one's: its beginning must not do. */
    private static Authentication whole(Authentication attempt) {
        var password = String.valueOf(attempt.getCredentials());
        if (!Passwords.isTooLong(password)) return attempt;
        return new UsernamePasswordAuthenticationToken(attempt.getPrincipal(), "");
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
