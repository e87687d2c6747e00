package milepost.api.identity.account;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import milepost.api.http.Body;
import milepost.api.http.BodyCheck;
import milepost.api.http.PasswordTemporary;
import milepost.api.identity.Grant;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.command.Rejected.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
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

/** The programs that act for one's account; not there when people sign in elsewhere. */
@RestController
@RequestMapping("/api/clients")
@Conditional(Embedded.class)
@Needs(Right.SELF)
@Tag(name = "Accounts")
class ClientsEndpoint {
    private final Accounts accounts;
    private final Clients clients;
    private final HttpServletRequest request;

    ClientsEndpoint(Accounts accounts, Clients clients, HttpServletRequest request) {
        this.accounts = accounts;
        this.clients = clients;
        this.request = request;
    }

    /** Nothing but a name: all that the account may. */
    record NewClient(
            String name,
            @Nullable String role,
            @Nullable List<String> cities,
            @Nullable String country) implements Body {}

    record Revocation() implements Body {}

    /** The account's clients, revoked ones too. */
    record ClientList(List<Client> items) {}

    /** A client and its secret, which is told this once. */
    record ClientSecret(Client client, String secret) {}

    @Operation(operationId = "listClients", summary = "List the programs that act for you")
    @GetMapping
    ClientList list() {
        return new ClientList(clients.of(person().subject()));
    }

    @Operation(
            operationId = "createClient",
            summary = "Let a program act for you",
            description =
                    "With at most your own rights, at /oauth2/token by client credentials. Its secret is told once.")
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ClientSecret> create(@RequestBody NewClient body) {
        var account = person();
        var own = account.grant(Client.PEOPLE);
        var office = body.role() == null
                ? new AssignmentBody(account.role().code, List.copyOf(own.cities()), own.country(), null)
                : new AssignmentBody(body.role(), body.cities(), body.country(), null);
        var bad = new ArrayList<>(office.outOfBounds());
        if (AssignmentBody.isMissing(body.name())) bad.add(Field.missing("name"));
        else AssignmentBody.name(bad, "name", body.name());
        if (body.role() == null && (body.cities() != null || body.country() != null)) {
            bad.add(Field.missing("role", "cities and country are of one"));
        }
        BodyCheck.check(request, bad);
        var wanted = office.office();
        var grant = new Grant(account.subject(), wanted.role(), wanted.cities(), wanted.country(), null, null);
        if (!grant.isWithin(own)) throw refused(HttpStatus.FORBIDDEN, "A client has at most your own rights.");
        var created = clients.create(Identity.current().author(), account.subject(), body.name(), grant);
        return ResponseEntity.created(URI.create(request.getContextPath() + "/api/clients"))
                .body(new ClientSecret(created.client(), created.secret()));
    }

    @Operation(
            operationId = "revokeClient",
            summary = "Revoke a program",
            description = "Its tokens write nothing from now on, and read nothing after a second.")
    @PostMapping(path = "/{client}/revoke", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String client, @RequestBody Revocation body) {
        BodyCheck.check(request, List.of());
        if (!clients.revoke(Identity.current().author(), person().subject(), client)) {
            throw refused(HttpStatus.NOT_FOUND, "You have no client '" + client + "'; see /api/clients.");
        }
    }

    /** The account of whoever asks, if it is a person and their password is their own. */
    private Account person() {
        var grant = Identity.current();
        if (Identity.isPasswordTemporary()) throw new PasswordTemporary();
        if (!Client.PEOPLE.equals(grant.client()) || grant.role() == null) {
            throw refused(HttpStatus.FORBIDDEN, "Clients are managed by a person who has signed in, not by a client.");
        }
        return accounts.find(String.valueOf(grant.subject())).orElseThrow();
    }

    private static ResponseStatusException refused(HttpStatus status, String why) {
        return new ResponseStatusException(status, why);
    }
}
