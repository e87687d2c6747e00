package milepost.event;

import java.text.Normalizer;
import java.util.Locale;

/** A name as a slug. */
public final class Slug {
    private Slug() {}

    /** In lower case, without accents, with a hyphen for whatever is neither letter nor digit. */
    public static String of(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
