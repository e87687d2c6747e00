package milepost.query.audit;

import java.util.regex.Pattern;

/**
 * What a log was at a size, as C2SP tlog-checkpoint writes it.
 *
 * @param origin names the log
 * @param size how many entries it had
 */
public record Checkpoint(String origin, long size, Hash root) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9]\\d{0,17}");
    private static final int LINES = 3;

    /** @throws Note.Refused if the text is no checkpoint */
    public static Checkpoint parse(String text) {
        var lines = text.lines().limit(LINES).toList();
        if (lines.size() < LINES
                || lines.getFirst().isEmpty()
                || !SIZE.matcher(lines.get(1)).matches()
                || !text.endsWith("\n")) {
            throw new Note.Refused("this is no checkpoint: origin, size and root are missing");
        }
        try {
            return new Checkpoint(lines.getFirst(), Long.parseLong(lines.get(1)), Hash.parse(lines.get(2)));
        } catch (IllegalArgumentException e) {
            throw new Note.Refused("the root of this checkpoint is no hash: " + lines.get(2));
        }
    }

    /** The text that is signed. */
    @Override
    public String toString() {
        return origin + "\n" + size + "\n" + root + "\n";
    }
}
