package milepost.api.identity.account;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import milepost.api.http.Body;
import milepost.api.http.BodyCheck;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.api.identity.account.People.Person;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The people behind the pseudonyms by which facts name their authors. */
@RestController
@RequestMapping("/api/authors/{subject}")
@Tag(name = "Accounts")
class AuthorsEndpoint {
    private final People people;
    private final Accounts accounts;
    private final HttpServletRequest request;

    AuthorsEndpoint(People people, Accounts accounts, HttpServletRequest request) {
        this.people = people;
        this.accounts = accounts;
        this.request = request;
    }

    record Erasure() implements Body {}

    @Operation(
            operationId = "readAuthor",
            summary = "See who is behind a pseudonym",
            description = "A null name was erased, or never known.")
    @Needs(Right.NAMES)
    @GetMapping
    Person read(@PathVariable String subject) {
        return people.find(subject).orElseThrow(() -> unknown(subject));
    }

    @Operation(
            operationId = "eraseAuthor",
            summary = "Forget who is behind a pseudonym, for good",
            description = "Name, username and password go, and the account is closed. Facts keep the pseudonym.")
    @Needs(Right.ACCOUNTS)
    @PostMapping(path = "/erase", consumes = MediaType.APPLICATION_JSON_VALUE)
    Person erase(@PathVariable String subject, @RequestBody Erasure body) {
        BodyCheck.check(request, List.of());
        if (!accounts.erase(Identity.current().author(), subject)) throw unknown(subject);
        return people.find(subject).orElseThrow(() -> unknown(subject));
    }

    private static ResponseStatusException unknown(String subject) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "Nobody is known by the pseudonym '" + subject + "'.");
    }
}
