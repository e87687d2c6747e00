package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server of its own kind, the oldest that is supported. */
class GivenServerIT {
    @Test
    void milepost_runs_on_postgresql_15_and_starts_no_server_of_its_own(@TempDir Path directory, @TempDir Path data)
            throws IOException {
        try (var cluster = Cluster.start(directory);
                var milepost = Milepost.launch(data, Milepost.freePort(), cluster.settings("postgres"))
                        .awaitReady()) {
            assertThat(milepost.log()).contains("Imported the ASCN dataset: 372 facts of 26 plans recorded");
            assertThat(milepost.post("/api/plans/phuket/status", "{\"status\":\"in-progress\",\"on\":\"2019\"}"))
                    .contains("\"version\":17");
            assertThat(milepost.get("/api/plans/phuket?version=17")).contains("\"status\":\"in-progress\"");
            assertThat(data.toFile().list())
                    .containsExactlyInAnyOrder("first-password", "audit-key.pem", "audit-checkpoint");
        }
    }
}
