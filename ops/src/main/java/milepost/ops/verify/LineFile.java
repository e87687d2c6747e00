package milepost.ops.verify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import milepost.event.json.EventJson;
import milepost.query.audit.Bundle;
import milepost.query.audit.Entry;
import milepost.query.audit.Hash;
import milepost.query.audit.MerkleTree;

/** The lines of a log, unpacked to a file that is gone when they are closed, so that any can be read again. */
final class LineFile implements AutoCloseable {
    static final int LONGEST = 65_535;

    private static final int BUFFER = 1 << 20;

    private final FileChannel file;
    private final List<Hash> leaves = new ArrayList<>();
    private long[] ends = new long[1024];

    private LineFile(FileChannel file) {
        this.file = file;
    }

    /**
     * Read to the end.
     *
     * @throws Wrong if a line is too long
     * @throws Unusable if the last one is cut off
     */
    static LineFile unpack(InputStream in) throws IOException {
        var temporary = Files.createTempFile("milepost-verify", ".ndjson");
        var lines = new LineFile(FileChannel.open(
                temporary, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        try {
            lines.readAll(in);
            return lines;
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    private void readAll(InputStream in) throws IOException {
        var buffer = new byte[BUFFER];
        var line = new ByteArrayOutputStream();
        for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            var from = 0;
            for (var i = 0; i < count; i++) {
                if (buffer[i] != '\n') continue;
                line.write(buffer, from, i - from);
                add(line);
                from = i + 1;
            }
            line.write(buffer, from, count - from);
            checkLength(line);
            write(ByteBuffer.wrap(buffer, 0, count));
        }
        if (line.size() > 0) {
            throw new Unusable(Bundle.HISTORY + " is cut off in line " + (size() + 1) + ": export it again");
        }
    }

    private void add(ByteArrayOutputStream line) {
        checkLength(line);
        var number = leaves.size();
        if (number == ends.length) ends = Arrays.copyOf(ends, 2 * number);
        ends[number] = (number == 0 ? 0 : ends[number - 1] + 1) + line.size();
        leaves.add(Hash.leaf(line.toByteArray()));
        line.reset();
    }

    private void checkLength(ByteArrayOutputStream line) {
        if (line.size() > LONGEST) {
            throw new Wrong("line " + (size() + 1) + " of " + Bundle.HISTORY + " is longer than " + LONGEST + " bytes");
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) file.write(bytes);
    }

    long size() {
        return leaves.size();
    }

    List<Hash> leaves() {
        return Collections.unmodifiableList(leaves);
    }

    /** Of the first so many lines. */
    Hash root(long size) {
        return root(leaves, size);
    }

    static Hash root(List<Hash> leaves, long size) {
        return new MerkleTree((height, index) -> subtree(leaves, height, index)).root(size);
    }

    private static Hash subtree(List<Hash> leaves, int height, long index) {
        return height == 0
                ? leaves.get((int) index)
                : Hash.node(subtree(leaves, height - 1, 2 * index), subtree(leaves, height - 1, 2 * index + 1));
    }

    /** @param number from 1 */
    byte[] line(long number) {
        var from = number == 1 ? 0 : ends[(int) number - 2] + 1;
        var bytes = ByteBuffer.allocate((int) (ends[(int) number - 1] - from));
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, from + bytes.position()) < 0) throw new IllegalStateException("file was cut");
            }
            return bytes.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The entry of a line.
     *
     * @throws Wrong if it is none
     */
    Entry entry(long number) {
        try {
            return Entry.parse(line(number));
        } catch (EventJson.Unreadable e) {
            throw new Wrong("line " + number + " of " + Bundle.HISTORY + after(number) + ": " + e.getMessage());
        }
    }

    /** How messages name a line, also one that cannot be read. */
    String name(long number) {
        try {
            return Entry.parse(line(number)).toString();
        } catch (EventJson.Unreadable e) {
            return "line " + number + " of " + Bundle.HISTORY + after(number);
        }
    }

    /** Which line it comes after, to be found by. */
    String after(long number) {
        if (number == 1) return ", the first";
        try {
            return ", after " + Entry.parse(line(number - 1));
        } catch (EventJson.Unreadable e) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
