package milepost.event;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A name as a slug. */
public final class Slug {
    private static final int LONGEST = 64;

    /** Small letters of the Latin script that Unicode does not take apart, and what is written where they cannot be. */
    private static final Map<Integer, String> WRITTEN_OUT = Map.ofEntries(
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'ɖ', "d"),
            Map.entry((int) 'ɗ', "d"),
            Map.entry((int) 'ħ', "h"),
            Map.entry((int) 'ı', "i"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'ŋ', "ng"),
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'ŧ', "t"),
            Map.entry((int) 'ƀ', "b"),
            Map.entry((int) 'ɓ', "b"),
            Map.entry((int) 'ɨ', "i"),
            Map.entry((int) 'ə', "e"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'ß', "ss"));

    private Slug() {}

    /**
     * In small letters a to z, without accents, with a hyphen for whatever else is neither letter nor digit; empty if nothing
     * can be written so.
     */
    public static String of(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
        var written = plain.toLowerCase(Locale.ROOT)
                .codePoints()
                .mapToObj(letter -> WRITTEN_OUT.getOrDefault(letter, Character.toString(letter)))
                .collect(Collectors.joining());
        var slug = written.replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
        return slug.substring(0, Math.min(slug.length(), LONGEST)).replaceAll("-$", "");
    }
}
