package milepost.api.write.axon;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import milepost.api.http.TooFast;
import milepost.api.identity.Grant;
import milepost.api.identity.NotAllowed;
import milepost.api.operate.Spans;
import milepost.command.Rejected;
import milepost.command.plan.Command;
import milepost.command.plan.CommandResult;
import milepost.database.Trouble;
import milepost.event.json.EventJson;
import milepost.log.Repetitions;
import milepost.log.RequestHashes;
import milepost.log.axon.FactTooLarge;
import milepost.log.axon.LogBusy;
import milepost.log.axon.OutcomeUnknown;
import milepost.query.metric.Metric;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends requests to plans. Of two writers at one version, on two nodes, one wins; the other is decided again on what is new.
 */
@Component
public class Dispatch {
    /** The metadata that says who asks, and what they may. */
    static final String GRANT = "grant";

    private static final int TRIES = 20;
    private static final int LONGEST_PAUSE_MILLIS = 50;
    private static final Duration LONGEST_TURN = Duration.ofSeconds(1);

    private final CommandGateway gateway;
    private final MeterRegistry meters;
    private final Spans spans;
    private final Turns turns = new Turns(LONGEST_TURN);

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
    public CommandResult send(Command command, Grant by, @Nullable String key, @Nullable RequestHashes request) {
        var asking = new HashMap<String, Object>(Map.of(GRANT, by));
        if (key != null && request != null) {
            asking.put(Repetitions.IDEMPOTENCY_KEY, key);
            asking.put(Repetitions.REQUEST_HASH, request.meaning());
            asking.put(Repetitions.BYTES_HASH, request.bytes());
        }
        var message = new GenericCommandMessage<>(new GenericMessage<>(command, asking), Command.NAME);
        var sample = Timer.start(meters);
        var outcome = "error";
        var kind = command.name();
        var span = spans.begin("command " + kind, command.plan().text());
        try {
            var answer = turns.take(command.plan(), () -> send(message));
            outcome = answer.recorded() ? "recorded" : "unchanged";
            return answer;
        } catch (Rejected e) {
            outcome = e.reason().code;
            throw e;
        } catch (NotAllowed | AuthenticationException | TooFast e) {
            outcome = "not-allowed";
            throw e;
        } catch (LogBusy e) {
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

    private CommandResult send(CommandMessage<?> message) {
        for (var attempt = 1; ; attempt++) {
            try {
                return gateway.sendAndWait(message);
            } catch (ConcurrencyException e) {
                if (attempt == TRIES) throw new LogBusy("Others were first each time", e);
                pause();
            } catch (SerializationException e) {
                throw new EventJson.Unreadable("a stored fact cannot be read: " + e.getMessage(), e);
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
