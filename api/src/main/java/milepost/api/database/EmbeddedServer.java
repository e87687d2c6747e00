package milepost.api.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
                    "Remove the cause, or set MILEPOST_DATA_DIR to another directory",
                    e);
        }
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
            case AccessDeniedException denied -> "no permission to write " + denied.getFile();
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
