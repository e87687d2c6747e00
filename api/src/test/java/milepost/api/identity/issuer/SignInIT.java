package milepost.api.identity.issuer;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import milepost.api.AccessWatch;
import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.SignIn;
import milepost.api.Somebody;
import milepost.api.http.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A password opens a session to its owner; to whoever guesses it says nothing, and soon nothing at all. */
@ExtendWith({SharedNode.class, OutputCaptureExtension.class})
class SignInIT {
    private static final String WRONG = "not the password";

    private final Node node;

    SignInIT(Node node) {
        this.node = node;
    }

    @Test
    void the_right_password_signs_in_and_is_recorded() {
        var reader = Somebody.reader(node);
        var log = AccessWatch.on(node);
        var session = from("127.0.10.1");
        var answer = session.post(reader.username(), Somebody.PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(SignIn.location(answer)).endsWith("/api");
        assertThat(session.authorize().statusCode()).isEqualTo(302);
        assertThat(log.only()).satisfies(fact -> {
            assertThat(fact.type()).isEqualTo("SignedIn");
            assertThat(fact.payload().toString()).isEqualTo("{\"address\":\"127.0.10.0/24\"}");
            assertThat(fact.by().subject()).isEqualTo(reader.subject());
            assertThat(fact.by().role()).isEqualTo("reader");
            assertThat(fact.by().client()).isEqualTo("milepost");
        });
    }

    @Test
    void whatever_is_wrong_is_answered_alike_and_recorded_without_what_was_typed(CapturedOutput output) {
        var reader = Somebody.reader(node);
        var disabled = Somebody.reader(node);
        disabled.disable();
        var pages = new HashSet<String>();
        refused(reader.username(), "wrong-password", reader.subject(), pages);
        refused(disabled.username(), "disabled", disabled.subject(), pages);
        refused("nobody-of-this-name", "unknown", null, pages);
        refused("' or true --", "unknown", null, pages);
        refused("a\u0000b", "unknown", null, pages);
        refused(reader.username().toUpperCase(Locale.ROOT), "unknown", null, pages);
        refused("x".repeat(5_000), "unknown", null, pages);
        assertThat(pages).singleElement().asString().contains("Invalid credentials");
        assertThat(output.getAll()).doesNotContain(WRONG, "nobody-of-this-name", "Exception");
    }

    private void refused(String username, String reason, @Nullable String subject, Set<String> pages) {
        var log = AccessWatch.on(node);
        var session = from("127.0.11.1");
        var answer = session.post(username, WRONG);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(SignIn.location(answer)).endsWith("/login?error");
        pages.add(session.get("/login?error").body().replaceAll("name=\"_csrf\".*", ""));
        assertThat(SignIn.location(session.authorize())).endsWith("/login");
        assertThat(log.only()).satisfies(fact -> {
            assertThat(fact.type()).isEqualTo("SignInRefused");
            assertThat(fact.payload().path("reason").asString()).isEqualTo(reason);
            assertThat(fact.payload().path("account").asStringOpt().orElse(null))
                    .isEqualTo(subject);
            assertThat(fact.payload().path("address").asString()).isEqualTo("127.0.11.0/24");
            assertThat(fact.payload().toString()).doesNotContain(WRONG, username);
            assertThat(fact.by().subject()).isEqualTo("anonymous");
        });
    }

    @Test
    void after_a_wrong_password_the_right_one_leads_on_to_where_they_wanted() {
        var reader = Somebody.reader(node);
        var session = from("127.0.14.2");
        session.authorize();
        session.post(reader.username(), WRONG);
        session.get("/login?error");
        assertThat(SignIn.location(session.post(reader.username(), Somebody.PASSWORD)))
                .contains("/oauth2/authorize?");
        assertThat(session.token()).isNotBlank();
    }

    @Test
    void of_ten_thousand_guesses_five_a_minute_are_looked_at_and_the_owner_is_not_kept_out() {
        var owner = Somebody.reader(node);
        owner.session("127.0.0.1");
        var log = AccessWatch.on(node);
        var begin = System.nanoTime();
        var answers = guess(owner.username(), "127.0.0.2", 10_000);
        var again = (int) Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 12;
        assertThat(answers.keySet()).containsExactlyInAnyOrder(302, 429);
        assertThat(answers.getOrDefault(302, new AtomicInteger()).get())
                .as("looked at")
                .isLessThan(8 + again);
        assertThat(log.facts()).hasSizeLessThan(8 + 2 * again);
        assertThat(log.types()).containsOnly("SignInRefused", "SignInThrottled");
        from("127.0.0.2").post(owner.username(), WRONG);
        assertThat(Problem.of(from("127.0.0.2").post(owner.username(), Somebody.PASSWORD)))
                .as("not even the right one from there")
                .isEqualTo(problem(429, "too-fast"));
        assertThat(owner.session("127.0.0.1").token()).as("the owner's").isNotBlank();
    }

    @Test
    void guesses_from_many_addresses_leave_the_owner_those_they_have_used() {
        var owner = Somebody.reader(node);
        owner.session("127.0.0.1");
        var looked = 0;
        var begin = System.nanoTime();
        for (var i = 1; i <= 30; i++) {
            if (from("127.0.12." + i).post(owner.username(), WRONG).statusCode() == 302) looked++;
        }
        var again = (int) Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 3;
        assertThat(looked).isBetween(19, 21 + again);
        assertThat(owner.session("127.0.0.1").token()).isNotBlank();
        assertThat(from("127.0.12.99")
                        .post(Somebody.reader(node).username(), WRONG)
                        .statusCode())
                .as("others are not affected")
                .isEqualTo(302);
    }

    @Test
    void many_names_from_one_address_are_slowed_down_together() {
        var session = from("127.0.13.1");
        var looked = 0;
        var answer = session.post("nobody", WRONG);
        for (; answer.statusCode() == 302 && looked < 50; answer = session.post("nobody-" + looked, WRONG)) looked++;
        assertThat(Problem.of(answer)).isEqualTo(problem(429, "too-fast"));
        assertThat(looked).isBetween(30, 49);
    }

    @Test
    void who_knows_the_password_may_sign_in_as_often_as_they_like() {
        var reader = Somebody.reader(node);
        for (var i = 0; i < 7; i++) reader.session("127.0.14.1");
    }

    private ConcurrentMap<Integer, AtomicInteger> guess(String username, String address, int times) {
        var answers = new ConcurrentHashMap<Integer, AtomicInteger>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var thread = 0; thread < 8; thread++) {
                threads.execute(() -> {
                    var session = from(address);
                    var csrf = session.csrf();
                    for (var i = 0; i < times / 8; i++) {
                        var answer = session.post(Map.of("_csrf", csrf, "username", username, "password", WRONG + i));
                        if (answer.statusCode() == 429) Problem.of(answer);
                        answers.computeIfAbsent(answer.statusCode(), status -> new AtomicInteger())
                                .incrementAndGet();
                    }
                });
            }
        }
        return answers;
    }

    private SignIn from(String address) {
        return new SignIn(node.uri("").toString(), address);
    }
}
