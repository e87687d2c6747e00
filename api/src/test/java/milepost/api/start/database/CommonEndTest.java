package milepost.api.start.database;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;

class CommonEndTest {
    private final Exception lost = new IllegalStateException("Look", new SQLException("FATAL: told to\n  Position: 3"));
    private final Logger log = (Logger) LoggerFactory.getLogger("of.some.library");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final AtomicBoolean ends = new AtomicBoolean();
    private final CommonEnd end = new CommonEnd();

    @BeforeEach
    void listen() {
        end.watch(ends::get);
        logged.start();
        log.addAppender(logged);
        log.setLevel(Level.INFO);
    }

    @AfterEach
    void leave() {
        end.close();
        log.detachAppender(logged);
    }

    @Test
    void while_the_database_is_there_failures_keep_their_traces() {
        log.warn("Work Package [{}] aborted", 3, lost);
        stop();
        log.error("Aborted", lost);
        assertThat(logged.list)
                .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNotNull());
        assertThat(logged.list).hasSize(2);
        assertThat(end.isHere()).isFalse();
    }

    @Test
    void when_it_ends_first_a_failure_is_one_line_that_says_why() {
        ends.set(true);
        log.warn("Work Package [{}] aborted", 3, lost);
        log.error("Aborted", lost);
        log.warn("Looking every second");
        assertThat(logged.list)
                .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());
        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Work Package [3] aborted: FATAL: told to", "Aborted: FATAL: told to", "Looking every second");
        assertThat(end.isHere()).isFalse();
    }

    @Test
    void when_both_end_nothing_is_said_but_why_and_that_at_last() {
        ends.set(true);
        stop();
        log.info("Waiting for requests");
        log.warn("Looking every second");
        log.error("Aborted", lost);
        assertThat(end.isHere()).isTrue();
        assertThat(logged.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly("Waiting for requests");

        end.close();
        log.error("Aborted", lost);
        assertThat(logged.list).hasSize(2);
    }

    private void stop() {
        try (var context = new StaticApplicationContext()) {
            context.refresh();
            end.onApplicationEvent(new ContextClosedEvent(context));
        }
    }
}
