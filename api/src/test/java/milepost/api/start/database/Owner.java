package milepost.api.start.database;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Another process that owns a data directory, and can be killed. */
record Owner(Process process) implements AutoCloseable {
    static Owner of(Path data) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        var owner = new Owner(new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        Owner.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .start());
        var said = owner.process.inputReader();
        for (var line = said.readLine(); !"ready".equals(line); line = said.readLine())
            if (line == null) throw new IllegalStateException("The owner ended");
        return owner;
    }

    /** Records a row, says "ready" and stays. */
    public static void main(String[] args) throws Exception {
        sql(EmbeddedServer.start(Path.of(args[0])))
                .sql("insert into kept values ('acknowledged')")
                .update();
        System.out.println("ready");
        TimeUnit.HOURS.sleep(1);
    }

    static JdbcClient sql(JdbcConnectionDetails database) {
        return JdbcClient.create(new DriverManagerDataSource(
                database.getJdbcUrl(), requireNonNull(database.getUsername()), requireNonNull(database.getPassword())));
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
