package milepost.event;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The years that a city's plan speaks of: bounds of what is asked, and of what is counted by days, since one date beyond
 * them would outweigh all others; what was recorded before there were bounds stays as it is.
 */
public final class Years {
    public static final LocalDate FIRST_DAY = LocalDate.of(1990, 1, 1);
    public static final LocalDate LAST_DAY = LocalDate.of(2100, 12, 31);

    /** What the Buddhist era, which Thailand, Laos and Cambodia count by, is ahead. */
    private static final int BUDDHIST_ERA = 543;

    private Years() {}

    public static boolean have(LocalDate day) {
        return !day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY);
    }

    public static boolean have(PartialDate date) {
        return have(date.earliest());
    }

    /** What is wrong with a date beyond them, to follow its field; empty if nothing is. */
    public static Optional<String> refusal(PartialDate date) {
        return have(date) ? Optional.empty() : Optional.of("lies beyond the years 1990 to 2100" + era(date));
    }

    /** Asks whether a year was counted by the Buddhist era; empty if it cannot have been. */
    public static String era(PartialDate date) {
        var day = date.earliest().minusYears(BUDDHIST_ERA);
        if (!have(day)) return "";
        var year = Integer.toString(day.getYear());
        return ": is " + year + date.text().substring(year.length()) + " meant ("
                + date.earliest().getYear() + " - " + BUDDHIST_ERA + ")?";
    }
}
