package milepost.api.start;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where Milepost is reached, and whether only from this machine. */
@Component
public class Site {
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)*");

    /** Below such a path it could not be told whether a proxy in front has taken it away. */
    private static final Pattern OWN =
            Pattern.compile("/(api|audit|login|logout|oauth2|swagger-ui|v3|\\.well-known)(/|$)");

    private final String url;
    private final boolean given;
    private final boolean loopback;

    Site(Environment environment) {
        var bound = environment.getRequiredProperty("server.address");
        loopback = isHere(bound);
        var address = environment.getProperty("milepost.url", "");
        given = !address.isBlank();
        if (!given && !loopback) {
            throw new StartFailure(
                    "MILEPOST_BIND=" + bound
                            + " lets others reach Milepost, and their programs must know by which address",
                    "Set MILEPOST_URL, such as https://milepost.example.org");
        }
        var scheme = environment.containsProperty("server.ssl.bundle")
                        || environment.containsProperty("server.ssl.key-store")
                        || environment.containsProperty("server.ssl.certificate")
                ? "https"
                : "http";
        var host = bound.contains(":") ? "[" + bound + "]" : bound;
        var own = scheme + "://" + host + ":" + environment.getRequiredProperty("server.port");
        url = given ? checked(address) : own;
        if (url.startsWith("http:") && !isHere(URI.create(url).getHost())) {
            throw new StartFailure(
                    "Passwords and tokens could be read on their way to " + url,
                    "Use TLS, here or at a proxy in front, and give an https address as MILEPOST_URL");
        }
    }

    /** Without a slash at its end. */
    public String url() {
        return url;
    }

    /** Where it begins on its server: empty, or such as {@code /milepost}. */
    public String path() {
        return URI.create(url).getRawPath();
    }

    /** Whether it was told by which address it is reached, and need not believe requests. */
    public boolean isGiven() {
        return given;
    }

    public boolean isLoopback() {
        return loopback;
    }

    private static String checked(String given) {
        try {
            var uri = new URI(given);
            var plain = uri.getQuery() == null && uri.getFragment() == null && uri.getUserInfo() == null;
            if (uri.isAbsolute() && uri.getHost() != null && plain) return withPath(given.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw noAddress(given);
        }
        throw noAddress(given);
    }

    private static String withPath(String url) {
        var path = URI.create(url).getRawPath();
        if (!PATH.matcher(path).matches()) throw noAddress(url);
        if (!OWN.matcher(path).lookingAt()) return url;
        throw new StartFailure(
                "MILEPOST_URL has a path that Milepost itself uses: " + path, "Choose another one, such as /milepost");
    }

    private static StartFailure noAddress(String given) {
        return new StartFailure(
                "MILEPOST_URL is no address: " + given, "Give one such as https://milepost.example.org");
    }

    /** A name that nobody knows is not this machine. */
    private static boolean isHere(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
