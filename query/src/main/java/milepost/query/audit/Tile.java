package milepost.query.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in the log as C2SP tlog-tiles cuts it: up to 256 hashes of one level, or as many entries.
 *
 * @param level 0 is of leaves; a hash of each further one is the root of a full tile of the level below
 * @param index of the tile in its level, from 0
 * @param width how many hashes, 1 to 256; fewer than 256 only at the right edge of a tree
 */
public record Tile(int level, long index, int width) {
    public static final int WIDTH = 256;

    /** Of the height of a full tile: the tree above 2^8 hashes. */
    public static final int HEIGHT = 8;

    private static final int HIGHEST = 63;
    private static final int GROUP = 1000;
    private static final Pattern PATH = Pattern.compile("((?:x\\d{3}/){0,4})(\\d{3})(?:\\.p/([1-9]\\d{0,2}))?");
    private static final Pattern LEVEL = Pattern.compile("0|[1-9]\\d?");

    /**
     * By the path after {@code tile/<level>/} or {@code tile/entries/}, such as {@code x001/x234/067.p/8}.
     *
     * @return empty if it is not one, or not written as it must be
     */
    public static Optional<Tile> parse(String level, String path) {
        var parts = PATH.matcher(path);
        if (!LEVEL.matcher(level).matches() || Integer.parseInt(level) > HIGHEST || !parts.matches()) {
            return Optional.empty();
        }
        var index = Long.parseLong(parts.group(1).replaceAll("\\D", "") + parts.group(2));
        var width = parts.group(3) == null ? WIDTH : Integer.parseInt(parts.group(3));
        var tile = new Tile(Integer.parseInt(level), index, width);
        var isPartial = parts.group(3) != null;
        return tile.path().equals(path) && isPartial == width < WIDTH ? Optional.of(tile) : Optional.empty();
    }

    /** The path after the level. */
    public String path() {
        var path = group(index);
        for (var rest = index / GROUP; rest > 0; rest /= GROUP) path = "x" + group(rest) + "/" + path;
        return width == WIDTH ? path : path + ".p/" + width;
    }

    /** Three digits of a path, which is the same whatever digits a machine's user is used to. */
    private static String group(long index) {
        return String.format(Locale.ROOT, "%03d", index % GROUP);
    }

    /** How many hashes its place has in the tree of a size; 256 at most. */
    public long available(long size) {
        var hashes = HEIGHT * level < Long.SIZE ? size >> (HEIGHT * level) : 0;
        return Math.clamp(hashes - index * WIDTH, 0, WIDTH);
    }
}
