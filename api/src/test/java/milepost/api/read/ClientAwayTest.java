package milepost.api.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import milepost.event.Author;
import milepost.event.Recorded;
import milepost.event.Story;
import milepost.plan.PlanRecord;
import milepost.query.past.Replay.Step;
import milepost.query.timeline.TimelineEntry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ClientAwayTest {
    /** What is written to a client that has gone. */
    private static final class Gone extends OutputStream {
        @Override
        public void write(int b) {}

        @Override
        public void flush() throws IOException {
            throw new IOException("Broken pipe");
        }
    }

    @Test
    void a_replay_without_end_ends_when_its_client_goes_away() {
        var taken = new AtomicInteger();
        var fact = new Recorded(1, 1, Instant.EPOCH, Author.ANONYMOUS, Story.OPENED);
        var entry = TimelineEntry.of(PlanRecord.NONE, fact);
        var steps = Stream.generate(() -> new Step(taken.incrementAndGet(), entry, null));

        assertThatThrownBy(() -> ReplayEndpoint.write(steps, new Gone(), JsonMapper.shared()))
                .hasMessage("Broken pipe");
        assertThat(taken.get()).isLessThan(100);
    }
}
