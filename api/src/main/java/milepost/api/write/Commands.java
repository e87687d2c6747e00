package milepost.api.write;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import milepost.api.http.BodyCheck;
import milepost.api.http.IdempotencyKey;
import milepost.api.identity.Identity;
import milepost.api.write.axon.Dispatch;
import milepost.command.Target;
import milepost.command.plan.Command;
import milepost.command.plan.CommandResult;
import milepost.event.Event;
import milepost.log.store.History;
import milepost.query.projection.Freshness;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Sends what an HTTP request asks for, and answers with a receipt. */
@Component
public class Commands {
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,9})\"?(?:$|[,;\\s])");
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final Dispatch dispatch;
    private final History history;
    private final Freshness freshness;
    private final HttpServletRequest request;

    Commands(Dispatch dispatch, History history, Freshness freshness, HttpServletRequest request) {
        this.dispatch = dispatch;
        this.history = history;
        this.freshness = freshness;
        this.request = request;
    }

    /** Asks for a fact, and answers 200 with a receipt. */
    public ResponseEntity<Receipt> send(Target target, Event fact) {
        return send(new Command(target, fact));
    }

    public ResponseEntity<Receipt> send(Command command) {
        return answer(command, null);
    }

    /** Asks for a fact, and answers 201 and where the new thing is, or 200 if nothing was new. */
    public ResponseEntity<Receipt> create(Target target, Event fact, String location) {
        return answer(new Command(target, fact), location);
    }

    private ResponseEntity<Receipt> answer(Command command, @Nullable String location) {
        var asked = BodyCheck.of(request);
        var key = IdempotencyKey.of(request);
        asked.check(command::outOfBounds);
        var answer = dispatch.send(command, Identity.current(), key, asked.hashes());
        var response = location != null && answer.recorded()
                ? ResponseEntity.created(URI.create(request.getContextPath() + location))
                : ResponseEntity.ok();
        if (waited(command, answer)) response.header("Preference-Applied", "wait");
        return response.eTag("\"" + answer.version() + "\"").body(receipt(command, answer));
    }

    private Receipt receipt(Command command, CommandResult answer) {
        var fact = history.fact(command.plan(), answer.version()).orElseThrow();
        return new Receipt(command.plan(), answer.version(), fact.at());
    }

    private boolean waited(Command command, CommandResult answer) {
        var prefer = request.getHeader("Prefer");
        var wait = WAIT.matcher(prefer == null ? "" : prefer);
        if (!wait.find()) return false;
        var seconds = Math.min(Integer.parseInt(wait.group(1)), LONGEST_WAIT_SECONDS);
        try {
            return freshness.await(command.plan(), answer.version(), Duration.ofSeconds(seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
