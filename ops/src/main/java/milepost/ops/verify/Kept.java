package milepost.ops.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import milepost.query.audit.Bundle;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Hash;
import milepost.query.audit.Note;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor kept from earlier.
 *
 * @param archive absent if only the checkpoint was kept
 */
record Kept(Note note, Checkpoint checkpoint, @Nullable Archive archive) implements AutoCloseable {
    private static final int LONGEST = 1 << 16;

    /** @throws Unusable if it is neither a checkpoint nor a whole bundle */
    static Kept open(Path file) {
        try (var in = Files.newInputStream(file)) {
            var beginning = new String(in.readNBytes(LONGEST), UTF_8);
            if (beginning.startsWith("PK")) return bundle(file);
            var note = Note.parse(beginning);
            return new Kept(note, Checkpoint.parse(note.text()), null);
        } catch (IOException e) {
            throw new Unusable("the kept checkpoint " + file + " cannot be read");
        } catch (Note.Refused | Wrong | Unusable e) {
            throw new Unusable("the kept checkpoint " + file + " cannot be used: " + e.getMessage());
        }
    }

    private static Kept bundle(Path file) {
        var archive = Archive.open(file);
        if (archive.hasSignedRoot()) return new Kept(archive.note(), archive.checkpoint(), archive);
        archive.close();
        throw new Unusable("its " + Bundle.HISTORY + " is not what its checkpoint signs");
    }

    /**
     * Compares a certificate with what was kept, as far as the two overlap.
     *
     * @throws Wrong if they are of two logs
     */
    void checkCertified(long index, byte[] line, Checkpoint of) {
        var isSame = of.origin().equals(checkpoint.origin())
                && (of.size() != checkpoint.size() || of.root().equals(checkpoint.root()))
                && (archive == null || isIn(archive.lines(), index, line, of));
        if (!isSame) {
            throw new Wrong("the certificate's log of " + of.size() + " entries and the kept one of "
                    + checkpoint.size() + " are not one log");
        }
    }

    private static boolean isIn(LineFile lines, long index, byte[] line, Checkpoint of) {
        if (of.size() <= lines.size()) return lines.root(of.size()).equals(of.root());
        return index >= lines.size() || Hash.leaf(line).equals(lines.leaves().get((int) index));
    }

    @Override
    public void close() {
        if (archive != null) archive.close();
    }
}
