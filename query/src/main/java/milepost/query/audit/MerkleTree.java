package milepost.query.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Roots and proofs of the Merkle tree of RFC 6962, and their verification by the algorithms of RFC 9162, sections 2.1.3
 * and 2.1.4. A tree is known by its complete subtrees, so that tiles are enough and no entry is read again.
 */
public final class MerkleTree {
    private final Subtrees subtrees;

    public MerkleTree(Subtrees subtrees) {
        this.subtrees = subtrees;
    }

    /** The hashes of complete subtrees. */
    @FunctionalInterface
    public interface Subtrees {
        /** Of the {@code index}-th subtree of {@code 2^height} leaves, from 0. */
        Hash at(int height, long index);
    }

    /** Of the first {@code size} leaves. */
    public Hash root(long size) {
        return size == 0 ? Hash.empty() : range(0, size);
    }

    /**
     * That a leaf is in the tree of a size: the siblings on its way to the root.
     *
     * @param index of the leaf, from 0
     */
    public List<Hash> inclusion(long index, long size) {
        if (index < 0 || index >= size) throw new IllegalArgumentException("no leaf " + index + " among " + size);
        var path = new ArrayList<Hash>();
        inclusion(index, 0, size, path);
        return path;
    }

    /** That the tree of a size holds that of an earlier one, unchanged. */
    public List<Hash> consistency(long from, long to) {
        if (from < 0 || from > to) throw new IllegalArgumentException("no tree of " + from + " in one of " + to);
        var proof = new ArrayList<Hash>();
        if (from > 0 && from < to) consistency(from, 0, to, true, proof);
        return proof;
    }

    private void inclusion(long index, long from, long to, List<Hash> path) {
        if (to - from == 1) return;
        var middle = from + split(to - from);
        if (index < middle) {
            inclusion(index, from, middle, path);
            path.add(range(middle, to));
        } else {
            inclusion(index, middle, to, path);
            path.add(range(from, middle));
        }
    }

    /** @param known whether whoever checks has the earlier tree's hash of this range already */
    private void consistency(long earlier, long from, long to, boolean known, List<Hash> proof) {
        if (earlier == to) {
            if (!known) proof.add(range(from, to));
            return;
        }
        var middle = from + split(to - from);
        if (earlier <= middle) {
            consistency(earlier, from, middle, known, proof);
            proof.add(range(middle, to));
        } else {
            consistency(earlier, middle, to, false, proof);
            proof.add(range(from, middle));
        }
    }

    private Hash range(long from, long to) {
        var size = to - from;
        if (Long.bitCount(size) == 1 && from % size == 0) {
            return subtrees.at(Long.numberOfTrailingZeros(size), from / size);
        }
        var middle = from + split(size);
        return Hash.node(range(from, middle), range(middle, to));
    }

    /** The largest power of two below a size. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    /** Whether the path leads from the leaf to the root. */
    public static boolean isIncluded(Hash leaf, long index, long size, List<Hash> path, Hash root) {
        if (index < 0 || index >= size) return false;
        var at = index;
        var last = size - 1;
        var hash = leaf;
        for (var sibling : path) {
            if (last == 0) return false;
            if (at % 2 == 1 || at == last) {
                hash = Hash.node(sibling, hash);
                while (at % 2 == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Hash.node(hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /** Whether the later tree holds the earlier one. */
    public static boolean isConsistent(long from, Hash earlier, long to, Hash later, List<Hash> proof) {
        if (from < 0 || from > to) return false;
        if (from == 0) return proof.isEmpty() && earlier.equals(Hash.empty());
        if (from == to) return proof.isEmpty() && earlier.equals(later);
        var path = new ArrayList<>(proof);
        if (Long.bitCount(from) == 1) path.addFirst(earlier);
        if (path.isEmpty()) return false;
        var at = from - 1;
        var last = to - 1;
        while (at % 2 == 1) {
            at >>= 1;
            last >>= 1;
        }
        var first = path.getFirst();
        var second = path.getFirst();
        for (var sibling : path.subList(1, path.size())) {
            if (last == 0) return false;
            if (at % 2 == 1 || at == last) {
                first = Hash.node(sibling, first);
                second = Hash.node(sibling, second);
                while (at % 2 == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                second = Hash.node(second, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && first.equals(earlier) && second.equals(later);
    }
}
