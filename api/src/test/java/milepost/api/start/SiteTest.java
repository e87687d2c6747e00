package milepost.api.start;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class SiteTest {
    @Test
    void a_name_that_nobody_knows_in_its_url_is_not_blamed_on_the_address_it_listens_on() {
        var settings = new MockEnvironment()
                .withProperty("server.address", "127.0.0.1")
                .withProperty("server.port", "8080")
                .withProperty("milepost.url", "http://milepost.invalid");
        assertThatThrownBy(() -> new Site(settings))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("on their way to http://milepost.invalid")
                .hasMessageContaining("https address as MILEPOST_URL");
    }
}
