package milepost.api.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** An address as far as the access log keeps it for ever: the network it is in, not the machine. */
public final class Address {
    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;
    private static final int IPV4 = 4;

    private Address() {}

    /** The /24 of an IPv4 address, the /48 of an IPv6 one, as in {@code 192.0.2.0/24}. */
    public static String shortened(@Nullable String address) {
        if (address == null) return "unknown";
        try {
            var bytes = InetAddress.ofLiteral(address).getAddress();
            int kept = bytes.length == IPV4 ? IPV4_BYTES : IPV6_BYTES;
            for (int i = kept; i < bytes.length; i++) bytes[i] = 0;
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + 8 * kept;
        } catch (IllegalArgumentException | UnknownHostException e) {
            return "unknown";
        }
    }
}
