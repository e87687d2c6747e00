package milepost.query.audit;

import java.util.regex.Pattern;

/**
 * What a log was at a size, as C2SP tlog-checkpoint writes it.
 *
 * @param origin names the log
 * @param size how many entries it had
 */
public record Checkpoint(String origin, long size, Hash root) {
    private static final Pattern TEXT = Pattern.compile("([^\n]+)\n(0|[1-9]\\d{0,17})\n([^\n]+)\n(?:[^\n]+\n)*");

    /** @throws Note.Refused if the text is no checkpoint */
    public static Checkpoint parse(String text) {
        var lines = TEXT.matcher(text);
        if (!lines.matches()) throw new Note.Refused("this is no checkpoint: origin, size and root are missing");
        try {
            return new Checkpoint(lines.group(1), Long.parseLong(lines.group(2)), Hash.parse(lines.group(3)));
        } catch (IllegalArgumentException e) {
            throw new Note.Refused("the root of this checkpoint is no hash: " + lines.group(3));
        }
    }

    /** The text that is signed. */
    @Override
    public String toString() {
        return origin + "\n" + size + "\n" + root + "\n";
    }
}
