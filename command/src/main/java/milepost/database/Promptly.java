package milepost.database;

import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks what somebody wants to know at once: a question that meets a lock fails after a second, however long the lock lasts. */
@Component
public class Promptly {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Promptly(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @throws RuntimeException with {@link Trouble#LOCKED} */
    public <T> T ask(Supplier<T> question) {
        return transaction.execute(status -> {
            jdbc.sql("set local lock_timeout = '1s'").update();
            return question.get();
        });
    }
}
