package milepost.api.start;

import org.jspecify.annotations.Nullable;

/** Milepost cannot start, for a reason that its operator can remove: one line, without a stack trace. */
public final class StartFailure extends RuntimeException {
    public StartFailure(String what, String whatToDo) {
        this(what, whatToDo, null);
    }

    public StartFailure(String what, String whatToDo, @Nullable Throwable cause) {
        super("%s. %s.".formatted(sentence(what), sentence(whatToDo)), cause, false, false);
    }

    /** On one line and without a full stop, whatever others have written into it. */
    private static String sentence(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
    }

    String line() {
        return "Milepost did not start: " + getMessage();
    }
}
