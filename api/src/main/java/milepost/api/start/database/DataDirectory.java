package milepost.api.start.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import milepost.api.start.StartFailure;
import org.springframework.util.FileSystemUtils;

/** Where Milepost keeps its data on this machine; it belongs to one running Milepost at a time. */
record DataDirectory(Path path, FileChannel lock) implements AutoCloseable {
    static DataDirectory own(Path directory) throws IOException {
        var onlyOurs = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var path = directory.toAbsolutePath();
        if (!Files.isDirectory(path)) Files.createDirectories(path, onlyOurs);
        if (Files.exists(path.resolve("PG_VERSION")))
            throw new StartFailure(
                    path + " is the data directory of a PostgreSQL server, not of Milepost",
                    "Set MILEPOST_DATA_DIR to a directory of Milepost's own");
        return new DataDirectory(path.toRealPath(), lock(path));
    }

    /** Unlike a pid in a file, the lock ends with its owner, however that ends. */
    private static FileChannel lock(Path path) throws IOException {
        var file = FileChannel.open(
                path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!locked(file)) throw inUse(path, file);
        var pid = String.valueOf(ProcessHandle.current().pid());
        file.truncate(0).write(StandardCharsets.UTF_8.encode(pid));
        return file;
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** Leaves the file open, since to close it would end a lock that this same process holds. */
    private static StartFailure inUse(Path path, FileChannel file) throws IOException {
        var pid = ByteBuffer.allocate(20);
        file.read(pid, 0);
        return new StartFailure(
                "The data directory %s is in use by another Milepost (process %s)"
                        .formatted(path, StandardCharsets.UTF_8.decode(pid.flip())),
                "Stop that one, or set MILEPOST_DATA_DIR to another directory");
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** A new directory, to be moved to its place when what it holds is complete; removes what was never moved. */
    Path unfinished() throws IOException {
        try (var abandoned = Files.newDirectoryStream(path, "unfinished-*")) {
            abandoned.forEach(directory -> FileSystemUtils.deleteRecursively(directory.toFile()));
        }
        return Files.createTempDirectory(path, "unfinished-");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
