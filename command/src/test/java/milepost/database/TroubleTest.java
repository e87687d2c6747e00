package milepost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class TroubleTest {
    @ParameterizedTest
    @CsvSource({
        "25006, READ_ONLY", "53100, FULL", "53200, BUSY", "53300, BUSY", "55P03, LOCKED", "40001, LOCKED",
                "40P01, LOCKED",
        "57014, LOCKED", "25P03, LOCKED", "25P04, LOCKED", "55000, AWAY", "57P01, AWAY", "57P02, AWAY", "57P03, AWAY",
        "57P05, AWAY", "58030, AWAY", "08006, AWAY", "08003, AWAY"
    })
    void what_passes_by_itself_has_its_own_word(String state, Trouble trouble) {
        assertThat(Trouble.of(failed(state))).contains(trouble);
    }

    /** Class 54 (a limit of the server's) is to Spring a resource that failed, though a smaller fact does not come. */
    @ParameterizedTest
    @ValueSource(strings = {"22001", "23505", "23514", "54000", "42501", "42P01", "0A000", "25001", "XX001", "P0001"})
    void what_would_always_fail_is_none(String state) {
        assertThat(Trouble.of(failed(state))).isEmpty();
    }

    @Test
    void a_pool_that_has_no_connection_may_have_one_later_whatever_kept_it() {
        assertThat(Trouble.of(new CannotCreateTransactionException(
                        "no connection", new SQLTransientConnectionException("timed out", "28P01"))))
                .contains(Trouble.AWAY);
        assertThat(Trouble.of(new CannotCreateTransactionException(
                        "no connection", new SQLTransientConnectionException("timed out"))))
                .contains(Trouble.AWAY);
    }

    @Test
    void a_pool_that_was_closed_has_none() {
        var pool = new HikariDataSource();
        pool.close();
        assertThatThrownBy(pool::getConnection)
                .satisfies(closed -> assertThat(Trouble.of(closed)).contains(Trouble.AWAY));
    }

    @Test
    void what_failed_first_counts_where_the_rollback_failed_too() {
        var rollback = new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        rollback.initApplicationException(failed("57P01"));
        assertThat(Trouble.of(rollback)).contains(Trouble.AWAY);
    }

    @Test
    void what_has_nothing_to_do_with_the_database_is_none() {
        assertThat(Trouble.of(new IllegalStateException(new NullPointerException())))
                .isEmpty();
    }

    private static RuntimeException failed(String state) {
        var said = new SQLException("as PostgreSQL says it", state);
        return new IllegalStateException(new UncategorizedSQLException("a task", "select", said));
    }
}
