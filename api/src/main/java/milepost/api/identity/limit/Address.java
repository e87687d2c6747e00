package milepost.api.identity.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What of an address is kept: for ever, in the access log, the network it is in; for a minute, whose attempts are
 * counted.
 */
public final class Address {
    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;
    private static final int IPV4 = 4;

    private static final int IPV6_CUSTOMER_BYTES = 8;

    private Address() {}

    /** Whose attempts are counted together: an IPv4 address, or the /64 of an IPv6 one, which one customer has. */
    public static String counted(@Nullable String address) {
        return network(address, IPV4, IPV6_CUSTOMER_BYTES);
    }

    /** The /24 of an IPv4 address, the /48 of an IPv6 one, as in {@code 192.0.2.0/24}. */
    public static String shortened(@Nullable String address) {
        return network(address, IPV4_BYTES, IPV6_BYTES);
    }

    private static String network(@Nullable String address, int ofIpv4, int ofIpv6) {
        if (address == null) return "unknown";
        try {
            var bytes = InetAddress.ofLiteral(address).getAddress();
            int kept = bytes.length == IPV4 ? ofIpv4 : ofIpv6;
            Arrays.fill(bytes, kept, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + 8 * kept;
        } catch (IllegalArgumentException | UnknownHostException e) {
            return "unknown";
        }
    }
}
