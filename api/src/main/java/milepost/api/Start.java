package milepost.api;

import java.util.Set;
import milepost.api.http.Today;
import milepost.api.identity.Grant;
import milepost.api.identity.IdentitySettings;
import milepost.api.identity.Role;
import milepost.api.start.Site;
import milepost.api.start.dataset.DatasetImport;
import milepost.api.write.axon.Dispatch;
import milepost.log.RequestHashes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What is done once all parts are up: the import; and the last log lines, which say where to look. */
@Component
class Start implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(Start.class);

    /** Who imports. */
    private static final Grant IMPORT = new Grant("dataset-import", Role.SYSTEM, Set.of(), null, null, null);

    private final DatasetImport dataset;
    private final Today today;
    private final Dispatch dispatch;
    private final IdentitySettings identity;
    private final Site site;
    private final Environment environment;
    private final Built built;

    Start(
            DatasetImport dataset,
            Today today,
            Dispatch dispatch,
            IdentitySettings identity,
            Site site,
            Environment environment,
            Built built) {
        this.dataset = dataset;
        this.today = today;
        this.dispatch = dispatch;
        this.identity = identity;
        this.site = site;
        this.environment = environment;
        this.built = built;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        dataset.run(today.day(), (command, key) -> dispatch.send(command, IMPORT, key, new RequestHashes(key, key)));
        var address = environment.getProperty("management.server.address", "127.0.0.1");
        var management = environment.getRequiredProperty("local.management.port");
        LOG.info("Milepost {}, revision {}, on Java {}", built.version(), built.revision(), built.java());
        LOG.info("Sign-in: {}", identity.isEmbedded() ? site.url() + "/login" : "at " + identity.issuerUri());
        LOG.info("Metrics: http://{}:{}/actuator/prometheus", address, management);
        LOG.info("Milepost is ready: {}/api", site.url());
    }
}
