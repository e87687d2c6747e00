package milepost.query.audit;

import java.util.ArrayList;
import java.util.List;

/** A Merkle tree built leaf by leaf, kept as its complete subtrees: 64 hashes at most, however many leaves. */
public final class GrowingTree {
    private final List<Hash> subtrees = new ArrayList<>(); // the largest first
    private long size;

    public void add(Hash leaf) {
        subtrees.add(leaf);
        for (var pairs = size; pairs % 2 == 1; pairs >>= 1) {
            var right = subtrees.removeLast();
            subtrees.add(Hash.node(subtrees.removeLast(), right));
        }
        size++;
    }

    public long size() {
        return size;
    }

    public Hash root() {
        return subtrees.reversed().stream()
                .reduce((right, left) -> Hash.node(left, right))
                .orElse(Hash.empty());
    }
}
