package milepost.command.plan;

import java.util.List;
import milepost.command.Reason;
import milepost.command.Rejected;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeMatcher;

/** A refusal for one reason, which says certain words. */
final class Refused extends TypeSafeMatcher<Rejected> {
    private final Reason reason;
    private final List<String> words;

    private Refused(Reason reason, List<String> words) {
        this.reason = reason;
        this.words = words;
    }

    static Matcher<Rejected> refused(Reason reason, String... words) {
        return new Refused(reason, List.of(words));
    }

    @Override
    protected boolean matchesSafely(Rejected rejected) {
        return rejected.reason() == reason && words.stream().allMatch(told(rejected)::contains);
    }

    @Override
    public void describeTo(Description description) {
        description.appendText("a refusal for ").appendValue(reason);
        if (!words.isEmpty()) description.appendValueList(" that says ", ", ", "", words);
    }

    @Override
    protected void describeMismatchSafely(Rejected rejected, Description mismatch) {
        mismatch.appendText("was ").appendValue(rejected.reason()).appendText(": " + told(rejected));
    }

    private static String told(Rejected rejected) {
        return rejected.getMessage() + " " + rejected.fields();
    }
}
