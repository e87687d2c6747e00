package milepost.ops.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import milepost.query.audit.Bundle;
import milepost.query.audit.Checkpoint;
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
        } catch (Note.Refused | Wrong e) {
            throw new Unusable("the kept checkpoint " + file + " cannot be used: " + e.getMessage());
        }
    }

    private static Kept bundle(Path file) {
        var archive = Archive.open(file);
        if (archive.hasSignedRoot()) return new Kept(archive.note(), archive.checkpoint(), archive);
        archive.close();
        throw new Unusable("the kept bundle " + file + " cannot be used: its " + Bundle.HISTORY
                + " is not what its checkpoint signs");
    }

    @Override
    public void close() {
        if (archive != null) archive.close();
    }
}
