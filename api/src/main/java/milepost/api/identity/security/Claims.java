package milepost.api.identity.security;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import milepost.api.identity.Grant;
import milepost.api.identity.GrantToken;
import milepost.api.identity.IdentitySettings;
import milepost.api.identity.Role;
import milepost.api.identity.account.People;
import milepost.command.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;

/** Reads from a verified token what it grants. Whatever in it makes no sense grants nothing. */
@Component
public class Claims implements Converter<Jwt, GrantToken> {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final int LONGEST_TEXT = 200;

    private final IdentitySettings settings;
    private final People people;

    Claims(IdentitySettings settings, People people) {
        this.settings = settings;
        this.people = people;
    }

    @Override
    public GrantToken convert(Jwt jwt) {
        return new GrantToken(jwt, grant(jwt));
    }

    private Grant grant(Jwt jwt) {
        var names = settings.claims();
        var subject = subject(jwt);
        var roles = texts(find(jwt, names.role()))
                .flatMap(name -> role(name).stream())
                .collect(Collectors.toSet());
        var grant = new Grant(
                subject,
                roles.size() == 1 ? roles.iterator().next() : null,
                texts(find(jwt, names.cities())).filter(SLUG.asMatchPredicate()).collect(Collectors.toSet()),
                texts(find(jwt, names.country()))
                        .filter(COUNTRY.asMatchPredicate())
                        .findFirst()
                        .orElse(null),
                name(find(jwt, names.organisation())),
                text(find(jwt, names.client())));
        return grant.isWhole() ? grant : new Grant(subject, null, Set.of(), null, null, grant.client());
    }

    /** Our own tokens name a pseudonym; others' subjects are given one. */
    private String subject(Jwt jwt) {
        var theirs = jwt.getSubject();
        if (theirs == null) throw new InvalidBearerTokenException("The token names no subject.");
        if (settings.isEmbedded()) return theirs;
        var name = name(find(jwt, settings.claims().name()));
        return people.subject(String.valueOf(jwt.getClaimAsString(JwtClaimNames.ISS)), theirs, name);
    }

    private Set<Role> role(String name) {
        return Role.GRANTED.stream()
                .filter(role -> settings.name(role).equals(name))
                .collect(Collectors.toSet());
    }

    /** A claim by its name, or by its path through claims that are objects. */
    private static @Nullable Object find(Jwt jwt, String path) {
        if (jwt.hasClaim(path)) return jwt.getClaims().get(path);
        var names = path.split("\\.", -1);
        var found = (@Nullable Object) jwt.getClaims().get(names[0]);
        for (int i = 1; i < names.length; i++) found = found instanceof Map<?, ?> object ? object.get(names[i]) : null;
        return found;
    }

    /** In the spelling that is kept, as it stands with facts. */
    private static @Nullable String name(@Nullable Object claim) {
        var name = text(claim);
        if (name == null || Text.isBlank(name)) return null;
        var kept = Text.of(name);
        return Text.fault(kept, false) == null ? kept : null;
    }

    private static @Nullable String text(@Nullable Object claim) {
        return texts(claim).findFirst().orElse(null);
    }

    private static Stream<String> texts(@Nullable Object claim) {
        var values = claim instanceof Collection<?> many ? many : claim == null ? List.of() : List.of(claim);
        return values.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_TEXT)
                .filter(text -> text.chars().noneMatch(Character::isISOControl));
    }
}
