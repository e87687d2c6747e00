package milepost.api.identity.account;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the first accounts come to be.
 *
 * @param adminPassword of the first account; blank: one is made up
 * @param demo whether there are accounts to try things with, whose password everybody knows
 * @param dir where a password that was made up is left for the operator
 */
@ConfigurationProperties("milepost.accounts")
record AccountSettings(
        @DefaultValue("") String adminPassword,
        @DefaultValue("false") boolean demo,
        @DefaultValue("") String dir) {
    Path firstPassword() {
        return Path.of(dir.isBlank() ? "data" : dir).resolve("first-password").toAbsolutePath();
    }
}
