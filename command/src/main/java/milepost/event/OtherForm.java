package milepost.event;

import static java.time.format.TextStyle.FULL;
import static java.time.format.TextStyle.SHORT;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How people write dates that are not read here; each leads to the form to take, and none is read by guessing. */
enum OtherForm {
    QUARTER(
            "(?:q([1-4])[ /-]?(\\d{4})|(\\d{4})[ /-]?q([1-4]))",
            found -> {
                var year = found.group(2) == null ? found.group(3) : found.group(2);
                var quarter = found.group(1) == null ? found.group(4) : found.group(1);
                return "a quarter cannot be given yet; give a month (" + year + "-" + two(3 * Integer.parseInt(quarter))
                        + ") or the year (" + year + ")";
            }),
    SPAN(
            "(\\d{4}) ?(?:-|–|/|to) ?(\\d{4})",
            found -> "a span cannot be given yet; give one year (" + found.group(1) + " or " + found.group(2) + ")"),
    INSTANT("(\\d{4})-(\\d{1,2})-(\\d{1,2})[t ].*", found -> day(found, 1, 2, 3)),
    YEAR_FIRST("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})", found -> day(found, 1, 2, 3)),
    MONTH_LAST("(\\d{4})[-/.](\\d{1,2})", found -> month(found.group(1), Integer.parseInt(found.group(2)))),
    MONTH_FIRST("(\\d{1,2})[-/.](\\d{4})", found -> month(found.group(2), Integer.parseInt(found.group(1)))),
    DAY_FIRST(
            "(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})",
            found -> {
                var first = Integer.parseInt(found.group(1));
                var second = Integer.parseInt(found.group(2));
                if (first <= Month.values().length && second <= Month.values().length && first != second)
                    return "write " + found.group(3) + ", the month and the day, as in 2018-07-08";
                return first > second ? day(found, 3, 2, 1) : day(found, 3, 1, 2);
            }),
    NAMED_DAY(
            "(\\d{1,2})(?:st|nd|rd|th)? (\\p{Alpha}{3,})\\.?,? (\\d{4})",
            found -> day(found.group(3), named(found.group(2)), found.group(1))),
    NAMED_DAY_LATER(
            "(\\p{Alpha}{3,})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})",
            found -> day(found.group(3), named(found.group(1)), found.group(2))),
    NAMED_MONTH("(\\p{Alpha}{3,})\\.?,? (\\d{4})", found -> month(found.group(2), named(found.group(1))));

    private static final String FORMS = "give a day (2018-07-08), a month (2018-07) or a year (2018)";

    private final Pattern pattern;

    @SuppressWarnings("ImmutableEnumChecker") // of functions without state
    private final Function<MatchResult, String> advice;

    OtherForm(String pattern, Function<MatchResult, String> advice) {
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        this.advice = advice;
    }

    /** Which form to take instead of a text that is no date. */
    static String advice(String text) {
        return Stream.of(values())
                .flatMap(form -> form.of(text).stream())
                .findFirst()
                .orElse(FORMS);
    }

    private Optional<String> of(String text) {
        var found = pattern.matcher(text.strip());
        try {
            return found.matches() ? Optional.of(advice.apply(found.toMatchResult())) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String day(MatchResult found, int year, int month, int day) {
        return day(found.group(year), Integer.parseInt(found.group(month)), found.group(day));
    }

    private static String day(String year, int month, String day) {
        return "write " + LocalDate.of(Integer.parseInt(year), month, Integer.parseInt(day));
    }

    private static String month(String year, int month) {
        return "write " + year + "-" + two(Month.of(month).getValue());
    }

    private static int named(String name) {
        return Stream.of(Month.values())
                .filter(month -> Stream.of(FULL, SHORT)
                        .anyMatch(style ->
                                month.getDisplayName(style, Locale.ENGLISH).equalsIgnoreCase(name)))
                .findFirst()
                .orElseThrow(() -> new DateTimeException("no month is called " + name))
                .getValue();
    }

    private static String two(int number) {
        return String.format(Locale.ROOT, "%02d", number);
    }
}
