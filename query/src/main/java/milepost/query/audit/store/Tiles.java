package milepost.query.audit.store;

import static milepost.query.audit.Tile.HEIGHT;
import static milepost.query.audit.Tile.WIDTH;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import milepost.query.audit.AuditMismatch;
import milepost.query.audit.Hash;
import milepost.query.audit.MerkleTree;
import milepost.query.audit.Tile;

/** The tree's hashes as they are kept; each tile that is needed is read once. */
final class Tiles implements MerkleTree.Subtrees {
    private final Map<Tile, byte[]> known = new HashMap<>();
    private final Source source;

    Tiles(Source source) {
        this.source = source;
    }

    /** The hashes of a tile so far, one behind the other. */
    interface Source {
        byte[] read(int level, long tile);
    }

    /** @throws AuditMismatch if it is not there */
    @Override
    public Hash at(int height, long index) {
        var inTile = height % HEIGHT;
        var first = index << inTile;
        return root(tile(height / HEIGHT, first / WIDTH), (int) (first % WIDTH), inTile);
    }

    /** Of a full tile: what the level above must have of it. */
    Hash root(int level, long tile) {
        return root(tile(level, tile), 0, HEIGHT);
    }

    /** Of a part of a tile: {@code 2^height} hashes. */
    static Hash root(byte[] hashes, int first, int height) {
        if (height == 0) return hash(hashes, first);
        var half = height - 1;
        return Hash.node(root(hashes, first, half), root(hashes, first + (1 << half), half));
    }

    private static Hash hash(byte[] hashes, int index) {
        var from = index * Hash.BYTES;
        if (hashes.length < from + Hash.BYTES) throw new AuditMismatch("the database has lost hashes of the tree");
        return Hash.of(Arrays.copyOfRange(hashes, from, from + Hash.BYTES));
    }

    private byte[] tile(int level, long index) {
        return known.computeIfAbsent(new Tile(level, index, WIDTH), t -> source.read(level, index));
    }
}
