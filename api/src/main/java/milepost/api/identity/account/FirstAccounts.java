package milepost.api.identity.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import milepost.api.identity.IdentitySettings;
import milepost.api.identity.Role;
import milepost.api.identity.account.Accounts.Assignment;
import milepost.api.start.Site;
import milepost.api.start.StartFailure;
import milepost.event.Author;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes the accounts that are there before anybody could sign in to open one. */
@Component
@EnableConfigurationProperties(AccountSettings.class)
public class FirstAccounts implements SmartInitializingSingleton {
    /** The password of every demonstration account. */
    public static final String DEMO_PASSWORD = "milepost-demo";

    private static final Logger LOG = LoggerFactory.getLogger(FirstAccounts.class);
    private static final String ADMIN = "admin";
    private static final String DEMO = "demo-";
    private static final Author SYSTEM = new Author("milepost", Role.SYSTEM.code, null, null);

    private record Demo(String username, Assignment office) {}

    private static final List<Demo> DEMOS = List.of(
            demo("csco-phuket", Role.CSCO, Set.of("phuket"), null, "City of Phuket"),
            demo("csco-vientiane", Role.CSCO, Set.of("vientiane"), null, "City of Vientiane"),
            demo("thailand", Role.NATIONAL_REPRESENTATIVE, Set.of(), "TH", "National Representative of Thailand"),
            demo("secretariat", Role.SECRETARIAT, Set.of(), null, "ASCN Secretariat"),
            demo("auditor", Role.AUDITOR, Set.of(), null, "Audit office"),
            demo("operator", Role.OPERATOR, Set.of(), null, "Operations"),
            demo("reader", Role.READER, Set.of(), null, "Press"));

    private final AccountSettings settings;
    private final IdentitySettings identity;
    private final Accounts accounts;
    private final JdbcClient jdbc;

    FirstAccounts(AccountSettings settings, IdentitySettings identity, Accounts accounts, JdbcClient jdbc, Site site) {
        this.settings = settings;
        this.identity = identity;
        this.accounts = accounts;
        this.jdbc = jdbc;
        if (settings.demo() && !site.isLoopback()) {
            throw new StartFailure(
                    "Demonstration accounts have a password that everybody knows, and the server would listen beyond"
                            + " this machine",
                    "Unset MILEPOST_DEMO, or unset MILEPOST_BIND");
        }
        if (settings.demo() && !identity.isEmbedded()) {
            throw new StartFailure(
                    "Demonstration accounts are Milepost's own, and people sign in at " + identity.issuerUri(),
                    "Unset MILEPOST_DEMO, or unset MILEPOST_ISSUER_URI");
        }
    }

    /**
     * Before the server listens, makes what is missing; without the switch, no demonstration account of an earlier start
     * can sign in.
     */
    @Override
    public void afterSingletonsInstantiated() {
        if (!identity.isEmbedded()) return;
        if (!isAny("enabled and role = 'secretariat' and username not like '" + DEMO + "%'")) first();
        else if (!isAny("username = '" + ADMIN + "' and temporary")) forgetFirstPassword();
        if (settings.demo()) DEMOS.forEach(this::open);
        else disableDemos();
    }

    /** Removes the file with the first password, once it opens nothing any more; to change it takes it. */
    public void forgetFirstPassword() {
        try {
            if (Files.deleteIfExists(settings.firstPassword())) {
                LOG.info("The first password is good for nothing any more; {} is removed", settings.firstPassword());
            }
        } catch (IOException e) {
            LOG.warn("The file with the first password cannot be removed: {}", settings.firstPassword(), e);
        }
    }

    public boolean isFirst(@Nullable String username) {
        return ADMIN.equals(username);
    }

    private void first() {
        var given = settings.adminPassword();
        if (!given.isEmpty()) {
            Passwords.problem(given, ADMIN).ifPresent(problem -> {
                throw new StartFailure("MILEPOST_ADMIN_PASSWORD " + problem, "Choose another one");
            });
        }
        var password = given.isEmpty() ? Secrets.password() : given;
        if (given.isEmpty()) write(settings.firstPassword(), password);
        try {
            var office = new Assignment(Role.SECRETARIAT, Set.of(), null, null);
            accounts.open(SYSTEM, ADMIN, null, office, password, given.isEmpty());
        } catch (DuplicateKeyException otherNode) {
            if (given.isEmpty()) forgetFirstPassword();
            return;
        }
        if (given.isEmpty()) LOG.info("The first password of '{}' is in {}", ADMIN, settings.firstPassword());
        else LOG.info("The account '{}' has the password of MILEPOST_ADMIN_PASSWORD", ADMIN);
    }

    private static void write(Path file, String password) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, (password + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The first password cannot be written to " + file, e);
        }
    }

    private void open(Demo demo) {
        var there = accounts.named(demo.username());
        if (there.isPresent()) {
            if (!there.get().enabled()) accounts.enable(SYSTEM, there.get().subject());
            return;
        }
        try {
            accounts.open(SYSTEM, demo.username(), null, demo.office(), DEMO_PASSWORD, false);
        } catch (DuplicateKeyException otherNode) {
            LOG.debug("Another node was first", otherNode);
        }
    }

    private void disableDemos() {
        DEMOS.stream()
                .flatMap(demo -> accounts.named(demo.username()).stream())
                .filter(Account::enabled)
                .forEach(account -> accounts.disable(SYSTEM, account.subject()));
    }

    private boolean isAny(String condition) {
        return jdbc.sql("select exists (select from account where " + condition + ")")
                .query(Boolean.class)
                .single();
    }

    private static Demo demo(
            String username, Role role, Set<String> cities, @Nullable String country, String organisation) {
        return new Demo(DEMO + username, new Assignment(role, cities, country, organisation));
    }
}
