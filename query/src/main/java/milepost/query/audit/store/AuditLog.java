package milepost.query.audit.store;

import static milepost.query.audit.Tile.HEIGHT;
import static milepost.query.audit.Tile.WIDTH;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import milepost.event.json.EventJson;
import milepost.log.store.LogTable;
import milepost.log.store.LogTable.Coverage;
import milepost.query.audit.AuditMismatch;
import milepost.query.audit.Bundle;
import milepost.query.audit.Entry;
import milepost.query.audit.Hash;
import milepost.query.audit.MerkleTree;
import milepost.query.audit.Note;
import milepost.query.audit.Tile;
import milepost.query.audit.VerifierKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The log's tree in the database: tiles of hashes, signed checkpoints, and the lines they are of. */
@Component
public class AuditLog {
    private final JdbcClient jdbc;
    private final LogTable log;

    AuditLog(JdbcClient jdbc, LogTable log) {
        this.jdbc = jdbc;
        this.log = log;
    }

    /**
     * A line of the log, and where the table has it.
     *
     * @param position in the log, from 1
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares leaves
    public record Leaf(long position, String stream, long version, byte[] line) {
        Hash hash() {
            return Hash.leaf(line);
        }

        /** @throws AuditMismatch if it cannot be read */
        public Entry entry() {
            try {
                return Entry.parse(line);
            } catch (EventJson.Unreadable e) {
                throw new AuditMismatch(this + ": " + e.getMessage());
            }
        }

        @Override
        public String toString() {
            return stream + " version " + version + " (position " + position + ")";
        }
    }

    /** How far the last checkpoint is behind the log. */
    public Coverage behind() {
        return log.behind("select coalesce(max(size), 0) as size from audit_checkpoint");
    }

    /** The last checkpoint that was signed; empty while there is none. */
    public Optional<Note> latest() {
        return jdbc.sql("select note from audit_checkpoint order by size desc limit 1")
                .query(String.class)
                .optional()
                .map(Note::parse);
    }

    /**
     * The last checkpoint.
     *
     * @throws Note.Refused if none of the log's keys has signed it
     */
    Optional<Note> verified() {
        var latest = latest();
        latest.ifPresent(note -> note.signedBy(new HashSet<>(keys())));
        return latest;
    }

    /** The public halves of all keys that ever signed, the oldest first. */
    public List<VerifierKey> keys() {
        return introductions().stream().map(Introduction::key).distinct().toList();
    }

    /** For each key but the first, the first checkpoint that covers its introduction, up to a size of the log. */
    public List<Note> handovers(long size) {
        return introductions().stream()
                .skip(1)
                .flatMap(introduction -> jdbc
                        .sql("select note from audit_checkpoint where size between ? and ? order by size limit 1")
                        .params(introduction.position(), size)
                        .query(String.class)
                        .optional()
                        .stream())
                .map(Note::parse)
                .toList();
    }

    private record Introduction(long position, VerifierKey key) {}

    private List<Introduction> introductions() {
        return log.lines(Bundle.KEY_INTRODUCED, Leaf::new).stream()
                .map(leaf -> new Introduction(leaf.position(), key(leaf)))
                .toList();
    }

    private static VerifierKey key(Leaf leaf) {
        return leaf.entry()
                .introducedKey()
                .orElseThrow(() -> new AuditMismatch(leaf + " introduces a key only in the table"));
    }

    /** Up to {@code limit} lines after a position, in order. */
    public List<Leaf> leaves(long after, int limit) {
        return log.lines(after, limit, Leaf::new);
    }

    /** The hashes of a tile, if the tree of the last checkpoint has it. */
    public Optional<byte[]> hashes(Tile tile) {
        return tile.available(behind().size()) < tile.width()
                ? Optional.empty()
                : Optional.of(whole(read(tile.level(), tile.index()), tile.width() * Hash.BYTES));
    }

    private static byte[] whole(byte[] hashes, int length) {
        if (hashes.length < length) throw new AuditMismatch("the database has lost hashes of the tree");
        return Arrays.copyOf(hashes, length);
    }

    /** The entries of a tile of level 0, if the tree of the last checkpoint has it. */
    public Optional<List<Leaf>> entries(Tile tile) {
        return tile.available(behind().size()) < tile.width()
                ? Optional.empty()
                : Optional.of(leaves(tile.index() * WIDTH, tile.width()));
    }

    /** The position of the last fact. */
    long facts() {
        return log.last();
    }

    /** The tree of what is in the log by now. */
    public MerkleTree tree() {
        return new MerkleTree(tiles());
    }

    Tiles tiles() {
        return new Tiles(this::read);
    }

    private byte[] read(int level, long index) {
        return jdbc.sql("select hashes from audit_tile where level = ? and tile = ?")
                .params(level, index)
                .query((row, i) -> row.getBytes("hashes"))
                .optional()
                .orElse(new byte[0]);
    }

    /** Whether this transaction is the one that may append. */
    boolean takeTurn() {
        return jdbc.sql("select pg_try_advisory_xact_lock(cast(cast('audit_tile' as regclass) as oid)::bigint)")
                .query(Boolean.class)
                .single();
    }

    /** Puts leaves behind the first {@code size}, and above them the roots of the tiles they fill. */
    void append(long size, List<Hash> leaves) {
        append(0, size, leaves);
    }

    private void append(int level, long before, List<Hash> hashes) {
        var full = new ArrayList<Hash>();
        var added = 0;
        while (added < hashes.size()) {
            var index = (before + added) / WIDTH;
            var kept = (int) ((before + added) % WIDTH);
            var more = Math.min(WIDTH - kept, hashes.size() - added);
            var tile = ByteBuffer.allocate((kept + more) * Hash.BYTES);
            if (kept > 0) tile.put(read(level, index), 0, kept * Hash.BYTES);
            hashes.subList(added, added + more).forEach(hash -> hash.appendTo(tile));
            jdbc.sql("""
                            insert into audit_tile (level, tile, hashes) values (?, ?, ?)
                            on conflict (level, tile) do update set hashes = excluded.hashes
                            """).params(level, index, tile.array()).update();
            if (kept + more == WIDTH) full.add(Tiles.root(tile.array(), 0, HEIGHT));
            added += more;
        }
        if (!full.isEmpty()) append(level + 1, before / WIDTH, full);
    }

    void append(long size, Note checkpoint) {
        jdbc.sql("insert into audit_checkpoint (size, note) values (?, ?)")
                .params(size, checkpoint.toString())
                .update();
    }

    /** What the table says otherwise than the lines. */
    List<String> contradictions(long after, int limit) {
        return log.rows(after, limit).stream()
                .map(AuditLog::contradiction)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> contradiction(LogTable.Row row) {
        var entry = new Leaf(row.position(), row.stream(), row.version(), row.line()).entry();
        var otherwise = otherwise(row, entry);
        return otherwise.isEmpty()
                ? Optional.empty()
                : Optional.of(entry + ": " + String.join(", ", otherwise) + " was changed in the table");
    }

    private static List<String> otherwise(LogTable.Row row, Entry entry) {
        var says = new ArrayList<String>();
        if (!row.stream().equals(entry.stream())) says.add("stream");
        if (row.version() != entry.version()) says.add("version");
        if (!row.at().equals(entry.at())) says.add("at");
        if (!row.type().equals(entry.type())) says.add("type");
        if (!Objects.equals(row.revision(), entry.revision())) says.add("revision");
        if (!entry.payload().equals(EventJson.MAPPER.readTree(row.payload()))) says.add("payload");
        if (!entry.metadata().equals(EventJson.MAPPER.readTree(row.metadata()))) says.add("metadata");
        return says;
    }
}
