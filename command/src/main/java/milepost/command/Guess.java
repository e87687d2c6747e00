package milepost.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant by a word that is not known. */
public final class Guess {
    private static final int SHORTEST_BEGINNING = 3;

    private Guess() {}

    /** A question to end a refusal with, such as {@code ; did you mean 'status'?}; empty if no known word is near. */
    public static String of(String said, Collection<String> known) {
        return meant(said, known).map(word -> "; did you mean '" + word + "'?").orElse("");
    }

    /** The only word that begins so, or else the nearest, if at most a third of it is mistyped. */
    public static Optional<String> meant(String said, Collection<String> known) {
        if (said.isEmpty()) return Optional.empty();
        var begun = known.stream()
                .filter(word ->
                        said.length() >= SHORTEST_BEGINNING && lower(word).startsWith(lower(said)))
                .toList();
        if (begun.size() == 1) return Optional.of(begun.getFirst());
        return known.stream()
                .filter(word -> Math.abs(word.length() - said.length()) <= allowed(word))
                .filter(word -> distance(lower(said), lower(word)) <= allowed(word))
                .min(Comparator.<String>comparingInt(word -> distance(lower(said), lower(word)))
                        .thenComparing(
                                word -> !lower(word).startsWith(lower(said).substring(0, 1)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int allowed(String word) {
        return Math.max(1, word.length() / 3);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's: how many letters to put in, to leave out or to change. */
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (var j = 0; j < row.length; j++) row[j] = j;
        for (var i = 1; i <= one.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.length; j++) {
                var changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
