package milepost.command;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What people write: one spelling of it is kept, and nothing in it that others could not see. */
public final class Text {
    private static final int LRE = 0x202A;
    private static final int RLO = 0x202E;
    private static final int LRI = 0x2066;
    private static final int FSI = 0x2068;
    private static final int PDI = 0x2069;

    /** The zero-width space, non-joiner and joiner, which Khmer, Lao, Thai and Burmese need between letters. */
    private static final String JOINING = "\u200B\u200C\u200D";

    private static final String MARKS = "\u200E\u200F\u061C";

    /** Letters and a symbol that look like nothing. */
    private static final String FILLERS = "\u115F\u1160\u3164\uFFA0\u2800";

    /** They show nothing by themselves. */
    private static final String SELECTORS = "\u034F\u17B4\u17B5\u180B\u180C\u180D\u180F";

    private Text() {}

    /** As it is kept: in NFC, and without what cannot be seen at its ends. */
    public static String of(String given) {
        return trimmed(Normalizer.normalize(given, Form.NFC));
    }

    /** Without what cannot be seen at its ends. */
    public static String trimmed(String text) {
        var from = 0;
        while (from < text.length() && isNothing(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        var to = text.length();
        while (to > from && isNothing(text.codePointBefore(to))) to -= Character.charCount(text.codePointBefore(to));
        return text.substring(from, to);
    }

    /** Whether nothing in it can be seen. */
    public static boolean isBlank(String text) {
        return text.codePoints()
                .allMatch(c -> isNothing(c) || isDirection(c) || isSelector(c) || SELECTORS.indexOf(c) >= 0);
    }

    /**
     * What is wrong with its characters, or null.
     *
     * @param lines whether it may have several
     */
    public static @Nullable String fault(String text, boolean lines) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) return "must not have half a character (a surrogate)";
        if (!lines) {
            var end = first(text, c -> "\n\r\t\u000B\f\u0085\u2028\u2029".indexOf(c) >= 0);
            if (end != null) return "must be on one line, without " + end;
        }
        var control = first(text, c -> Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0);
        if (control != null) return "must not have " + control + ", which is no text";
        var turning = turning(text);
        if (turning != null)
            return "must not have " + turning + ", which turns what follows around; U+2068 and U+2069 may enclose it";
        var unseen = first(text, c -> isUnseen(c) && JOINING.indexOf(c) < 0 && MARKS.indexOf(c) < 0);
        return unseen == null ? null : "must not have " + unseen + ", which cannot be seen";
    }

    /** The first that may change the direction of what it does not enclose: a mark within an isolate cannot. */
    private static @Nullable String turning(String text) {
        var depth = 0;
        var opened = "";
        for (var c : text.codePoints().toArray()) {
            if ((c >= LRE && c <= RLO) || (depth == 0 && (c == PDI || MARKS.indexOf(c) >= 0))) return name(c);
            if (c >= LRI && c <= FSI && depth++ == 0) opened = name(c);
            if (c == PDI) depth--;
        }
        return depth == 0 ? null : opened;
    }

    private static boolean isNothing(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85 || isUnseen(c);
    }

    private static boolean isUnseen(int c) {
        return (Character.getType(c) == Character.FORMAT && !isDirection(c) && !isNumberSign(c))
                || FILLERS.indexOf(c) >= 0;
    }

    /** What begins or ends another direction: it is no part of an end, as the text between would read otherwise. */
    private static boolean isDirection(int c) {
        return (c >= LRE && c <= RLO) || (c >= LRI && c <= PDI);
    }

    /** Variation selectors choose a form of the character before. */
    private static boolean isSelector(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
    }

    /** Arabic and Kaithi signs that Unicode calls formatting, but that are seen. */
    private static boolean isNumberSign(int c) {
        return (c >= 0x600 && c <= 0x605)
                || c == 0x6DD
                || c == 0x70F
                || c == 0x890
                || c == 0x891
                || c == 0x8E2
                || c == 0x110BD
                || c == 0x110CD;
    }

    private static @Nullable String first(String text, IntPredicate bad) {
        return text.codePoints().filter(bad).mapToObj(Text::name).findFirst().orElse(null);
    }

    /** How a message names it. */
    public static String name(int c) {
        return c > ' ' && c < 0x7F ? Character.toString(c) : String.format(Locale.ROOT, "U+%04X", c);
    }
}
