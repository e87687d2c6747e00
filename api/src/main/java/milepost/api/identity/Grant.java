package milepost.api.identity;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import milepost.event.Author;
import milepost.event.CityProfile;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, in what role, and for which part of the network.
 *
 * @param subject a pseudonym; null for nobody in particular
 * @param role null allows nothing, but what is public
 * @param cities slugs of the cities a CSCO acts for
 * @param country the ISO 3166-1 alpha-2 code of the country a National Representative acts for
 * @param client the program they use
 */
public record Grant(
        @Nullable String subject,
        @Nullable Role role,
        Set<String> cities,
        @Nullable String country,
        @Nullable String organisation,
        @Nullable String client) {
    /** Somebody who has not signed in. */
    public static final Grant NOBODY = new Grant(null, null, Set.of(), null, null, null);

    public Grant {
        cities = Set.copyOf(cities);
    }

    public boolean isSignedIn() {
        return subject != null;
    }

    /** Whether the role allows it somewhere. */
    public boolean allows(Right right) {
        return role != null && role.rights.contains(right);
    }

    /** Whether it is for the plans of this city. */
    public boolean covers(CityProfile city) {
        if (role == Role.CSCO) return cities.contains(city.slug());
        if (role == Role.NATIONAL_REPRESENTATIVE) return city.countryCode().equals(country);
        return role != null;
    }

    /** Whether it is whole: who has no role, an officer of no city, and a representative of no country act for nothing. */
    public boolean isWhole() {
        if (role == Role.CSCO) return !cities.isEmpty();
        return role == Role.NATIONAL_REPRESENTATIVE ? country != null : role != null;
    }

    /** Whether it allows no more than another, anywhere. */
    public boolean isWithin(Grant other) {
        if (role == null || other.role == null || !other.role.rights.containsAll(role.rights)) return false;
        return switch (other.role) {
            case CSCO -> role != Role.CSCO || other.cities.containsAll(cities);
            case NATIONAL_REPRESENTATIVE ->
                role != Role.CSCO && (role != Role.NATIONAL_REPRESENTATIVE || Objects.equals(country, other.country));
            default -> true;
        };
    }

    /** In words. */
    String said() {
        if (role == null) return "signed in without a role that Milepost knows";
        var reach = country != null ? country : String.join(", ", new TreeSet<>(cities));
        return role.code + (reach.isEmpty() ? "" : " for " + reach);
    }

    /** How facts name who recorded them. */
    public Author author() {
        if (subject == null) return Author.ANONYMOUS;
        return new Author(subject, role == null ? null : role.code, organisation, client);
    }
}
