package milepost.log.axon;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.ds.PGSimpleDataSource;

/** The network between a client and its database, which can lose answers, fall silent, be cut, and stay down. */
public final class Wire implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final PGSimpleDataSource far;
    private volatile boolean mute;
    private volatile boolean down;
    private volatile Instant silenced = Instant.MIN;

    Wire(LogDatabase database) throws IOException {
        this((PGSimpleDataSource) database.source());
    }

    public Wire(PGSimpleDataSource database) throws IOException {
        far = database;
        Thread.ofVirtual().start(this::accept);
    }

    public PGSimpleDataSource source() {
        var near = new PGSimpleDataSource();
        near.setServerNames(new String[] {"127.0.0.1"});
        near.setPortNumbers(new int[] {server.getLocalPort()});
        near.setDatabaseName(far.getDatabaseName());
        near.setUser(far.getUser());
        near.setPassword(far.getPassword());
        return near;
    }

    /** Requests still reach the server, its answers reach nobody. */
    void loseAnswers(boolean lost) {
        mute = lost;
    }

    /** The connections there are say nothing any more and do not end, as after the far machine is gone; new ones work. */
    public void silence() {
        silenced = Instant.now();
    }

    /** Ends the client's connections; the server goes on with what it has begun. */
    public void cut(boolean stayDown) {
        down = stayDown;
        sockets.forEach(Wire::closeQuietly);
        sockets.clear();
    }

    void restore() {
        down = false;
        mute = false;
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut(true);
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                if (down) {
                    client.close();
                    continue;
                }
                sockets.add(client);
                var database = new Socket(InetAddress.getLoopbackAddress(), far.getPortNumbers()[0]);
                Thread.ofVirtual().start(() -> copy(client, database, false));
                Thread.ofVirtual().start(() -> copy(database, client, true));
            }
        } catch (IOException e) {
            if (!server.isClosed()) throw new UncheckedIOException(e);
        }
    }

    private void copy(Socket from, Socket to, boolean answers) {
        var since = Instant.now();
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                var lost = (answers && mute) || since.isBefore(silenced);
                if (!lost) out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // The other side is gone, and this one with it.
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed either way.
        }
    }
}
