package milepost.api.start.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a killed Milepost left behind: a server that still runs on the cluster, or only its pid file. */
record Leftover(Path cluster) {
    /** Above what any system gives out. */
    private static final String NO_PROCESS = String.valueOf(Integer.MAX_VALUE);

    /** Call it only as the owner of the data directory: then no living Milepost uses the server. */
    void clear(PostgresPrograms programs) throws IOException {
        var pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return;
        var lines = Files.readAllLines(pidFile);
        if (lines.isEmpty()) Files.delete(pidFile);
        else if (runs(lines.getFirst())) programs.stop(cluster);
        else disown(pidFile, lines);
    }

    /** A pid may have passed to another program, so it must run a server on this very directory. */
    private boolean runs(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.strip()))
                .flatMap(process -> process.info().arguments())
                .map(List::of)
                .filter(arguments -> arguments.contains(cluster.toString()))
                .isPresent();
    }

    /**
     * PostgreSQL would take another program of that pid for a server. The rest of the file stays: by it PostgreSQL
     * finds out whether a process of the old server is still at work.
     */
    private static void disown(Path pidFile, List<String> lines) throws IOException {
        lines.set(0, NO_PROCESS);
        Files.write(pidFile, lines);
    }
}
