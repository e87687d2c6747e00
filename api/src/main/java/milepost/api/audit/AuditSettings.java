package milepost.api.audit;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the audit log is signed and checked.
 *
 * @param key Ed25519 private keys in PEM (PKCS #8), or the file that has them; blank: one of our own
 * @param origin names the log for ever, from its first checkpoint on; blank: where it is reached then
 * @param dir where our own key is, and what was signed last
 * @param pause between two passes of the self-check
 */
@ConfigurationProperties("milepost.audit")
record AuditSettings(
        @DefaultValue("") String key,
        @DefaultValue("") String origin,
        @DefaultValue("") String dir,
        @DefaultValue("1m") Duration pause) {
    Path ownKey() {
        return directory().resolve("audit-key.pem");
    }

    /** Beside the key and outside the database, so that who changes the one does not change the other. */
    Path signed() {
        return directory().resolve("audit-checkpoint");
    }

    private Path directory() {
        return Path.of(dir.isBlank() ? "data" : dir).toAbsolutePath();
    }
}
