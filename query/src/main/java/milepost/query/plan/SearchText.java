package milepost.query.plan;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a plan is found by: its id, title, city and country, in letters that are alike however they are written. */
public final class SearchText {
    private static final Pattern ACCENTS = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Letters with a stroke, which Unicode does not take apart. */
    private static final String STROKES = "đłøħŧ";

    private static final String PLAIN = "dloht";

    private SearchText() {}

    public static String of(PlanRow plan) {
        return Stream.of(plan.plan().text(), plan.title(), plan.city(), plan.country(), plan.countryCode())
                .filter(Objects::nonNull)
                .map(SearchText::plain)
                .collect(Collectors.joining("\n"));
    }

    /** The words that are looked for, each of which a plan must have somewhere. */
    public static List<String> words(String asked) {
        return BLANKS.splitAsStream(plain(asked))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    /** Small letters by way of capital ones: so ß is ss, and the Turkish letters without and with a dot are i. */
    private static String plain(String text) {
        var letters =
                Normalizer.normalize(text, Form.NFKD).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return ACCENTS.matcher(letters)
                .replaceAll("")
                .codePoints()
                .map(letter -> STROKES.indexOf(letter) < 0 ? letter : PLAIN.charAt(STROKES.indexOf(letter)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
