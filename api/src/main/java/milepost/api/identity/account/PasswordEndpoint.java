package milepost.api.identity.account;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Optional;
import milepost.api.http.Body;
import milepost.api.http.BodyCheck;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.api.identity.limit.Budget;
import milepost.command.Rejected.Field;
import milepost.event.AsGiven;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where an account's owner changes its password. */
@RestController
@Conditional(Embedded.class)
@Needs(Right.SELF)
@Tag(name = "Accounts")
class PasswordEndpoint {
    private final Accounts accounts;
    private final FirstAccounts firstAccounts;
    private final PasswordEncoder passwords;
    private final HttpServletRequest request;
    private final Budget attempts = new Budget(5);

    PasswordEndpoint(
            Accounts accounts, FirstAccounts firstAccounts, PasswordEncoder passwords, HttpServletRequest request) {
        this.accounts = accounts;
        this.firstAccounts = firstAccounts;
        this.passwords = passwords;
        this.request = request;
    }

    record PasswordChange(@AsGiven String current, @AsGiven String changed) implements Body {}

    @Operation(
            operationId = "changePassword",
            summary = "Change your password",
            description =
                    "12 characters to 72 bytes. All your tokens and sessions end; sign in again with the new one.")
    @PostMapping(path = "/api/account/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(@RequestBody PasswordChange body) {
        var grant = Identity.current();
        var subject = String.valueOf(grant.subject());
        attempts.take(subject);
        var bad = new ArrayList<Field>();
        var username = accounts.find(subject).map(Account::username).orElse("");
        var same = given(body.changed()).equals(given(body.current()));
        if (AssignmentBody.isMissing(body.changed())) bad.add(Field.missing("changed"));
        else
            Passwords.problem(body.changed(), username)
                    .or(() -> same ? Optional.of("must be another than before") : Optional.empty())
                    .ifPresent(problem -> bad.add(new Field("changed", problem)));
        if (AssignmentBody.isMissing(body.current())) bad.add(Field.missing("current"));
        else if (!isCurrent(subject, body.current()))
            bad.add(new Field("current", "must be your password as it is now"));
        BodyCheck.check(request, bad);
        accounts.change(grant.author(), subject, body.changed());
        if (firstAccounts.isFirst(username)) firstAccounts.forgetFirstPassword();
    }

    private boolean isCurrent(String subject, String password) {
        if (Passwords.isTooLong(password)) return false;
        return accounts.find(subject)
                .flatMap(account -> accounts.password(String.valueOf(account.username())))
                .filter(hash -> passwords.matches(password, hash))
                .isPresent();
    }

    @SuppressWarnings("ConstantValue") // what is missing in a body is null, whatever the type promises
    private static String given(String text) {
        return (Object) text == null ? "" : text;
    }
}
