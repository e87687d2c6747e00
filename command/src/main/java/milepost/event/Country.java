package milepost.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A country by its code, under the one name that all of Milepost has for it: those of ASEAN as the network prints them,
 * others as Java has them in English.
 *
 * @param code ISO 3166-1 alpha-2
 */
public record Country(String code) {
    private static final Map<String, String> AS_PRINTED = Map.ofEntries(
            Map.entry("BN", "Brunei Darussalam"),
            Map.entry("KH", "Cambodia"),
            Map.entry("ID", "Indonesia"),
            Map.entry("LA", "Lao PDR"),
            Map.entry("MY", "Malaysia"),
            Map.entry("MM", "Myanmar"),
            Map.entry("PH", "Philippines"),
            Map.entry("SG", "Singapore"),
            Map.entry("TH", "Thailand"),
            Map.entry("TL", "Timor-Leste"),
            Map.entry("VN", "Viet Nam"));

    /** The codes of the members of ASEAN. */
    public static final Set<String> ASEAN = AS_PRINTED.keySet();

    private static final List<Country> ALL =
            Arrays.stream(Locale.getISOCountries()).map(Country::new).toList();

    /** The country of a code or a name, in small or capital letters. */
    public static Optional<Country> of(String asked) {
        var byCode = ALL.stream().filter(country -> country.code.equalsIgnoreCase(asked));
        var byName = ALL.stream().filter(country -> country.isCalled(asked));
        return Stream.concat(byCode, byName).findFirst();
    }

    /** Whether ISO 3166-1 has such a code. */
    public static boolean isCode(String code) {
        return ALL.contains(new Country(code));
    }

    /** What is no code of ISO 3166-1 is its own name. */
    public String name() {
        var printed = AS_PRINTED.get(code);
        return printed == null ? inEnglish() : printed;
    }

    /** Whether a name is ours or Java's, however it is spaced, accented or capitalised. */
    public boolean isCalled(String name) {
        var letters = letters(name);
        return !letters.isEmpty() && (letters.equals(letters(name())) || letters.equals(letters(inEnglish())));
    }

    private String inEnglish() {
        return Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
    }

    private static String letters(String name) {
        return Slug.of(name).replace("-", "");
    }
}
