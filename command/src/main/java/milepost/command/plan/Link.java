package milepost.command.plan;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import milepost.command.Text;
import org.jspecify.annotations.Nullable;

/**
 * A link as browsers read it (WHATWG's URL rules): what is wrong can only be its scheme, its user, its host or its port, since
 * whatever else there is they escape.
 */
final class Link {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("[/\\\\]*([^/\\\\?#]*).*", Pattern.DOTALL);
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(.*))?", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9A-Fa-f]*)\\.?");
    private static final String NOT_IN_HOSTS = " #/<>?@[\\]^|%:";
    private static final int LARGEST_PORT = 65_535;
    private static final String SUCH_AS = ", such as https://example.org/cctv";

    private Link() {}

    /** What is wrong with it, or null. */
    static @Nullable String fault(String link) {
        var parts = SCHEME.matcher(link.trim());
        if (!parts.matches()) return "must begin with https://, http:// or document:" + SUCH_AS;
        var scheme = parts.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return "begins with '" + parts.group(1) + ":'; give http:, https: or document:<id>";
        }
        var authority = AUTHORITY.matcher(parts.group(2));
        if (!authority.matches()) throw new IllegalStateException("it matches whatever there is");
        return authorityFault(authority.group(1));
    }

    private static @Nullable String authorityFault(String authority) {
        if (authority.indexOf('@') >= 0) return "must not name a user before the @, since everybody may read it";
        var parts = HOST_AND_PORT.matcher(authority);
        if (!parts.matches() || (authority.startsWith("[") && !parts.group(1).endsWith("]"))) {
            return "has the host '" + authority + "', which is no address";
        }
        var host = hostFault(parts.group(1));
        return host == null && parts.group(2) != null ? portFault(parts.group(2)) : host;
    }

    private static @Nullable String portFault(String port) {
        if (!port.chars().allMatch(c -> c >= '0' && c <= '9')) return "has the port '" + port + "', which is no number";
        var digits = port.replaceFirst("^0+", "");
        return digits.length() < 5 || (digits.length() == 5 && Integer.parseInt(digits) <= LARGEST_PORT)
                ? null
                : "has the port " + port + "; the largest is " + LARGEST_PORT;
    }

    private static @Nullable String hostFault(String given) {
        if (given.isEmpty()) return "names no host; give one" + SUCH_AS;
        var named = "has the host '" + given + "', ";
        try {
            if (given.startsWith("[")) {
                if (given.indexOf('%') >= 0) return named + "which is no address";
                Inet6Address.ofLiteral(given.substring(1, given.length() - 1));
                return null;
            }
            if (ESCAPE.matcher(given).find()) return named + "in which % cannot be";
            var decoded = URLDecoder.decode(given.replace("+", "%2B"), StandardCharsets.UTF_8);
            var host = IDN.toASCII(decoded, IDN.ALLOW_UNASSIGNED);
            var bad = host.chars()
                    .filter(c -> c <= ' ' || c == 0x7F || NOT_IN_HOSTS.indexOf(c) >= 0)
                    .findFirst();
            if (bad.isPresent()) return named + "in which " + Text.name(bad.getAsInt()) + " cannot be";
            if (host.replace(".", "").isEmpty()) return named + "which is no name";
            if (NUMBER.matcher(host).matches()) Inet4Address.ofPosixLiteral(host.replaceFirst("\\.$", ""));
            return null;
        } catch (IllegalArgumentException e) {
            return named
                    + (NUMBER.matcher(given).matches() || given.startsWith("[")
                            ? "which is no address"
                            : "which is no name");
        }
    }
}
