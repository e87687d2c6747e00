package milepost.api;

import milepost.api.identity.IdentitySettings;
import milepost.api.start.Site;
import milepost.api.start.dataset.DatasetImport;
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

    private final DatasetImport dataset;
    private final IdentitySettings identity;
    private final Site site;
    private final Environment environment;
    private final Built built;

    Start(DatasetImport dataset, IdentitySettings identity, Site site, Environment environment, Built built) {
        this.dataset = dataset;
        this.identity = identity;
        this.site = site;
        this.environment = environment;
        this.built = built;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        dataset.run();
        var address = environment.getProperty("management.server.address", "127.0.0.1");
        var management = environment.getRequiredProperty("local.management.port");
        LOG.info("Milepost {}, revision {}, on Java {}", built.version(), built.revision(), built.java());
        LOG.info("Sign-in: {}", identity.isEmbedded() ? site.url() + "/login" : "at " + identity.issuerUri());
        LOG.info("Metrics: http://{}:{}/actuator/prometheus", address, management);
        LOG.info("Milepost is ready: {}/api", site.url());
    }
}
