package milepost.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import milepost.api.identity.AccessFact.AuditKeyIntroduced;
import milepost.api.identity.AccessLog;
import milepost.api.identity.Role;
import milepost.api.start.Site;
import milepost.api.start.StartFailure;
import milepost.event.Author;
import milepost.query.audit.AuditMismatch;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Hash;
import milepost.query.audit.Notary;
import milepost.query.audit.Note;
import milepost.query.audit.VerifierKey;
import milepost.query.audit.store.AuditLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signs with the keys of a file, and keeps what it signed last in another one. A key that the log does not know yet is
 * introduced by a fact of the log itself, so that whoever trusts the one before can trust it.
 */
@Component
@EnableConfigurationProperties(AuditSettings.class)
class FileNotary implements Notary, SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(FileNotary.class);
    private static final Author SYSTEM = new Author("milepost", Role.SYSTEM.code, null, null);

    private final AuditSettings settings;
    private final Site site;
    private final AuditLog log;
    private final AccessLog accessLog;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private volatile List<Note.Signer> signers = List.of();
    private boolean isUnnamed;

    FileNotary(
            AuditSettings settings,
            Site site,
            AuditLog log,
            AccessLog accessLog,
            JdbcClient jdbc,
            PlatformTransactionManager transactions) {
        this.settings = settings;
        this.site = site;
        this.log = log;
        this.accessLog = accessLog;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        requireFit();
    }

    /** Before the server listens, except that a log without a name waits until it does. */
    @Override
    public void afterSingletonsInstantiated() {
        start(false);
    }

    /** A new log is named once this node serves: its name is for ever, and a start that fails must not give one. */
    @EventListener(ApplicationStartedEvent.class)
    void nameLog() {
        if (isUnnamed) start(true);
    }

    /** Of several nodes on an empty database one makes the key. */
    private void start(boolean isServing) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(cast(cast('audit_checkpoint' as regclass) as oid)::bigint)")
                    .query((row, i) -> true)
                    .single();
            try {
                var known = log.keys();
                isUnnamed = known.isEmpty() && !isServing;
                if (!isUnnamed) start(known);
            } catch (AuditMismatch e) {
                LOG.error("The audit log goes on without this node: {}", e.getMessage());
            }
        });
    }

    private void start(List<VerifierKey> known) {
        var origin = origin(known);
        var pem = pem(known.isEmpty());
        if (pem.isEmpty()) {
            LOG.warn(
                    "The audit log goes on without this node: it has no key ({} is not there); those that have sign",
                    settings.ownKey());
            return;
        }
        signers = signers(pem.get(), origin);
        for (var signer : signers) {
            if (!known.contains(signer.key()))
                accessLog.record(SYSTEM, new AuditKeyIntroduced(signer.key().toString()));
        }
        LOG.info("Audit log: {}/audit/log/checkpoint, signed by {}", site.url(), signers.getLast());
    }

    private static List<Note.Signer> signers(String pem, String origin) {
        try {
            return PrivateKeys.read(pem, origin);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new StartFailure(
                    "The key of the audit log cannot be used: " + e.getMessage(),
                    "Give MILEPOST_AUDIT_KEY Ed25519 private keys in PEM, or a file that has them, such as"
                            + " openssl genpkey -algorithm ed25519 writes");
        }
    }

    /** Before anything is made by this start that the next one would find. */
    private void requireFit() {
        var name = given();
        pem(false).ifPresent(pem -> signers(pem, name.isEmpty() ? address() : name));
    }

    /** A log keeps its name: it is in all that was ever signed. */
    private String origin(List<VerifierKey> known) {
        var given = given();
        if (known.isEmpty()) return given.isEmpty() ? address() : given;
        var name = known.getFirst().name();
        if (!given.isEmpty() && !given.equals(name))
            throw new StartFailure(
                    "MILEPOST_AUDIT_ORIGIN is %s, and the log of this database is called %s".formatted(given, name),
                    "Unset it: a log cannot be renamed");
        if (given.isEmpty() && !name.equals(address()))
            LOG.warn(
                    "The audit log is called {} for ever, and Milepost is reached at {} (MILEPOST_URL); if that is meant,"
                            + " MILEPOST_AUDIT_ORIGIN={} says so",
                    name,
                    site.url(),
                    name);
        return name;
    }

    private String given() {
        var given = settings.origin().strip();
        if (!given.isEmpty() && !VerifierKey.isName(given)) {
            throw new StartFailure(
                    "MILEPOST_AUDIT_ORIGIN has spaces or a plus: " + given,
                    "Give the log a name such as milepost.example.org/audit/log");
        }
        return given;
    }

    private String address() {
        return URI.create(site.url()).getSchemeSpecificPart().substring(2) + "/audit/log";
    }

    private Optional<String> pem(boolean isFirst) {
        var given = settings.key().strip();
        if (given.contains("-----BEGIN ")) return Optional.of(given);
        var file = given.isEmpty() ? settings.ownKey() : Path.of(given);
        try {
            if (given.isEmpty() && isFirst && !Files.exists(file)) write(file, PrivateKeys.generate());
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            if (given.isEmpty()) return Optional.empty();
            throw unreadable(given, e);
        } catch (IOException e) {
            throw unreadable(given, e);
        }
    }

    /** What was given is not repeated: it may be the key itself, in a form that we do not read. */
    private StartFailure unreadable(String given, IOException e) {
        return new StartFailure(
                "The key of the audit log cannot be read or made: "
                        + (given.isEmpty()
                                ? settings.ownKey().toString()
                                : "MILEPOST_AUDIT_KEY is neither PEM nor a file that can be read")
                        + " (" + e.getClass().getSimpleName() + ")",
                "Give MILEPOST_AUDIT_KEY a file that Milepost can read, or a key in PEM");
    }

    @Override
    public Set<VerifierKey> keys() {
        return signers.stream().map(Note.Signer::key).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Note sign(long size, Hash root) {
        var checkpoint = new Checkpoint(signers.getLast().key().name(), size, root);
        var note = Note.sign(checkpoint.toString(), signers);
        keep(note);
        return note;
    }

    @Override
    public synchronized void keep(Note checkpoint) {
        var size = Checkpoint.parse(checkpoint.text()).size();
        if (signed().filter(known -> known.size() >= size).isPresent()) return;
        try {
            write(settings.signed(), checkpoint.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("What was signed cannot be kept in " + settings.signed(), e);
        }
    }

    /** Read each time: several nodes may share the directory. */
    @Override
    public Optional<Checkpoint> signed() {
        try {
            var note = Note.parse(Files.readString(settings.signed()));
            return Optional.of(Checkpoint.parse(note.text()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | Note.Refused e) {
            throw new AuditMismatch("what was signed last cannot be read from %s: put the file back from a backup"
                    .formatted(settings.signed()));
        }
    }

    /** For us only, and whole or not at all. */
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, ours);
        Files.write(unfinished, text.getBytes(UTF_8), StandardOpenOption.SYNC);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
