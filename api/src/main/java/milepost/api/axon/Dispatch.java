package milepost.api.axon;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import milepost.api.identity.Grant;
import milepost.api.identity.NotAllowed;
import milepost.api.limit.TooFast;
import milepost.api.log.FactTooLarge;
import milepost.api.log.LogBusy;
import milepost.api.log.OutcomeUnknown;
import milepost.api.trace.Spans;
import milepost.command.Reason;
import milepost.command.Rejected;
import milepost.command.plan.Answer;
import milepost.command.plan.Command;
import milepost.query.database.Trouble;
import milepost.query.metric.Metric;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends requests to plans. Of two writers at one version one wins; the other tries again on what is new, unless it
 * asked for the version it saw.
 */
@Component
public class Dispatch {
    /** The metadata that says who asks, and what they may. */
    static final String GRANT = "grant";

    private static final int TRIES = 20;
    private static final int LONGEST_PAUSE_MILLIS = 50;

    private final CommandGateway gateway;
    private final MeterRegistry meters;
    private final Spans spans;

    Dispatch(CommandGateway gateway, MeterRegistry meters, Spans spans) {
        this.gateway = gateway;
        this.meters = meters;
        this.spans = spans;
    }

    /**
     * Waits for the answer.
     *
     * @throws Rejected if a bound, a rule or the version refuses it
     * @throws NotAllowed if it is not theirs to ask
     */
    public Answer send(Command command, Grant by, @Nullable String key, @Nullable String requestHash) {
        var message = GenericCommandMessage.asCommandMessage(command).andMetaData(Map.of(GRANT, by));
        if (key != null) {
            message = message.andMetaData(Map.of(Answer.IDEMPOTENCY_KEY, key))
                    .andMetaData(Map.of(Answer.REQUEST_HASH, String.valueOf(requestHash)));
        }
        var sample = Timer.start(meters);
        var outcome = "error";
        var kind = command.getClass().getSimpleName();
        var span = spans.begin("command " + kind, command.plan().text());
        try {
            var answer = send(message, command);
            outcome = answer.recorded() ? "recorded" : "unchanged";
            return answer;
        } catch (Rejected e) {
            outcome = e.reason().code;
            throw e;
        } catch (NotAllowed | AuthenticationException | TooFast e) {
            outcome = "not-allowed";
            throw e;
        } catch (LogBusy | ConcurrencyException e) {
            outcome = Trouble.of(e).map(trouble -> trouble.code).orElse("busy");
            throw e;
        } catch (OutcomeUnknown e) {
            outcome = "outcome-unknown";
            throw e;
        } catch (FactTooLarge e) {
            outcome = "too-large";
            throw e;
        } catch (DataAccessException | TransactionException e) {
            outcome = Trouble.of(e).map(trouble -> trouble.code).orElse(outcome);
            throw e;
        } finally {
            span.tag("milepost.outcome", outcome);
            span.close();
            sample.stop(Metric.COMMANDS.timer(meters, kind, outcome));
        }
    }

    private Answer send(CommandMessage<?> message, Command command) {
        for (var attempt = 1; ; attempt++) {
            try {
                return gateway.sendAndWait(message);
            } catch (AggregateNotFoundException e) {
                throw Reason.PLAN_UNKNOWN.rejected("There is no plan '" + command.plan() + "'; open it first.");
            } catch (ConcurrencyException e) {
                if (command.target().version() != null) {
                    throw Reason.PLAN_CHANGED_MEANWHILE.rejected(
                            "Another request was recorded first; read the plan again and decide whether yours still fits.");
                }
                if (attempt == TRIES) throw e;
                pause();
            } catch (CommandExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) throw cause;
                throw e;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
