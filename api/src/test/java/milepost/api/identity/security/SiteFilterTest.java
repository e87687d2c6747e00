package milepost.api.identity.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import milepost.api.start.Site;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What a request looks like, whatever the proxy made of it. */
class SiteFilterTest {
    @ParameterizedTest
    @CsvSource({
        "https://milepost.example.org:8443, /login, '', https://milepost.example.org:8443/login, 8443",
        "https://example.org, /login, '', https://example.org/login, 443",
        "https://example.org:8443/a/milepost/, /login, /a/milepost, https://example.org:8443/a/milepost/login, 8443",
        "https://example.org/milepost, /milepost/login, /milepost, https://example.org/milepost/login, 443",
        "https://example.org/milepost, /milepostal, /milepost, https://example.org/milepost/milepostal, 443",
        "https://[::1]/milepost, /login, /milepost, https://[::1]/milepost/login, 443"
    })
    void it_is_the_one_that_was_sent(String url, String asked, String context, String sent, int port) {
        new ApplicationContextRunner()
                .withUserConfiguration(Site.class)
                .withPropertyValues("server.address=127.0.0.1", "server.port=8080", "milepost.url=" + url)
                .run(site -> {
                    var received = new MockHttpServletRequest("GET", asked);
                    received.setServerPort(8080);
                    var chain = new MockFilterChain();
                    new SiteFilter(site.getBean(Site.class)).doFilter(received, new MockHttpServletResponse(), chain);
                    var request = Objects.requireNonNull((HttpServletRequest) chain.getRequest());
                    assertThat(request.getRequestURL().toString()).isEqualTo(sent);
                    assertThat(request.getContextPath()).isEqualTo(context);
                    assertThat(request.getServerPort()).isEqualTo(port);
                    assertThat(request.isSecure()).isTrue();
                });
    }
}
