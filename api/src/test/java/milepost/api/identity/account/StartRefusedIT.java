package milepost.api.identity.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.TestServer;
import milepost.api.identity.IdentitySettings;
import milepost.api.start.Site;
import milepost.api.start.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What would let in whoever comes by is refused before anything listens. */
@ExtendWith({SharedNode.class, OutputCaptureExtension.class})
class StartRefusedIT {
    private final ApplicationContextRunner accounts;

    StartRefusedIT(Node node) {
        accounts = new ApplicationContextRunner()
                .withUserConfiguration(Settings.class, Site.class, FirstAccounts.class)
                .withBean(Accounts.class, () -> node.bean(Accounts.class))
                .withBean(JdbcClient.class, () -> node.bean(JdbcClient.class))
                .withPropertyValues("server.port=8080", "milepost.accounts.demo=true");
    }

    @EnableConfigurationProperties(IdentitySettings.class)
    static class Settings {}

    @Test
    void beyond_this_machine_an_address_has_to_be_named(CapturedOutput output) {
        var database = TestServer.createDatabase();
        int before = output.getAll().length();
        assertThatThrownBy(() -> Node.on(database, "server.address=0.0.0.0", "milepost.accounts.demo=false"))
                .hasRootCauseInstanceOf(StartFailure.class);
        assertThat(output.getAll().substring(before).lines())
                .singleElement()
                .asString()
                .contains("MILEPOST_BIND=0.0.0.0 lets others reach Milepost", "Set MILEPOST_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void demonstration_accounts_stay_on_this_machine(String bind) {
        refused(
                "Unset MILEPOST_DEMO, or unset MILEPOST_BIND",
                "milepost.url=https://milepost.example.org",
                "server.address=" + bind);
    }

    @Test
    void demonstration_accounts_are_not_beside_a_providers() {
        refused(
                "people sign in at https://id.example.org. Unset MILEPOST_DEMO, or unset MILEPOST_ISSUER_URI",
                "server.address=127.0.0.1",
                "milepost.identity.issuer-uri=https://id.example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "milepost.example.org",
        "https://",
        "https://user:secret@milepost.example.org",
        "https://milepost.example.org/?x=1",
        "https://milepost example.org",
        "//milepost.example.org",
        "https://milepost.example.org/a//b",
        "https://milepost.example.org/a/../b",
        "https://milepost.example.org/a%2Fb"
    })
    void an_address_that_is_none_is_refused(String url) {
        refused("MILEPOST_URL is no address", "server.address=127.0.0.1", "milepost.url=" + url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/audit/", "/oauth2/x"})
    void below_a_path_of_its_own_it_is_not_reached(String path) {
        refused(
                "MILEPOST_URL has a path that Milepost itself uses",
                "server.address=127.0.0.1",
                "milepost.url=https://milepost.example.org" + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "localhost", "::1"})
    void on_this_machine_they_may_be(String bind) {
        accounts.withPropertyValues("server.address=" + bind)
                .run(context -> assertThat(context).hasNotFailed());
    }

    private void refused(String why, String... settings) {
        accounts.withPropertyValues(settings)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(StartFailure.class)
                        .hasMessageContaining(why));
    }
}
