package milepost.ops.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import milepost.query.audit.Bundle;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Hash;
import milepost.query.audit.Note;
import milepost.query.audit.Reckoning;
import milepost.query.audit.VerifierKey;

/** An exported log: each of its files was read to its end and is what it should be by its form. */
record Archive(
        ZipFile zip,
        LineFile lines,
        List<Hash> hashes,
        Note note,
        Checkpoint checkpoint,
        List<VerifierKey> keys,
        List<Note> handovers,
        Reckoning reckoning)
        implements AutoCloseable {
    private static final int SMALL = 1 << 20;
    private static final List<String> FILES =
            List.of(Bundle.HISTORY, Bundle.HASHES, Bundle.CHECKPOINT, Bundle.KEYS, Bundle.HANDOVERS, Bundle.PLANS);
    private static final String SIGNATURE = "— ";

    /**
     * Opens an export and reads it.
     *
     * @throws Unusable if it is no whole export
     * @throws Wrong if it can be read in two ways, or not as a log
     */
    static Archive open(Path file) {
        try {
            var zip = zip(file);
            try {
                return read(zip);
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ZipFile zip(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new Unusable(
                    file + " is no exported log, or was cut off: it is no whole zip (" + e.getMessage() + ")");
        }
    }

    private static Archive read(ZipFile zip) throws IOException {
        var names = new HashSet<String>();
        for (var entry : zip.stream().toList()) {
            if (!names.add(entry.getName())) throw new Wrong(entry.getName() + " is in the zip twice");
            whole(entry.getName(), () -> intact(zip, entry));
        }
        for (var file : FILES) {
            if (!names.contains(file)) throw new Unusable(file + " is not in the zip: this is no whole export");
        }
        var note = whole(Bundle.CHECKPOINT, () -> Note.parse(text(zip, Bundle.CHECKPOINT)));
        var checkpoint = whole(Bundle.CHECKPOINT, () -> Checkpoint.parse(note.text()));
        var keys = whole(Bundle.KEYS, () -> keys(text(zip, Bundle.KEYS)));
        var handovers = whole(Bundle.HANDOVERS, () -> handovers(text(zip, Bundle.HANDOVERS)));
        var hashes = whole(Bundle.HASHES, () -> hashes(zip));
        var reckoning = names.contains(Bundle.RECKONING)
                ? whole(Bundle.RECKONING, () -> reckoning(text(zip, Bundle.RECKONING)))
                : Reckoning.UTC_14;
        return new Archive(zip, lines(zip), hashes, note, checkpoint, keys, handovers, reckoning);
    }

    /** What reads a file. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T whole(String file, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (ZipException | EOFException e) {
            throw new Unusable(file + " in the zip is cut off or garbled (" + e.getMessage() + "): export it again");
        } catch (Note.Refused | IllegalArgumentException e) {
            throw new Unusable(file + " is garbled: " + e.getMessage());
        }
    }

    private static InputStream open(ZipFile zip, String file) throws IOException {
        return zip.getInputStream(zip.getEntry(file));
    }

    private static String text(ZipFile zip, String file) throws IOException {
        try (var in = open(zip, file)) {
            return new String(in.readNBytes(SMALL), UTF_8);
        }
    }

    private static List<VerifierKey> keys(String text) {
        if (text.isEmpty()) throw new IllegalArgumentException("it has no key");
        return text.lines().map(VerifierKey::parse).toList();
    }

    private static Reckoning reckoning(String text) {
        return Reckoning.of(text.strip())
                .orElseThrow(() -> new IllegalArgumentException(
                        "this program does not know it; use the one of the release that exported it"));
    }

    /** Java does not compare a file of a zip with its checksum. */
    private static ZipEntry intact(ZipFile zip, ZipEntry entry) throws IOException {
        try (var in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            in.transferTo(OutputStream.nullOutputStream());
            if (in.getChecksum().getValue() != entry.getCrc()) throw new ZipException("its checksum is wrong");
            return entry;
        }
    }

    private static LineFile lines(ZipFile zip) throws IOException {
        try (var in = open(zip, Bundle.HISTORY)) {
            return LineFile.unpack(in);
        }
    }

    private static List<Hash> hashes(ZipFile zip) throws IOException {
        try (var in = open(zip, Bundle.HASHES)) {
            var hashes = new ArrayList<Hash>();
            for (var next = in.readNBytes(Hash.BYTES); next.length > 0; next = in.readNBytes(Hash.BYTES)) {
                hashes.add(Hash.of(next));
            }
            return hashes;
        }
    }

    /** A note ends where its signatures do. */
    private static List<Note> handovers(String notes) {
        var found = new ArrayList<Note>();
        var note = new StringBuilder();
        var isSigned = false;
        for (var line : notes.lines().toList()) {
            if (isSigned && !line.startsWith(SIGNATURE)) {
                found.add(Note.parse(note.toString()));
                note.setLength(0);
            }
            isSigned = line.startsWith(SIGNATURE);
            if (note.isEmpty() && line.isEmpty()) continue;
            note.append(line).append('\n');
        }
        if (!note.isEmpty()) found.add(Note.parse(note.toString()));
        return found;
    }

    /** Whether the lines are what the checkpoint signs. */
    boolean hasSignedRoot() {
        return lines.size() == checkpoint.size() && lines.root(lines.size()).equals(checkpoint.root());
    }

    /** The plans as the server folded them, a line each. */
    BufferedReader plans() {
        try {
            return new BufferedReader(new InputStreamReader(open(zip, Bundle.PLANS), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        lines.close();
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
