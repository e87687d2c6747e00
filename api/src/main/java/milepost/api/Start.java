package milepost.api;

import java.net.InetAddress;
import milepost.api.dataset.DatasetImport;
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
    private final Environment environment;

    Start(DatasetImport dataset, Environment environment) {
        this.dataset = dataset;
        this.environment = environment;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        dataset.run();
        var address = environment.getProperty("server.address", InetAddress.class, InetAddress.getLoopbackAddress());
        var here = "http://" + address.getHostAddress() + ":";
        var port = environment.getRequiredProperty("local.server.port");
        var management = environment.getProperty("local.management.port", port);
        LOG.info("There is no sign-in yet: everyone who reaches {} may do everything", address.getHostAddress());
        LOG.info("Metrics: {}{}/actuator/prometheus", here, management);
        LOG.info("Milepost is ready: {}{}/api (try {}{}/api/plans/phuket)", here, port, here, port);
    }
}
