package milepost.api.identity.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import milepost.api.Node;
import milepost.api.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a certificate all goes over TLS, and browsers are told to keep to it. */
class TlsIT {
    @TempDir
    static Path directory;

    private static Node node;
    private static HttpClient browser;

    @BeforeAll
    static void start() throws Exception {
        var store = certificate();
        node = Node.on(
                TestServer.createDatabase(),
                "milepost.dataset=none",
                "spring.ssl.bundle.pem.web.keystore.certificate="
                        + pem("CERTIFICATE", store.getCertificate("web").getEncoded()),
                "spring.ssl.bundle.pem.web.keystore.private-key="
                        + pem("PRIVATE KEY", key(store).getEncoded()),
                "server.ssl.bundle=web");
        browser = HttpClient.newBuilder().sslContext(trusting(store)).build();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void browsers_are_told_to_keep_to_it() throws Exception {
        for (var path : new String[] {"/login", "/api/plans", "/nothing"}) {
            assertThat(get(path)
                            .headers()
                            .firstValue("Strict-Transport-Security")
                            .orElse(""))
                    .as(path)
                    .startsWith("max-age=31536000");
        }
    }

    @Test
    void the_sessions_cookie_goes_over_nothing_else() throws Exception {
        assertThat(get("/login").headers().firstValue("Set-Cookie").orElse("").split("; "))
                .contains("Secure", "HttpOnly", "SameSite=Lax");
    }

    @Test
    void the_issuer_says_where_it_is() throws Exception {
        var document = Node.json(get("/.well-known/oauth-authorization-server"));
        assertThat(document.path("issuer").asString()).isEqualTo(secure("").toString());
        assertThat(document.path("token_endpoint").asString())
                .isEqualTo(secure("/oauth2/token").toString());
    }

    /** By a name that an alert knows. */
    @Test
    void when_it_expires_is_scraped() throws Exception {
        assertThat(get(node.managementUri("/actuator/prometheus")).body().lines())
                .anyMatch(sample -> sample.startsWith("ssl_chain_expiry_seconds{bundle=\"web\","));
    }

    @Test
    void without_it_nothing_is_answered() {
        var answer = Raw.send(node.uri(""), "GET /api HTTP/1.1");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Tomcat", "Exception");
    }

    @Test
    void old_versions_of_it_are_refused() throws Exception {
        var old = HttpClient.newBuilder().sslContext(browser.sslContext());
        var parameters = browser.sslContext().getDefaultSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.1"});
        try (var http = old.sslParameters(parameters).build()) {
            assertThat(catchThrowable(() ->
                            http.send(HttpRequest.newBuilder(secure("/login")).build(), BodyHandlers.ofString())))
                    .isInstanceOf(IOException.class);
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return get(node.uri(path));
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return browser.send(HttpRequest.newBuilder(secure(uri)).build(), BodyHandlers.ofString());
    }

    private static URI secure(String path) {
        return secure(node.uri(path));
    }

    private static URI secure(URI uri) {
        return URI.create(uri.toString().replaceFirst("^http:", "https:"));
    }

    /** Made by the JDK's own tool, for 127.0.0.1. */
    private static KeyStore certificate() throws Exception {
        var file = directory.resolve("web.p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "web",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        return KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    }

    private static Key key(KeyStore store) throws Exception {
        return store.getKey("web", "changeit".toCharArray());
    }

    private static Path pem(String what, byte[] bytes) throws IOException {
        var text = Base64.getMimeEncoder().encodeToString(bytes);
        return Files.writeString(
                directory.resolve(what.replace(' ', '-') + ".pem"),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what));
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        var only = KeyStore.getInstance("PKCS12");
        only.load(null, null);
        only.setCertificateEntry("web", store.getCertificate("web"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(only);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
