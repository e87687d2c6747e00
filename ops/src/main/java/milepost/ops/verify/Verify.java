package milepost.ops.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import milepost.event.json.EventJson;
import milepost.query.audit.Certificate;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Entry;
import milepost.query.audit.Note;
import milepost.query.audit.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * The auditor's command: says a line for each check, and ends with 0 if all is right, with 1 and WRONG if not, and with
 * 2 and CANNOT CHECK if it cannot tell.
 */
public final class Verify {
    private static final String USAGE = """
            usage: ops/verify URL|FILE [--checkpoint FILE] [--key KEY]...
              URL           of a running Milepost, asked with the access token of an auditor in MILEPOST_TOKEN
              FILE          an exported log (zip), or the certificate of a fact
              --checkpoint  a checkpoint, or a whole export, that was kept from earlier
              --key         a public key of the log that is trusted (name+id+key), or a file with some""";
    private static final String EXPORT = "/api/audit/export";
    private static final int DOWNLOADS = 4;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int LONGEST_CERTIFICATE = 1 << 20;

    private final String input;
    private final @Nullable Path keptFile;
    private final List<VerifierKey> keys;
    private final Duration pause;
    private final PrintStream out;

    private Verify(String input, @Nullable Path keptFile, List<VerifierKey> keys, Duration pause, PrintStream out) {
        this.input = input;
        this.keptFile = keptFile;
        this.keys = keys;
        this.pause = pause;
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv("MILEPOST_TOKEN"), PAUSE, System.out, System.err));
    }

    /**
     * The command.
     *
     * @param pause before a server is asked again
     * @return the exit code
     */
    static int run(List<String> arguments, @Nullable String token, Duration pause, PrintStream out, PrintStream err) {
        try {
            parse(arguments, pause, out).run(token);
            return 0;
        } catch (Wrong | Note.Refused e) {
            // It may quote what somebody put into the log to repaint the screen.
            err.println("WRONG: " + String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", "?"));
            return 1;
        } catch (Unusable e) {
            err.println("CANNOT CHECK: " + e.getMessage());
        } catch (UncheckedIOException e) {
            err.println("CANNOT CHECK: cannot read or write: " + e.getCause());
        } catch (OutOfMemoryError e) {
            err.println("CANNOT CHECK: the log needs more memory: set MILEPOST_VERIFY_MEMORY, such as 2g");
        } catch (RuntimeException e) { // whatever it is, it says nothing of the log
            err.println("CANNOT CHECK: " + e);
        }
        return 2;
    }

    private static Verify parse(List<String> arguments, Duration pause, PrintStream out) {
        String input = null;
        Path kept = null;
        var keys = new ArrayList<VerifierKey>();
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var argument = rest.next();
            if (argument.startsWith("--") && !rest.hasNext()) throw new Unusable(USAGE);
            switch (argument) {
                case "--checkpoint" -> kept = Path.of(rest.next());
                case "--key" -> keys.addAll(keys(rest.next()));
                default -> {
                    if (input != null || argument.startsWith("-")) throw new Unusable(USAGE);
                    input = argument;
                }
            }
        }
        if (input == null) throw new Unusable(USAGE);
        return new Verify(input, kept, keys, pause, out);
    }

    private static List<VerifierKey> keys(String keyOrFile) {
        var file = Path.of(keyOrFile);
        try {
            var lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of(keyOrFile);
            return lines.stream().map(VerifierKey::parse).toList();
        } catch (IllegalArgumentException | IOException e) {
            throw new Unusable("--key: " + e.getMessage());
        }
    }

    private void run(@Nullable String token) {
        try (var kept = keptFile == null ? null : Kept.open(keptFile)) {
            if (input.matches("https?://.+")) {
                try (var server = new Server(input, token)) {
                    checkServer(server, kept);
                }
            } else {
                checkFile(Path.of(input), kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkFile(Path file, @Nullable Kept kept) throws IOException {
        if (Files.isDirectory(file)) throw new Unusable(file + " is a directory: give the zip that was exported");
        var beginning = beginning(file);
        if (Certificate.isOne(beginning)) {
            checkCertificate(beginning, kept);
            return;
        }
        try (var archive = Archive.open(file)) {
            new Check(archive, keys, kept, Witness.NONE, out::println).run();
            finish(archive.checkpoint());
        }
    }

    private static String beginning(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_CERTIFICATE), UTF_8);
        } catch (NoSuchFileException e) {
            throw new Unusable(file + " is not there");
        }
    }

    /** Each time with a new export, until nothing was recorded meanwhile. */
    private void checkServer(Server server, @Nullable Kept kept) throws IOException {
        var served = new Served(server);
        var newer = new HashSet<String>();
        for (var download = 1; ; download++) {
            var file = Files.createTempFile("milepost-export", ".zip");
            try (var archive = Archive.open(server.download(EXPORT, file))) {
                var found = new Check(archive, keys, kept, served.witness(), out::println).run();
                new Live(served, Clock.systemUTC(), pause, archive, found, out::println).check();
                finish(archive.checkpoint());
                return;
            } catch (Served.Newer e) {
                newer.add(String.valueOf(e.asWrong().getMessage()));
                if (download == DOWNLOADS && newer.size() == 1) throw e.asWrong();
                if (download == DOWNLOADS) {
                    throw new Unusable("more was recorded during each of " + DOWNLOADS + " exports: verify a file (GET "
                            + EXPORT + "), or try again when less is recorded");
                }
                out.println(e.asWrong().getMessage() + " yet: exporting again");
            } finally {
                Files.deleteIfExists(file);
            }
            Server.pause(pause);
        }
    }

    private void checkCertificate(String text, @Nullable Kept kept) {
        var trusted = new LinkedHashSet<>(keys);
        if (kept != null && kept.archive() != null && keys.isEmpty()) {
            trusted.addAll(new Check(kept.archive(), keys, null, Witness.NONE, line -> {})
                    .run()
                    .trusted());
        }
        if (trusted.isEmpty()) {
            throw new Unusable(
                    "a certificate is checked with the log's key: pass --key KEY, or a kept export by --checkpoint");
        }
        var certificate = certificate(text);
        var checkpoint = certificate.verify(trusted);
        var entry = entry(certificate);
        if (kept != null) kept.checkCertified(certificate.index(), certificate.line(), checkpoint);
        out.println(entry + " is in the log:");
        out.println(new String(certificate.line(), UTF_8));
        finish(checkpoint);
    }

    private static Certificate certificate(String text) {
        try {
            return Certificate.parse(text);
        } catch (Note.Refused e) {
            throw new Unusable("the certificate is cut off or garbled: " + e.getMessage());
        }
    }

    private static Entry entry(Certificate certificate) {
        try {
            var entry = Entry.parse(certificate.line());
            if (entry.position() == certificate.index() + 1) return entry;
            throw new Wrong(entry + " stands at another position of the log: " + (certificate.index() + 1));
        } catch (EventJson.Unreadable e) {
            throw new Wrong("the certificate is of no fact: " + e.getMessage());
        }
    }

    private void finish(Checkpoint checkpoint) {
        out.println("verified: " + checkpoint.size() + " entries of " + checkpoint.origin() + ", root "
                + checkpoint.root());
    }
}
