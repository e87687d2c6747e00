package milepost.api.identity.account;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Set;
import milepost.api.identity.Grant;
import milepost.api.identity.Role;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can sign in here.
 *
 * @param subject the pseudonym by which facts name them
 * @param username null once erased
 * @param name null once erased, or never given
 * @param temporary whether the password is to be changed before anything else is done
 * @param generation rises whenever rights or password change
 */
public record Account(
        String subject,
        @Nullable String username,
        @Nullable String name,
        Role role,
        Set<String> cities,
        @Nullable String country,
        @Nullable String organisation,
        boolean enabled,
        boolean temporary,
        @JsonIgnore int generation) {
    /** What it may do by itself, or through a program. */
    public Grant grant(@Nullable String client) {
        return new Grant(subject, role, cities, country, organisation, client);
    }
}
