package milepost.api.start;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import milepost.log.Moment;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Reads what the settings of ops/OPERATE.md say before anything is made: not all of them are read at the start, or before the
 * database is, and some only by libraries that answer with a stack trace, or not at all.
 */
final class Settings implements EnvironmentPostProcessor {
    /** What a setting can be; unset or blank is its default. */
    private record Setting<T>(Class<T> type, Predicate<T> fits, String words) {
        boolean isFit(Binder binder, String property) {
            try {
                return fits.test(binder.bind(property, type).get());
            } catch (BindException e) {
                return false;
            }
        }
    }

    private static final Setting<Boolean> SWITCH = new Setting<>(Boolean.class, on -> true, "true or false");
    private static final Setting<Integer> COUNT = new Setting<>(Integer.class, n -> n > 0, "a number from 1");
    private static final Setting<Duration> TIME =
            new Setting<>(Duration.class, Duration::isPositive, "a time such as 30s or 1m");
    private static final Setting<String> ADDRESS =
            new Setting<>(String.class, Settings::isUrl, "an address such as https://id.example.org");

    private static final Map<String, Setting<?>> SETTINGS = Map.ofEntries(
            Map.entry("milepost.accounts.demo", SWITCH),
            Map.entry("milepost.public-read", SWITCH),
            Map.entry("milepost.public-metrics", SWITCH),
            Map.entry("milepost.limits.requests-per-minute-and-address", COUNT),
            Map.entry("milepost.limits.requests-per-minute-and-account", COUNT),
            Map.entry("milepost.limits.sign-ins-per-minute-and-address", COUNT),
            Map.entry("milepost.limits.refusals-per-minute-and-account", COUNT),
            Map.entry("spring.datasource.hikari.maximum-pool-size", COUNT),
            Map.entry("milepost.readiness.lag", TIME),
            Map.entry(
                    "milepost.zone",
                    new Setting<>(ZoneId.class, Settings::isOnEarth, "a time zone such as Asia/Jakarta")),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", TIME),
            Map.entry("milepost.identity.issuer-uri", ADDRESS),
            Map.entry("management.opentelemetry.tracing.export.otlp.endpoint", ADDRESS),
            Map.entry(
                    "milepost.dataset", new Setting<>(String.class, List.of("ascn", "none")::contains, "ascn or none")),
            Map.entry(
                    "server.tomcat.remoteip.internal-proxies",
                    new Setting<>(Pattern.class, pattern -> true, "a regular expression")),
            Map.entry(
                    "logging.structured.format.console",
                    new Setting<>(String.class, Settings::isFormat, "ecs, logstash or gelf")),
            Map.entry(
                    "management.tracing.sampling.probability",
                    new Setting<>(Double.class, part -> part >= 0 && part <= 1, "a number from 0 to 1")));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var binder = Binder.get(environment);
        SETTINGS.forEach((property, setting) -> {
            var given = environment.getProperty(property, "");
            if (given.isBlank() || setting.isFit(binder, property)) return;
            throw new StartFailure(
                    "A setting cannot be read, %s: %s"
                            .formatted(name(given, environment).orElse(property), given),
                    "It can be " + setting.words());
        });
    }

    /** The variable or argument that was given so, by the name that people gave. */
    static Optional<String> name(String given, ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(source -> source instanceof EnumerablePropertySource)
                .map(source -> (EnumerablePropertySource<?>) source)
                .flatMap(source -> Stream.of(source.getPropertyNames())
                        .filter(name -> Verbatim.literal(given).equals(String.valueOf(source.getProperty(name)))))
                .findFirst();
    }

    /** Java knows offsets to 18 hours, and days begin and end within UTC+14 and UTC-12. */
    private static boolean isOnEarth(ZoneId zone) {
        return !(zone.normalized() instanceof ZoneOffset offset)
                || (offset.getTotalSeconds() <= Moment.FIRST.getTotalSeconds()
                        && offset.getTotalSeconds() >= Moment.LAST.getTotalSeconds());
    }

    private static boolean isUrl(String given) {
        try {
            var uri = URI.create(given.strip());
            return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** One of Spring Boot's own, or a class. */
    private static boolean isFormat(String given) {
        return List.of("ecs", "gelf", "logstash").contains(given) || given.contains(".");
    }
}
