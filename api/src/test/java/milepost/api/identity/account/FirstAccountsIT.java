package milepost.api.identity.account;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SignIn;
import milepost.api.TestServer;
import milepost.api.http.Problem;
import milepost.api.identity.IdentitySettings;
import milepost.api.start.Site;
import milepost.api.start.StartFailure;
import milepost.event.Author;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Somebody can sign in after the first start, and nobody by a password that others know or find. */
@ExtendWith(OutputCaptureExtension.class)
class FirstAccountsIT {
    private static final String GIVEN = "given to the first account";

    @TempDir
    static Path directory;

    private static Node node;

    @BeforeAll
    static void start(CapturedOutput output) {
        node = Node.on(
                TestServer.createDatabase(),
                "milepost.dataset=none",
                "milepost.accounts.admin-password=" + GIVEN,
                "milepost.accounts.dir=" + directory);
        assertThat(directory)
                .as("the password was given, so nothing is written down")
                .isEmptyDirectory();
        assertThat(output.getAll())
                .contains("The account 'admin' has the password of MILEPOST_ADMIN_PASSWORD")
                .doesNotContain(GIVEN);
        assertThat(role(bearer("admin", GIVEN))).isEqualTo("secretariat");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** As if this were the first start again. */
    @BeforeEach
    void forget() throws IOException {
        node.sql().sql("delete from account where username = 'admin'").update();
        Files.deleteIfExists(file());
    }

    @Test
    void without_a_given_password_one_is_made_up_and_left_for_the_operator_until_it_was_changed(CapturedOutput output)
            throws IOException {
        make("", true);
        var password = Files.readString(file()).strip();
        assertThat(password).hasSizeGreaterThanOrEqualTo(20);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(output.getAll())
                .contains("The first password of 'admin' is in " + file())
                .doesNotContain(password);

        new SignIn(node.uri("").toString(), "127.0.20.1").post("admin", "a wrong password");
        assertThat(file()).as("after a wrong one").exists();
        var token = bearer("admin", password);
        assertThat(file()).as("after it was used, for changing it asks for it").exists();
        make("", true);
        assertThat(Files.readString(file()).strip()).as("after another start").isEqualTo(password);
        assertThat(Problem.of(node.get("/api/accounts", "Authorization", token)))
                .isEqualTo(problem(403, "password-temporary"));
        var change = "{\"current\":\"%s\",\"changed\":\"%s\"}".formatted(password, GIVEN);
        assertThat(node.post("/api/account/password", change, "Authorization", token)
                        .statusCode())
                .isEqualTo(204);
        assertThat(file()).doesNotExist();
        assertThat(output.getAll()).contains(file() + " is removed").doesNotContain(password);
        assertThat(role(bearer("admin", GIVEN))).isEqualTo("secretariat");
    }

    @Test
    void a_first_password_that_was_changed_or_reset_elsewhere_is_not_kept() throws IOException {
        make("", true);
        var password = Files.readString(file()).strip();
        var admin = node.bean(Accounts.class).named("admin").orElseThrow();
        node.bean(Accounts.class).change(Author.ANONYMOUS, admin.subject(), GIVEN);
        assertThat(file()).as("another node has it changed").exists();
        bearer("admin", GIVEN);
        assertThat(file()).as("as soon as this one meets the new one").doesNotExist();

        Files.writeString(file(), password);
        var reset = node.post("/api/accounts/" + admin.subject() + "/reset-password", "{}");
        assertThat(reset.statusCode()).isEqualTo(200);
        assertThat(file()).as("it opens nothing any more").doesNotExist();
    }

    @Test
    void a_later_start_keeps_the_first_password_until_it_was_changed_and_makes_no_other() throws IOException {
        make("", true);
        var password = Files.readString(file());
        make("", true);
        assertThat(Files.readString(file())).isEqualTo(password);
        node.sql()
                .sql("update account set temporary = false where username = 'admin'")
                .update();
        make("", true);
        assertThat(file()).doesNotExist();
    }

    @Test
    void a_file_that_somebody_put_there_before_is_not_written_into() throws IOException {
        var planted = Files.writeString(directory.resolve("readable"), "");
        Files.createSymbolicLink(file(), planted);
        make("", true);
        assertThat(planted).isEmptyFile();
        assertThat(Files.isSymbolicLink(file())).isFalse();
        Files.delete(planted);
    }

    @ParameterizedTest
    @CsvSource({
        "eleven char, 'must have at least 12 characters'",
        "éééééééééééééééééééééééééééééééééééééé, 'must have at most 72 bytes'"
    })
    void a_password_that_is_none_stops_the_start(String password, String problem) {
        assertThatThrownBy(() -> make(password, true))
                .isInstanceOf(StartFailure.class)
                .hasMessage("MILEPOST_ADMIN_PASSWORD " + problem + ". Choose another one.");
        assertThat(node.bean(Accounts.class).named("admin")).isEmpty();
    }

    @Test
    void demonstration_accounts_end_with_the_switch_and_come_back_with_it() {
        var token = node.bearer("auditor");
        assertThat(role(token)).isEqualTo("auditor");
        var log = AccessWatch.on(node);
        make(GIVEN, false);
        assertThat(log.types()).filteredOn("AccountDisabled"::equals).hasSize(7);
        assertThat(log.facts()).allSatisfy(fact -> {
            assertThat(fact.by().subject()).isEqualTo("milepost");
            assertThat(fact.by().role()).isEqualTo("system");
        });
        node.awaitWithdrawn(token);
        var refused =
                new SignIn(node.uri("").toString(), "127.0.20.2").post("demo-auditor", FirstAccounts.DEMO_PASSWORD);
        assertThat(SignIn.location(refused)).endsWith("/login?error");
        make(GIVEN, true);
        assertThat(role(bearer("demo-auditor", FirstAccounts.DEMO_PASSWORD))).isEqualTo("auditor");
    }

    private static void make(String password, boolean demo) {
        new FirstAccounts(
                        new AccountSettings(password, demo, directory.toString()),
                        node.bean(IdentitySettings.class),
                        node.bean(Accounts.class),
                        node.bean(JdbcClient.class),
                        node.bean(Site.class))
                .afterSingletonsInstantiated();
    }

    private static Path file() {
        return directory.resolve("first-password");
    }

    private static String bearer(String username, String password) {
        return "Bearer " + SignIn.token(node.uri("").toString(), username, password);
    }

    private static String role(String token) {
        return Node.json(node.get("/api/account", "Authorization", token))
                .path("role")
                .asString();
    }
}
