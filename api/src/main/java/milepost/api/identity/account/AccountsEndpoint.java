package milepost.api.identity.account;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import milepost.api.http.Body;
import milepost.api.http.BodyCheck;
import milepost.api.identity.Cities;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Rejected.Field;
import milepost.event.Author;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The accounts of this Milepost, for the secretariat; not there when people sign in elsewhere. */
@RestController
@RequestMapping(path = "/api/accounts")
@Conditional(Embedded.class)
@Needs(Right.ACCOUNTS)
@Tag(name = "Accounts")
class AccountsEndpoint {
    private static final String USERNAME = "2 to 64 small letters, digits, and . _ - between";

    private final Accounts accounts;
    private final FirstAccounts firstAccounts;
    private final Cities cities;
    private final HttpServletRequest request;

    AccountsEndpoint(Accounts accounts, FirstAccounts firstAccounts, Cities cities, HttpServletRequest request) {
        this.accounts = accounts;
        this.cities = cities;
        this.firstAccounts = firstAccounts;
        this.request = request;
    }

    record AccountOpening(
            String username,
            @Nullable String name,
            @JsonUnwrapped AssignmentBody office) implements Body {}

    record Appointing(@JsonUnwrapped AssignmentBody office) implements Body {}

    record Confirmation() implements Body {}

    /** All accounts. */
    record AccountList(List<Account> items) {}

    /** An account, and the password its owner has to change first; told this once. */
    record NewAccount(@JsonUnwrapped Account account, String password) {}

    @Operation(operationId = "listAccounts", summary = "List the accounts")
    @GetMapping
    AccountList list() {
        return new AccountList(accounts.all());
    }

    @Operation(
            operationId = "openAccount",
            summary = "Open an account",
            description = "Answers a temporary password, once; its owner changes it at /api/account/password.")
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<NewAccount> open(@RequestBody AccountOpening body) {
        var bad = new ArrayList<Field>();
        if (AssignmentBody.isMissing(body.username())) {
            bad.add(Field.missing("username", USERNAME));
        } else if (!Accounts.isUsername(body.username())) {
            bad.add(new Field("username", "must have " + USERNAME));
        }
        AssignmentBody.name(bad, "name", body.name());
        bad.addAll(body.office().outOfBounds(cities));
        BodyCheck.check(request, bad);
        var password = Secrets.password();
        try {
            var account = accounts.open(
                    by(), body.username(), body.name(), body.office().office(), password, true);
            return ResponseEntity.created(URI.create(request.getContextPath() + "/api/accounts/" + account.subject()))
                    .body(new NewAccount(account, password));
        } catch (DuplicateKeyException e) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "The username '" + body.username() + "' is taken; choose another.", e);
        }
    }

    @Operation(operationId = "readAccount", summary = "Read an account")
    @GetMapping("/{account}")
    Account read(@PathVariable String account) {
        return accounts.find(account).orElseThrow(() -> unknown(account));
    }

    @Operation(
            operationId = "changeAccountRole",
            summary = "Change an account's role, cities, country or organisation",
            description = "All of them.")
    @PostMapping(path = "/{account}/role", consumes = MediaType.APPLICATION_JSON_VALUE)
    Account appoint(@PathVariable String account, @RequestBody Appointing body) {
        BodyCheck.check(request, body.office().outOfBounds(cities));
        return after(accounts.appoint(by(), account, body.office().office()), account);
    }

    @Operation(
            operationId = "disableAccount",
            summary = "Disable an account",
            description =
                    "Its sessions and clients end at once; its tokens write nothing from now on, and read nothing after a second.")
    @PostMapping(path = "/{account}/disable", consumes = MediaType.APPLICATION_JSON_VALUE)
    Account disable(@PathVariable String account, @RequestBody Confirmation body) {
        BodyCheck.check(request, List.of());
        return after(accounts.disable(by(), account), account);
    }

    @Operation(operationId = "enableAccount", summary = "Enable an account again")
    @PostMapping(path = "/{account}/enable", consumes = MediaType.APPLICATION_JSON_VALUE)
    Account enable(@PathVariable String account, @RequestBody Confirmation body) {
        BodyCheck.check(request, List.of());
        return after(accounts.enable(by(), account), account);
    }

    @Operation(
            operationId = "resetPassword",
            summary = "Give an account a new temporary password",
            description = "Answers it, once.")
    @PostMapping(path = "/{account}/reset-password", consumes = MediaType.APPLICATION_JSON_VALUE)
    NewAccount reset(@PathVariable String account, @RequestBody Confirmation body) {
        BodyCheck.check(request, List.of());
        var password = Secrets.password();
        var reset = after(accounts.reset(by(), account, password), account);
        if (firstAccounts.isFirst(reset.username())) firstAccounts.forgetFirstPassword();
        return new NewAccount(reset, password);
    }

    private Account after(boolean done, String account) {
        if (!done) throw unknown(account);
        return accounts.find(account).orElseThrow(() -> unknown(account));
    }

    private static Author by() {
        return Identity.current().author();
    }

    private static ResponseStatusException unknown(String account) {
        return new ResponseStatusException(
                HttpStatus.NOT_FOUND, "There is no account '" + account + "' with a username; see /api/accounts.");
    }
}
