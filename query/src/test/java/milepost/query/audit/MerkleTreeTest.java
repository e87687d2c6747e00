package milepost.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against the tree as RFC 6962, section 2.1, defines it, written down once more here. */
class MerkleTreeTest {
    private static final List<Hash> LEAVES = IntStream.range(0, 700)
            .mapToObj(i -> Hash.leaf(Integer.toString(i).getBytes(UTF_8)))
            .toList();

    private static final MerkleTree TREE = new MerkleTree(
            (height, index) -> root(LEAVES.subList((int) (index << height), (int) ((index + 1) << height))));

    /** MTH of the RFC. */
    private static Hash root(List<Hash> leaves) {
        if (leaves.size() == 1) return leaves.getFirst();
        var half = Integer.highestOneBit(leaves.size() - 1);
        return Hash.node(root(leaves.subList(0, half)), root(leaves.subList(half, leaves.size())));
    }

    /** The entries and roots that certificate transparency's own implementations test with. */
    @Test
    void has_the_roots_of_the_known_examples() {
        var entries = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        var leaves = entries.stream()
                .map(entry -> Hash.leaf(HexFormat.of().parseHex(entry)))
                .toList();
        var tree = new MerkleTree((height, i) -> root(leaves.subList((int) (i << height), (int) ((i + 1) << height))));
        assertThat(hex(Hash.empty())).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(hex(tree.root(1))).isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        assertThat(hex(tree.root(8))).isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Property
    void every_leaf_is_proved_and_no_other(
            @ForAll @IntRange(min = 1, max = 700) int size, @ForAll @IntRange(max = 699) int any) {
        var index = any % size;
        var path = TREE.inclusion(index, size);
        var root = TREE.root(size);
        assertThat(root).isEqualTo(root(LEAVES.subList(0, size)));
        assertThat(MerkleTree.isIncluded(LEAVES.get(index), index, size, path, root))
                .isTrue();
        var other = Hash.leaf("other".getBytes(UTF_8));
        assertThat(MerkleTree.isIncluded(other, index, size, path, root)).isFalse();
        assertThat(MerkleTree.isIncluded(LEAVES.get(index), index, size, path, other))
                .isFalse();
        for (var i = 0; i < size; i++) {
            if (i != index)
                assertThat(MerkleTree.isIncluded(LEAVES.get(index), i, size, path, root))
                        .isFalse();
        }
        for (var i = 0; i < path.size(); i++) {
            var wrong = new ArrayList<>(path);
            wrong.set(i, other);
            assertThat(MerkleTree.isIncluded(LEAVES.get(index), index, size, wrong, root))
                    .isFalse();
            assertThat(MerkleTree.isIncluded(LEAVES.get(index), index, size, path.subList(0, i), root))
                    .isFalse();
        }
        path.add(other);
        assertThat(MerkleTree.isIncluded(LEAVES.get(index), index, size, path, root))
                .isFalse();
    }

    @Property
    void a_tree_that_grew_is_proved_and_no_other(
            @ForAll @IntRange(max = 700) int one, @ForAll @IntRange(max = 700) int two) {
        var from = Math.min(one, two);
        var to = Math.max(one, two);
        var proof = TREE.consistency(from, to);
        var earlier = TREE.root(from);
        var later = TREE.root(to);
        assertThat(MerkleTree.isConsistent(from, earlier, to, later, proof)).isTrue();
        var other = Hash.leaf("other".getBytes(UTF_8));
        assertThat(MerkleTree.isConsistent(from, other, to, later, proof)).isFalse();
        if (from > 0)
            assertThat(MerkleTree.isConsistent(from, earlier, to, other, proof)).isFalse();
        if (from < to)
            assertThat(MerkleTree.isConsistent(to, later, from, earlier, proof)).isFalse();
        for (var i = 0; i < proof.size(); i++) {
            var wrong = new ArrayList<>(proof);
            wrong.set(i, other);
            assertThat(MerkleTree.isConsistent(from, earlier, to, later, wrong)).isFalse();
            assertThat(MerkleTree.isConsistent(from, earlier, to, later, proof.subList(0, i)))
                    .isFalse();
        }
        var longer = new ArrayList<>(proof);
        longer.add(other);
        assertThat(MerkleTree.isConsistent(from, earlier, to, later, longer)).isFalse();
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(hash.toString()));
    }
}
