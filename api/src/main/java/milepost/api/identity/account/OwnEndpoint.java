package milepost.api.identity.account;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import milepost.api.identity.Identity;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.api.identity.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who one is here. */
@RestController
@Needs(Right.SELF)
@Tag(name = "Accounts")
class OwnEndpoint {
    /** What the token that was sent grants; a null role grants nothing. */
    record Own(
            @Nullable String subject,
            @Nullable Role role,
            Set<String> cities,
            @Nullable String country,
            @Nullable String organisation,
            @Nullable String client) {}

    @Operation(operationId = "readOwnAccount", summary = "See who you are here, and in what role")
    @GetMapping("/api/account")
    Own read() {
        var grant = Identity.current();
        return new Own(
                grant.subject(), grant.role(), grant.cities(), grant.country(), grant.organisation(), grant.client());
    }
}
