package milepost.api;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import milepost.api.http.Problem;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole application on a database of {@link TestServer}, asked over HTTP; several nodes may share a database. Who asks
 * is the secretariat, or an operator at the management port, unless a request brings its own token.
 */
public final class Node implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, HttpClient> FROM = new ConcurrentHashMap<>();
    private static final MetadataReaderFactory CLASSES = classes();

    private final PGSimpleDataSource database;
    private final ConfigurableApplicationContext context;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private Node(PGSimpleDataSource database, ConfigurableApplicationContext context) {
        this.database = database;
        this.context = context;
    }

    /** On a database of its own, without the dataset. */
    public static Node empty() {
        return on(TestServer.createDatabase(), "milepost.dataset=none");
    }

    /** On a database of its own, with the ASCN dataset, and its read side up to date. */
    public static Node withDataset() {
        var node = on(TestServer.createDatabase());
        node.awaitProjections();
        return node;
    }

    /** @param settings {@code name=value}, besides the database and random ports, or instead of what is set here */
    public static Node on(PGSimpleDataSource database, String... settings) {
        return on(database, List.of(), settings);
    }

    /** @param more configuration that replaces or adds beans, such as a clock */
    public static Node on(PGSimpleDataSource database, List<Class<?>> more, String... settings) {
        var arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.main.allow-bean-definition-overriding=true",
                "--milepost.db.url=" + database.getUrl(),
                "--milepost.db.user=" + database.getUser(),
                "--milepost.db.password=" + database.getPassword(),
                "--spring.datasource.hikari.maximum-pool-size=10",
                "--milepost.accounts.admin-password=admin-of-the-tests",
                "--milepost.accounts.demo=true",
                "--milepost.audit.dir=target/audit/" + database.getDatabaseName(),
                "--milepost.limits.requests-per-minute-and-address=1000000",
                "--milepost.limits.requests-per-minute-and-account=1000000",
                "--milepost.limits.sign-ins-per-minute-and-address=1000000",
                "--milepost.limits.refusals-per-minute-and-account=1000000",
                "--spring.jmx.enabled=false"));
        for (var setting : settings) {
            var name = setting.substring(0, setting.indexOf('=') + 1);
            arguments.removeIf(argument -> argument.startsWith("--" + name));
            arguments.add("--" + setting);
        }
        var sources = Stream.concat(Stream.of(Milepost.class, QuickPasswords.class), more.stream())
                .toArray(Class<?>[]::new);
        var context = new SpringApplicationBuilder(sources)
                .initializers(Node::shareClasses)
                .run(arguments.toArray(String[]::new));
        return new Node(database, context);
    }

    /** What Spring reads of class files is the same for all nodes of this JVM: a seventh of a start. */
    private static void shareClasses(ConfigurableApplicationContext context) {
        BeanDefinitionRegistryPostProcessor shared = beans -> beans.registerBeanDefinition(
                "org.springframework.boot.autoconfigure.internalCachingMetadataReaderFactory",
                new RootBeanDefinition(MetadataReaderFactory.class, () -> CLASSES));
        context.addBeanFactoryPostProcessor(shared);
    }

    private static MetadataReaderFactory classes() {
        var classes = new CachingMetadataReaderFactory(Node.class.getClassLoader());
        classes.setCacheLimit(10_000);
        return classes;
    }

    /** The same hash in a millisecond: a third of a start went into the passwords of its first accounts. */
    static class QuickPasswords {
        @Bean
        PasswordEncoder passwordEncoder() {
            return new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(4)));
        }
    }

    public PGSimpleDataSource database() {
        return database;
    }

    public JdbcClient sql() {
        return JdbcClient.create(database);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Returns when every projection shows all that is recorded; fails after a minute. */
    public void awaitProjections() {
        var behind = sql().sql("""
                select count(*) from event_log fact
                where stream like 'plan/%' and (
                    not exists (select from plan where plan.plan = substr(stream, 6) and plan.version >= fact.version)
                    or not exists (
                        select from timeline t where t.plan = substr(stream, 6) and t.version >= fact.version))""");
        for (var i = 0; i < 6000; i++) {
            if (behind.query(Long.class).single() == 0) return;
            pause(10);
        }
        throw new AssertionError("the projections are still behind after a minute");
    }

    /** Returns when what only reads is refused to this token; what writes must be at once. Fails after a minute. */
    public void awaitWithdrawn(String bearer) {
        var write = request("/api/account/password", "Authorization", bearer)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
        assertThat(Problem.of(send("127.0.7.1", write))).as("a write").isEqualTo(problem(401, "token-invalid"));
        var read = request("/api/account", "Authorization", bearer);
        for (var i = 0; i < 6000; i++) {
            var answer = send("127.0.7.1", read);
            if (answer.statusCode() == 401) {
                assertThat(Problem.of(answer)).isEqualTo(problem(401, "token-invalid"));
                return;
            }
            pause(10);
        }
        throw new AssertionError("the token still reads after a minute");
    }

    /** Answers the JSON of a page of the API, which must be a success. */
    public JsonNode read(String path) {
        var response = get(path);
        if (response.statusCode() != 200) throw new AssertionError(path + " answered " + response.body());
        return json(response);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** @param headers names and values by turns; Content-Type is JSON unless given */
    public HttpResponse<String> post(String path, String body, String... headers) {
        var request = request(path, headers).POST(BodyPublishers.ofString(body));
        if (!List.of(headers).contains("Content-Type")) request.header("Content-Type", "application/json");
        return send(request);
    }

    public HttpResponse<String> manage(String path) {
        return send(HttpRequest.newBuilder(managementUri(path))
                .header("Authorization", bearer("operator"))
                .GET());
    }

    public HttpResponse<String> manage(String path, String body) {
        return send(HttpRequest.newBuilder(managementUri(path))
                .header("Authorization", bearer("operator"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** The samples of a scrape, one a line, without comments; nobody has to sign in for it on this machine. */
    public List<String> scrape() {
        return send(HttpRequest.newBuilder(managementUri("/actuator/prometheus"))
                        .GET())
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(HTTP, request);
    }

    /** Sends from one of this machine's other addresses: {@code 127.0.0.2} and so on. */
    public HttpResponse<String> send(String from, HttpRequest.Builder request) {
        return send(FROM.computeIfAbsent(from, Node::client), request);
    }

    private static HttpClient client(String from) {
        return HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(from)).build();
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    /** The header Authorization of a demonstration account: {@code reader}, {@code csco-phuket} … */
    public String bearer(String account) {
        return "Bearer "
                + tokens.compute(account, (name, known) -> known != null && known.isFresh() ? known : token(name))
                        .value();
    }

    private record Token(String value, Instant at) {
        /** A token lives ten minutes. */
        boolean isFresh() {
            return Instant.now().isBefore(at.plusSeconds(300));
        }
    }

    private Token token(String account) {
        return new Token(SignIn.token(uri("").toString(), "demo-" + account, "milepost-demo"), Instant.now());
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
        if (headers.length > 0) request.headers(headers);
        if (!List.of(headers).contains("Authorization")) request.header("Authorization", bearer("secretariat"));
        return request;
    }

    public URI managementUri(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.management.port") + path);
    }
}
