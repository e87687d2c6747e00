package milepost.api.start.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import milepost.api.start.StartFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** A real PostgreSQL of Milepost's own, on a free port of this machine, from start to {@link #close}. */
final class EmbeddedServer implements JdbcConnectionDetails, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private final DataDirectory data;
    private final Cluster cluster;
    private final int port;
    private final String password;

    private EmbeddedServer(DataDirectory data) throws IOException {
        this.data = data;
        this.cluster = Cluster.in(data);
        this.password = cluster.password();
        this.port = cluster.start();
    }

    static EmbeddedServer start(Path directory) {
        try {
            return start(DataDirectory.own(directory));
        } catch (IOException e) {
            throw new StartFailure(
                    "The data directory %s cannot be used: %s".formatted(directory.toAbsolutePath(), reason(e)),
                    remedy(directory.toAbsolutePath(), e),
                    e);
        }
    }

    /** Another directory helps only where there is no data yet: with data, it would be a start without it. */
    static String remedy(Path directory, IOException e) {
        if (e instanceof AccessDeniedException)
            return "Let the user that Milepost runs as own it (chown -R), or set MILEPOST_DATA_DIR to where it may write";
        if (String.valueOf(e.getMessage()).contains("could not look up effective user ID"))
            return "Run Milepost as a user with a name (useradd), or give it a database by MILEPOST_DB_URL;"
                    + " PostgreSQL's programs do not run without";
        if (!Files.exists(directory.resolve("postgres")))
            return "Remove the cause, or set MILEPOST_DATA_DIR to another directory";
        if (e instanceof NoSuchFileException || String.valueOf(e.getMessage()).contains("No such file or directory"))
            return "The copy is incomplete: bring back what is missing from where it was copied, stopped, with all files"
                    + " and empty directories; another MILEPOST_DATA_DIR would start without this data";
        return "Remove the cause; another MILEPOST_DATA_DIR would start without the data in this one";
    }

    private static EmbeddedServer start(DataDirectory data) throws IOException {
        try {
            var server = new EmbeddedServer(data);
            LOG.info("PostgreSQL on 127.0.0.1:{}, data in {}", server.port, data.path());
            return server;
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static @Nullable String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " is missing";
            case FileSystemException other -> other.toString();
            default -> e.getMessage();
        };
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public String getUsername() {
        return Cluster.USER;
    }

    @Override
    public String getPassword() {
        return password;
    }

    /** Whether it was told to stop, by whomever, or has stopped. */
    boolean isEnding() {
        return cluster.isEnding();
    }

    @Override
    public void close() throws IOException {
        cluster.stop();
        data.close();
    }
}
