package milepost.api.identity.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import milepost.api.identity.Cities;
import milepost.api.identity.Role;
import milepost.api.identity.account.Accounts.Assignment;
import milepost.command.Rejected.Field;
import milepost.command.Text;
import milepost.event.Country;
import org.jspecify.annotations.Nullable;

/** What somebody is to be, as a request says it. */
record AssignmentBody(
        String role,
        @Nullable List<String> cities,
        @Nullable String country,
        @Nullable String organisation) {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final String BY_SLUG = "by slug, such as phuket";
    private static final String CODE = "an ISO 3166-1 alpha-2 code, such as TH";
    private static final int MOST_CITIES = 50;
    private static final int LONGEST_NAME = 200;

    /** Every field that is out of bounds, or names a city or country that nobody knows. */
    List<Field> outOfBounds(Cities known) {
        var fields = new ArrayList<>(outOfBounds());
        if (fields.stream().noneMatch(bad -> bad.field().equals("cities"))) unknown(fields, known);
        if (country != null
                && known() == Role.NATIONAL_REPRESENTATIVE
                && !known.countries().contains(country)) {
            fields.removeIf(bad -> bad.field().equals("country"));
            fields.add(new Field("country", country(country, known)));
        }
        return fields;
    }

    private void unknown(List<Field> fields, Cities known) {
        var unknown = known.unknown(slugs());
        if (unknown.isEmpty()) return;
        var guesses = unknown.stream()
                .map(slug -> "'" + slug + "'"
                        + known.closest(slug)
                                .map(guess -> " (did you mean '" + guess + "'?)")
                                .orElse(""))
                .collect(Collectors.joining(", "));
        fields.add(new Field(
                "cities",
                "nobody knows " + guesses
                        + ": known are the network's cities and those with a plan; open a plan for a new"
                        + " city first, with POST /api/plans"));
    }

    private static String country(String asked, Cities known) {
        var code = Country.of(asked).map(Country::code).filter(known.countries()::contains);
        return code.map(meant -> "must be " + meant + ", as a code")
                .orElse("must be the code of a country of ASEAN or of one with a plan: "
                        + String.join(", ", known.countries())
                        + "; open a plan for a new country first, with POST /api/plans");
    }

    /** Every field that is out of bounds, whoever knows the city. */
    List<Field> outOfBounds() {
        var fields = new ArrayList<Field>();
        if (isMissing(role)) fields.add(Field.missing("role", "one of " + codes()));
        else if (known() == null) fields.add(new Field("role", "must be one of " + codes()));
        if (known() == Role.CSCO && cities == null) fields.add(Field.missing("cities", "1 to 50 " + BY_SLUG));
        else if (known() == Role.CSCO) check(fields, areSlugs(), "cities", "must name 1 to 50 cities " + BY_SLUG);
        else check(fields, slugs().isEmpty(), "cities", "must be left out: it is for a csco only");
        if (known() == Role.NATIONAL_REPRESENTATIVE && country == null) fields.add(Field.missing("country", CODE));
        else if (known() == Role.NATIONAL_REPRESENTATIVE) check(fields, isCode(), "country", "must be " + CODE);
        else check(fields, country == null, "country", "must be left out: it is for a national-representative only");
        name(fields, "organisation", organisation);
        return fields;
    }

    /** If nothing is out of bounds. */
    Assignment office() {
        var role = known();
        if (role == null) throw new IllegalStateException("not checked");
        return new Assignment(role, Set.copyOf(slugs()), country, organisation);
    }

    /** Names what is wrong with a name that may be left out. */
    static void name(List<Field> fields, String field, @Nullable String name) {
        if (name == null) return;
        var fault = Text.isBlank(name)
                ? "must have something that can be seen"
                : name.length() > LONGEST_NAME
                        ? "must have at most " + LONGEST_NAME + " characters"
                        : Text.fault(name, false);
        if (fault != null) fields.add(new Field(field, fault));
    }

    @SuppressWarnings("ConstantValue") // what is missing in a body is null, whatever the type promises
    static boolean isMissing(String text) {
        return (Object) text == null;
    }

    private static void check(List<Field> fields, boolean holds, String field, String message) {
        if (!holds) fields.add(new Field(field, message));
    }

    private @Nullable Role known() {
        return isMissing(role) ? null : Role.of(role).orElse(null);
    }

    private List<String> slugs() {
        return cities == null ? List.of() : cities;
    }

    private boolean areSlugs() {
        return !slugs().isEmpty()
                && slugs().size() <= MOST_CITIES
                && slugs().stream().allMatch(SLUG.asMatchPredicate());
    }

    private boolean isCode() {
        return country != null && COUNTRY.asMatchPredicate().test(country);
    }

    private static String codes() {
        return Role.GRANTED.stream().map(role -> role.code).collect(Collectors.joining(", "));
    }
}
