package milepost.api.identity.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.net.URI;
import milepost.api.start.Site;

/**
 * Has every request look as it was sent, to the address at which others reach Milepost, whatever a proxy made of host,
 * port and path on the way: so all that is answered leads back there.
 */
final class SiteFilter implements Filter {
    private final URI url;
    private final String path;

    SiteFilter(Site site) {
        url = URI.create(site.url());
        path = site.path();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new AsSent((HttpServletRequest) request), response);
    }

    private final class AsSent extends HttpServletRequestWrapper {
        AsSent(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getScheme() {
            return url.getScheme();
        }

        @Override
        public boolean isSecure() {
            return getScheme().equals("https");
        }

        @Override
        public String getServerName() {
            return url.getHost();
        }

        @Override
        public int getServerPort() {
            if (url.getPort() != -1) return url.getPort();
            return isSecure() ? 443 : 80;
        }

        @Override
        public String getContextPath() {
            return path;
        }

        /** A proxy may leave the path. */
        @Override
        public String getServletPath() {
            var sent = super.getServletPath();
            return sent.startsWith(path + "/") ? sent.substring(path.length()) : sent;
        }

        @Override
        public String getRequestURI() {
            var sent = super.getRequestURI();
            return sent.startsWith(path + "/") ? sent : path + sent;
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(url.getScheme() + "://" + url.getRawAuthority() + getRequestURI());
        }
    }
}
