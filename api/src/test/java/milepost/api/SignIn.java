package milepost.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Signs somebody in as a browser does: the page's form, then authorization code with PKCE. */
public final class SignIn {
    public static final String CALLBACK = "http://127.0.0.1/callback";
    public static final String VERIFIER = "a-verifier-that-has-forty-three-characters-";
    private static final String AUTHORIZE =
            "/oauth2/authorize?response_type=code&client_id=milepost&state=s&code_challenge_method=S256"
                    + "&code_challenge=" + challenge() + "&redirect_uri=" + encoded(CALLBACK);
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http;
    private final String issuer;

    public SignIn(String issuer) {
        this(issuer, "127.0.0.1");
    }

    /** @param from the address of this machine that it is sent from */
    public SignIn(String issuer, String from) {
        this.issuer = issuer;
        http = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .localAddress(InetAddress.ofLiteral(from))
                .build();
    }

    /** An access token, or a failure that says what was answered. */
    public static String token(String issuer, String username, String password) {
        var signIn = new SignIn(issuer);
        var answer = signIn.post(username, password);
        if (answer.statusCode() != 302 || location(answer).contains("error"))
            throw new AssertionError(username + " was not signed in: " + answer.statusCode() + " " + answer.headers());
        return signIn.token();
    }

    /** Sends the form, with the page's own CSRF token. */
    public HttpResponse<String> post(String username, String password) {
        return post(Map.of("_csrf", csrf(), "username", username, "password", password));
    }

    public HttpResponse<String> post(Map<String, String> form) {
        return send(HttpRequest.newBuilder(URI.create(issuer + "/login")).POST(form(form)));
    }

    /** What the page says the next form must bring. */
    public String csrf() {
        return found(CSRF, get("/login").body());
    }

    /** Exchanges the session for an access token. */
    public String token() {
        var answer = exchange(code(), VERIFIER);
        if (answer.statusCode() != 200) throw new AssertionError("no token: " + answer.body());
        return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
    }

    public String code() {
        return found(CODE, location(authorize()));
    }

    public HttpResponse<String> authorize() {
        return get(AUTHORIZE);
    }

    /** With a cookie of one's choice, and not with the session's. */
    public HttpResponse<String> authorize(String cookie) {
        cookies.getCookieStore().removeAll();
        return send(HttpRequest.newBuilder(URI.create(issuer + AUTHORIZE)).header("Cookie", cookie));
    }

    public HttpResponse<String> signOut() {
        return signOut(found(CSRF, get("/logout").body()));
    }

    public HttpResponse<String> signOut(String csrf) {
        return send(HttpRequest.newBuilder(URI.create(issuer + "/logout")).POST(form(Map.of("_csrf", csrf))));
    }

    public HttpResponse<String> exchange(String code, String verifier) {
        return send(HttpRequest.newBuilder(URI.create(issuer + "/oauth2/token"))
                .POST(form(Map.of(
                        "grant_type", "authorization_code",
                        "client_id", "milepost",
                        "code", code,
                        "redirect_uri", CALLBACK,
                        "code_verifier", verifier))));
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(issuer + path)).GET());
    }

    /** The session's cookie, as it would be sent; empty if there is none. */
    public String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var form = request.setHeader("Content-Type", "application/x-www-form-urlencoded");
            return http.send(form.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    public static HttpRequest.BodyPublisher form(Map<String, String> fields) {
        return BodyPublishers.ofString(fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&")));
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String found(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        if (!found.find()) throw new AssertionError(pattern + " is not in: " + text);
        return found.group(1);
    }

    private static String challenge() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
