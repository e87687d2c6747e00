package milepost.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text and who signed it, in the format of C2SP signed-note.
 *
 * @param text with its last line break
 */
public record Note(String text, List<Line> signatures) {
    private static final int ID_BYTES = 4;
    private static final int MOST_SIGNATURES = 100;
    private static final Pattern LINE = Pattern.compile("— (\\S+) (\\S+)");

    public Note {
        signatures = List.copyOf(signatures);
    }

    /**
     * One signature.
     *
     * @param signature in Base64, with the key's id before it
     */
    public record Line(String name, String signature) {
        private byte[] bytes() {
            return Base64.getDecoder().decode(signature);
        }

        private boolean isBy(VerifierKey key) {
            return key.name().equals(name) && Arrays.equals(key.idBytes(), Arrays.copyOf(bytes(), ID_BYTES));
        }

        @Override
        public String toString() {
            return "— " + name + " " + signature + "\n";
        }
    }

    /** What signs: a private key, wherever it is kept. */
    public interface Signer {
        VerifierKey key();

        byte[] sign(byte[] text);
    }

    /** Not what it should be; the message says what is wrong. */
    public static final class Refused extends RuntimeException {
        public Refused(String message) {
            super(message);
        }
    }

    /** @throws Refused if it is no signed note */
    public static Note parse(String note) {
        var end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n") || note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new Refused("this is no signed note");
        }
        var lines = note.substring(end + 2).lines().toList();
        if (lines.isEmpty() || lines.size() > MOST_SIGNATURES) throw new Refused("the note has no signatures");
        return new Note(
                note.substring(0, end + 1), lines.stream().map(Note::line).toList());
    }

    private static Line line(String text) {
        var parts = LINE.matcher(text);
        if (!parts.matches()) throw new Refused("this is no line of a signature: " + text);
        var line = new Line(parts.group(1), parts.group(2));
        try {
            if (line.bytes().length > ID_BYTES) return line;
        } catch (IllegalArgumentException e) {
            throw new Refused("this is no signature: " + text);
        }
        throw new Refused("this is no signature: " + text);
    }

    public static Note sign(String text, List<? extends Signer> signers) {
        return new Note(text, signers.stream().map(signer -> line(text, signer)).toList());
    }

    private static Line line(String text, Signer signer) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(signer.key().idBytes());
        bytes.writeBytes(signer.sign(text.getBytes(UTF_8)));
        return new Line(signer.key().name(), Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    /**
     * Who of these keys signed it; signatures of others are passed over.
     *
     * @throws Refused if none of them did, or one that is said to have signed did not
     */
    public Set<VerifierKey> signedBy(Set<VerifierKey> keys) {
        var found = new ArrayList<VerifierKey>();
        for (var line : signatures) {
            for (var key : keys) {
                if (!line.isBy(key)) continue;
                var bytes = line.bytes();
                if (!key.verifies(text, Arrays.copyOfRange(bytes, ID_BYTES, bytes.length))) {
                    throw new Refused("the signature of " + key + " is not of this text");
                }
                found.add(key);
            }
        }
        if (!found.isEmpty()) return Set.copyOf(found);
        throw new Refused("it is signed by none of " + keys + ", but by "
                + signatures.stream().map(Line::name).distinct().collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return text + "\n" + signatures.stream().map(Line::toString).collect(Collectors.joining());
    }
}
