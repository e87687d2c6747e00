package milepost.api.start.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's own programs: an archive on the class path, unpacked beside the data. */
record PostgresPrograms(Path bin, Path log) {
    private static final Pattern COMPLAINT = Pattern.compile("(?:FATAL|PANIC|DETAIL|HINT|error): +(.+)");

    static PostgresPrograms unpackedIn(DataDirectory data) throws IOException {
        byte[] archive = archive();
        var sum = new CRC32();
        sum.update(archive);
        var home = data.resolve("programs-" + HexFormat.of().toHexDigits(sum.getValue(), 8));
        if (!Files.exists(home)) {
            var unfinished = data.unfinished();
            unpack(archive, unfinished);
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresPrograms(home.resolve("bin"), data.resolve("postgres.log"));
    }

    private static byte[] archive() throws IOException {
        var os = System.getProperty("os.name").replaceFirst("^Mac.*", "Darwin").replaceFirst("^Windows.*", "Windows");
        var processor = System.getProperty("os.arch");
        try (var archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(os, processor)) {
            return archive.readAllBytes();
        } catch (IllegalStateException e) {
            throw new IOException("no PostgreSQL for %s on %s is included".formatted(os, processor), e);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry())
                unpack(tar, entry, target.resolve(entry.getName()));
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Runs one to its end; what it says goes to the log, and what it complains of into the exception. */
    void run(String program, Object... arguments) throws IOException {
        var command = new ArrayList<String>();
        // PostgreSQL refuses to run as root; in a user namespace of its own, root is nobody.
        if (LinuxUtils.isUnshareAvailable()) command.addAll(List.of("unshare", "-U"));
        command.add(bin.resolve(program).toString());
        for (var argument : arguments) command.add(argument.toString());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("LC_ALL", "C");
        long alreadyLogged = Files.exists(log) ? Files.size(log) : 0;
        if (exitCode(builder.start()) != 0)
            throw new IOException("%s failed: %s (see %s)".formatted(program, complaint(alreadyLogged), log));
    }

    /** One that ends by itself meanwhile has stopped as well. */
    void stop(Path cluster) throws IOException {
        try {
            run("pg_ctl", "stop", "-D", cluster, "-m", "fast", "-t", "120", "-s");
        } catch (IOException e) {
            if (Files.exists(cluster.resolve("postmaster.pid"))) throw e;
        }
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String complaint(long alreadyLogged) throws IOException {
        try (var input = Files.newInputStream(log)) {
            input.skipNBytes(alreadyLogged);
            var said = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            var complaints = COMPLAINT
                    .matcher(said)
                    .results()
                    .map(complaint -> complaint.group(1))
                    .distinct()
                    .collect(Collectors.joining("; "));
            return complaints.isEmpty() ? said.strip() : complaints;
        }
    }
}
