package milepost.query.audit;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That one fact is in the log, to be checked by whoever has the log's key and nothing else. Its format is C2SP tlog-proof,
 * with the fact's line as the extra data.
 *
 * @param index of the fact in the log, from 0: its position less 1
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares certificates
public record Certificate(byte[] line, long index, List<Hash> path, Note checkpoint) {
    private static final String FORMAT = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    public Certificate {
        path = List.copyOf(path);
    }

    public static boolean isOne(String text) {
        return text.startsWith(FORMAT + "\n");
    }

    /** @throws Note.Refused if it is no certificate of a fact */
    public static Certificate parse(String text) {
        var middle = text.indexOf("\n\n");
        var lines = new ArrayList<>(
                (middle < 0 ? text : text.substring(0, middle)).lines().toList());
        if (middle < 0 || lines.size() < 3 || !isOne(text)) throw new Note.Refused("this is no " + FORMAT);
        if (!lines.get(1).startsWith(EXTRA) || !lines.get(2).startsWith(INDEX)) {
            throw new Note.Refused(
                    "the certificate has no fact: its second line begins with 'extra', the third with 'index'");
        }
        try {
            return new Certificate(
                    Base64.getDecoder().decode(lines.get(1).substring(EXTRA.length())),
                    Long.parseLong(lines.get(2).substring(INDEX.length())),
                    lines.subList(3, lines.size()).stream().map(Hash::parse).toList(),
                    Note.parse(text.substring(middle + 2)));
        } catch (IllegalArgumentException e) {
            throw new Note.Refused("the certificate cannot be read: " + e.getMessage());
        }
    }

    /**
     * What the log was when it held the fact.
     *
     * @throws Note.Refused if none of the keys says so
     */
    public Checkpoint verify(Set<VerifierKey> keys) {
        checkpoint.signedBy(keys);
        var head = Checkpoint.parse(checkpoint.text());
        if (!MerkleTree.isIncluded(Hash.leaf(line), index, head.size(), path, head.root())) {
            throw new Note.Refused("the fact is not entry " + index + " of the log of " + head.size() + " entries");
        }
        return head;
    }

    @Override
    public String toString() {
        var hashes = path.stream().map(hash -> hash + "\n").collect(Collectors.joining());
        return FORMAT + "\n" + EXTRA + Base64.getEncoder().encodeToString(line) + "\n" + INDEX + index + "\n" + hashes
                + "\n" + checkpoint;
    }
}
