package milepost.api.identity.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import milepost.api.Node;
import milepost.api.SignIn;
import milepost.api.TestServer;
import milepost.api.identity.account.FirstAccounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A proxy on another port hands on what is below a path, takes the path away, and names itself as nobody: whatever
 * Milepost answers leads back to where it was asked.
 */
class ProxyIT {
    private static final String PATH = "/milepost";
    private static final Set<String> HOP =
            Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static HttpServer proxy;
    private static String url;
    private static Node node;
    private static String token;

    @BeforeAll
    static void start() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        proxy.createContext(PATH + "/", ProxyIT::handOn);
        url = "http://127.0.0.1:" + proxy.getAddress().getPort() + PATH;
        node = Node.on(TestServer.createDatabase(), "milepost.dataset=none", "milepost.url=" + url + "/");
        proxy.start();
        token = "Bearer " + SignIn.token(url, "demo-secretariat", FirstAccounts.DEMO_PASSWORD);
    }

    @AfterAll
    static void stop() {
        node.close();
        proxy.stop(0);
    }

    private static void handOn(HttpExchange exchange) throws IOException {
        var target = node.uri(exchange.getRequestURI().toString().substring(PATH.length()));
        var request = HttpRequest.newBuilder(target)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!isOfHop(name)) values.forEach(value -> request.header(name, value));
        });
        try (exchange) {
            var answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (!isOfHop(name)) exchange.getResponseHeaders().put(name, values);
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOfHop(String name) {
        return HOP.stream().anyMatch(name::equalsIgnoreCase);
    }

    @Test
    void the_issuer_says_where_it_is() {
        var description = Node.json(get("/.well-known/oauth-authorization-server"));
        assertThat(description.path("issuer").asString()).isEqualTo(url);
        for (var endpoint : List.of("authorization_endpoint", "token_endpoint", "jwks_uri"))
            assertThat(description.path(endpoint).asString()).startsWith(url + "/oauth2/");
    }

    @Test
    void sign_in_leads_to_its_page_and_on_to_where_they_wanted_and_out_again() {
        var person = new SignIn(url);
        assertThat(sentTo(person.authorize())).isEqualTo(url + "/login");
        var page = person.get("/login").body();
        assertThat(page).contains("action=\"" + PATH + "/login\"", "href=\"" + PATH + "/default-ui.css\"");
        assertThat(sentTo(person.post("demo-reader", "a wrong password"))).isEqualTo(url + "/login?error");
        assertThat(sentTo(person.post("demo-reader", FirstAccounts.DEMO_PASSWORD)))
                .startsWith(url + "/oauth2/authorize?");
        assertThat(person.token()).isNotBlank();
        assertThat(sentTo(person.post("demo-reader", FirstAccounts.DEMO_PASSWORD)))
                .isEqualTo(url + "/api");
        assertThat(sentTo(person.signOut())).isEqualTo(url + "/login?logout");
        var leftOpen = Map.of("_csrf", "of another session", "username", "demo-reader", "password", "-");
        assertThat(sentTo(person.post(leftOpen))).isEqualTo(url + "/login");
    }

    @Test
    void cookies_stay_below_the_path() {
        var cookies = get("/oauth2/authorize?response_type=code&client_id=milepost")
                .headers()
                .allValues("Set-Cookie");
        cookies = Stream.concat(cookies.stream(), get("/login").headers().allValues("Set-Cookie").stream())
                .toList();
        assertThat(cookies).isNotEmpty().allMatch(cookie -> cookie.contains("; Path=" + PATH));
    }

    @Test
    void the_reference_opens_and_its_description_says_where_the_api_is() {
        var page = sentTo(get("/api"));
        assertThat(page).startsWith(url + "/swagger-ui/");
        assertThat(send(URI.create(page)).body()).contains("swagger-ui");
        assertThat(get("/v3/api-docs/swagger-config").body())
                .contains("\"url\":\"" + PATH + "/v3/api-docs\"", url + "/swagger-ui/oauth2-redirect.html");
        var api = Node.json(get("/v3/api-docs"));
        assertThat(api.at("/servers/0/url").asString()).isEqualTo(url);
        assertThat(api.at("/components/securitySchemes/sign-in/flows/authorizationCode/authorizationUrl")
                        .asString())
                .isEqualTo(url + "/oauth2/authorize");
    }

    @Test
    void what_is_new_is_where_location_says_and_pages_lead_on() {
        for (var city : List.of("lakeside", "seaside")) {
            var opened = post("/api/plans", """
                    {"plan":"%1$s","city":"%1$s","country":"Thailand","countryCode":"TH","from":"2018","to":"2025"}""".formatted(city));
            assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
            assertThat(sentTo(opened)).isEqualTo(url + "/api/plans/" + city);
            assertThat(send(URI.create(sentTo(opened))).statusCode()).isEqualTo(200);
        }
        var account = post("/api/accounts", "{\"username\":\"somchai\",\"role\":\"reader\"}");
        assertThat(send(URI.create(sentTo(account))).statusCode()).isEqualTo(200);
        node.awaitProjections();
        var next = Node.json(get("/api/plans?limit=1")).path("next").asString();
        assertThat(next).startsWith(PATH + "/api/plans?limit=1&after=");
        assertThat(Node.json(send(URI.create(url).resolve(next))).path("items").size())
                .isEqualTo(1);
        assertThat(get("/api/plans/lakeside/history?format=ndjson").body()).contains("PlanOpened");
        assertThat(Node.json(get("/api/plans/nowhere")).path("instance").asString())
                .isEqualTo(PATH + "/api/plans/nowhere");
    }

    @Test
    void the_log_is_named_by_it() {
        for (var i = 0; i < 3000 && get("/audit/log/checkpoint").statusCode() != 200; i++) Node.pause(10);
        assertThat(get("/audit/log/checkpoint").body()).startsWith(url.substring("http://".length()) + "/audit/log\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", PATH})
    void a_proxy_that_leaves_the_path_and_who_needs_none_are_answered_alike(String before) {
        var answer = node.get(before + "/api/network", "Authorization", token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(node.get(before + "/api/nothing", "Authorization", token).statusCode())
                .isEqualTo(404);
        assertThat(node.get(before + "/login", "Authorization", token).body())
                .contains("action=\"" + PATH + "/login\"");
    }

    @Test
    void commands_are_counted() {
        var before = answered();
        assertThat(post("/api/plans", "{}").statusCode()).isEqualTo(400);
        assertThat(answered()).isEqualTo(before + 1);
    }

    private static double answered() {
        return node.scrape().stream()
                .filter(Pattern.compile("milepost_command_answers_total\\{.*answer=\"4xx\".*")
                        .asMatchPredicate())
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static String sentTo(HttpResponse<String> answer) {
        return answer.uri().resolve(SignIn.location(answer)).toString();
    }

    private static HttpResponse<String> get(String path) {
        return send(URI.create(url + path));
    }

    private static HttpResponse<String> send(URI uri) {
        return node.send(
                HttpRequest.newBuilder(uri).header("Authorization", token).GET());
    }

    private static HttpResponse<String> post(String path, String body) {
        return node.send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }
}
