package milepost.api.identity.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import milepost.api.Node;
import milepost.api.identity.account.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Whether a token is still good is asked at each write, and by those who only read once in a second. */
class StillGrantedTest {
    private static final Jwt TOKEN = token(1);

    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean holds = true;

    private final StillGranted granted = granted(standing -> {
        asked.incrementAndGet();
        return holds;
    });

    @AfterEach
    void noRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void reads_of_one_account_share_an_answer_for_a_second() {
        var begun = System.nanoTime();
        for (var nth = 0; nth < 50; nth++) assertThat(isGood("GET", TOKEN)).isTrue();
        assertThat(isGood("HEAD", TOKEN)).isTrue();
        var seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        assertThat(asked.get()).isLessThanOrEqualTo((int) seconds + 1);
        var before = asked.get();
        assertThat(isGood("GET", token(2))).isTrue();
        assertThat(asked.get()).as("of another generation").isEqualTo(before + 1);
    }

    @Test
    void which_is_soon_another() {
        assertThat(isGood("GET", TOKEN)).isTrue();
        holds = false;
        for (var i = 0; isGood("GET", TOKEN); i++) {
            assertThat(i).as("still good after a minute").isLessThan(6000);
            Node.pause(10);
        }
        assertThat(asked.get()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get"})
    void whatever_is_no_read_asks_itself(String method) {
        assertThat(isGood("GET", TOKEN)).isTrue();
        assertThat(isGood(method, TOKEN)).isTrue();
        assertThat(isGood(method, TOKEN)).isTrue();
        holds = false;
        assertThat(isGood(method, TOKEN)).isFalse();
        assertThat(asked.get()).isEqualTo(4);
    }

    @Test
    void and_what_comes_by_no_request() {
        assertThat(isGood("GET", TOKEN)).isTrue();
        RequestContextHolder.resetRequestAttributes();
        holds = false;
        assertThat(granted.validate(TOKEN).hasErrors()).isTrue();
    }

    @Test
    void those_who_come_meanwhile_wait_for_the_same_answer_and_a_failure_is_not_kept() throws Exception {
        var questions = new AtomicInteger();
        var answer = new CountDownLatch(1);
        var failing = granted(standing -> {
            questions.incrementAndGet();
            awaitZero(answer);
            throw new DataAccessResourceFailureException("away");
        });
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var waiting = IntStream.range(0, 8)
                .mapToObj(nth -> Thread.ofPlatform().start(() -> {
                    try {
                        isGood(failing, "GET", TOKEN);
                    } catch (DataAccessException e) {
                        failures.add(e);
                    }
                }))
                .toList();
        for (var thread : waiting) while (thread.getState() != Thread.State.WAITING) Node.pause(1);
        assertThat(questions.get()).as("more only where a second has passed").isLessThan(8);
        answer.countDown();
        for (var thread : waiting) thread.join();
        assertThat(failures).hasSize(8);

        var before = questions.get();
        assertThatThrownBy(() -> isGood(failing, "GET", TOKEN)).isInstanceOf(DataAccessException.class);
        assertThat(questions.get()).isEqualTo(before + 1);
    }

    @Test
    void a_token_that_names_no_account_generation_or_program_is_not_asked_for() {
        for (var missing : List.of("sub", Standing.GENERATION, "client_id")) {
            var token = Jwt.withTokenValue("t")
                    .header("alg", "ES256")
                    .claims(claims -> {
                        claims.putAll(TOKEN.getClaims());
                        claims.remove(missing);
                    })
                    .build();
            assertThat(isGood("POST", token)).as("without " + missing).isFalse();
        }
        assertThat(asked.get()).isZero();
    }

    private static StillGranted granted(Predicate<Standing> holds) {
        return new StillGranted(holds, "client_id");
    }

    private boolean isGood(String method, Jwt token) {
        return isGood(granted, method, token);
    }

    private static boolean isGood(StillGranted granted, String method, Jwt token) {
        RequestContextHolder.setRequestAttributes(
                new ServletRequestAttributes(new MockHttpServletRequest(method, "/api/plans")));
        return !granted.validate(token).hasErrors();
    }

    private static Jwt token(int generation) {
        return Jwt.withTokenValue("t")
                .header("alg", "ES256")
                .subject("abcdefghijkm")
                .claim(Standing.GENERATION, generation)
                .claim("client_id", "milepost")
                .build();
    }

    private static void awaitZero(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
