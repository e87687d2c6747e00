package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of proxies, one after the other before the same node: it is reached as it is named, on a port of its own. */
class ProxyIT {
    private static final Path EXAMPLES = Milepost.root().resolve("ops/proxy");

    /** Of the caller, who also says that it is somebody else. */
    private static final String CALLER = """
        interface = "127.9.9.9"
        header = "X-Forwarded-For: 203.0.113.9"
        header = "X-Forwarded-Prefix: /made-up"
        """;

    @TempDir
    private Path data;

    @TempDir
    private Path directory;

    private final int https = Milepost.freePort();
    private final int http = https + 1;
    private final String url = "https://127.0.0.1:" + https;

    @Test
    void behind_nginx_and_behind_caddy_it_is_reached_as_it_is_named_and_knows_its_callers() throws Exception {
        Tool.require("nginx", "nginx-light");
        Tool.require("caddy", "caddy");
        Tool.require("curl", "curl");
        Tool.require("openssl", "openssl");
        certificate();
        Files.writeString(directory.resolve(".curlrc"), CALLER + "cacert = \"" + directory.resolve("tls.crt") + "\"\n");
        var settings =
                Map.of("MILEPOST_DATASET", "none", "MILEPOST_URL", url, "SERVER_FORWARD_HEADERS_STRATEGY", "native");
        try (var milepost = Milepost.launch(data, Milepost.freePort(), settings).awaitReady()) {
            var nginx = Files.writeString(directory.resolve("nginx.conf"), nginx(milepost.port()));
            behind("Chiang Mai", "nginx", "-p", directory + "/", "-c", nginx.toString());
            var caddy = Files.writeString(directory.resolve("Caddyfile"), caddy(milepost.port()));
            behind("Chiang Rai", "caddy", "run", "--adapter", "caddyfile", "--config", caddy.toString());
        }
    }

    private void behind(String city, String... command) throws Exception {
        var log = directory.resolve(command[0] + ".log").toFile();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().put("XDG_DATA_HOME", directory.toString());
        builder.environment().put("XDG_CONFIG_HOME", directory.toString());
        var proxy = builder.start();
        try {
            Milepost.await("to be reached by " + command[0], () -> accepts(https) || !proxy.isAlive());
            assertThat(proxy.isAlive()).as(Files.readString(log.toPath())).isTrue();
            reachedAsNamed(city);
        } finally {
            proxy.destroy();
            proxy.waitFor();
        }
    }

    private void reachedAsNamed(String city) {
        var secretariat = "Authorization: Bearer " + token("demo-secretariat");
        assertThat(curl("-i", url + "/api/plans", "-H", secretariat, "--json", """
            {"city":"%s","countryCode":"TH","from":"2024","to":"2030","on":"2024"}\
            """.formatted(city)))
                .containsPattern("HTTP/2 201")
                .containsPattern("(?i)location: (" + url + ")?/api/plans/chiang-");
        for (var bytes : new int[] {100_000, 3_000_000}) {
            assertThat(curl(url + "/api/plans", "-H", secretariat, "--json", "@" + large(bytes)))
                    .as("a body of %s bytes", bytes)
                    .contains("\"code\":\"too-large\"");
        }
        assertThat(redirected(url + "/api")).startsWith(url + "/");
        assertThat(redirected("http://127.0.0.1:" + http + "/api")).startsWith("https://127.0.0.1");
        assertThat(curl(url + "/v3/api-docs")).contains("\"url\":\"" + url + "\"");
        assertThat(curl("-o", "/dev/null", "-w", "%{http_code}", url + "/actuator/health"))
                .isEqualTo("404");

        var auditor = "Authorization: Bearer " + token("demo-auditor");
        assertThat(curl(url + "/api/access-log?limit=1", "-H", auditor))
                .contains("SignedIn", "\"address\":\"127.9.9.0/24\"");
        assertThat(curl(url + "/api/access-log", "-H", auditor, "-H", "Accept: application/x-ndjson"))
                .doesNotContain("203.0.113");
    }

    private Path large(int bytes) {
        try {
            return Files.writeString(directory.resolve("large"), "[" + " ".repeat(bytes) + "]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token(String username) {
        var said = Said.by(
                Map.of("CURL_HOME", directory.toString(), "MILEPOST_PASSWORD", "milepost-demo"),
                Milepost.root().resolve("ops/token").toString(),
                username,
                url);
        assertThat(said.exitCode()).as(said.text()).isZero();
        return said.text().strip();
    }

    private String redirected(String from) {
        return curl("-o", "/dev/null", "-w", "%{redirect_url}", from);
    }

    private String curl(String... arguments) {
        var command = new String[arguments.length + 2];
        command[0] = "curl";
        command[1] = "-s";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return Said.by(Map.of("CURL_HOME", directory.toString()), command).text();
    }

    private void certificate() {
        var made = Said.by(
                Map.of(),
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=127.0.0.1",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                directory.resolve("tls.key").toString(),
                "-out",
                directory.resolve("tls.crt").toString());
        assertThat(made.exitCode()).as(made.text()).isZero();
    }

    /** In place of Debian's nginx.conf around it. */
    private String nginx(int milepost) throws IOException {
        return "daemon off; pid %1$s/pid; error_log stderr; events {} http { access_log off;\n".formatted(directory)
                + example("nginx.conf", milepost)
                        .replaceAll("(?m)^.*listen \\[::].*\n", "")
                        .replace("listen 443", "listen 127.0.0.1:" + https)
                        .replace("listen 80;", "listen 127.0.0.1:" + http + ";")
                        .replace("https://127.0.0.1$", url + "$")
                + "}\n";
    }

    private String caddy(int milepost) throws IOException {
        return "{\n\tadmin off\n\thttp_port %s\n\thttps_port %s\n}\n".formatted(http, https)
                + example("Caddyfile", milepost)
                        .replace("\n127.0.0.1 {", "\n" + url + " {")
                        .replace("# tls ", "tls ");
    }

    private String example(String name, int milepost) throws IOException {
        return Files.readString(EXAMPLES.resolve(name))
                .replace("127.0.0.1:8080", "127.0.0.1:" + milepost)
                .replace("milepost.example.org", "127.0.0.1")
                .replace("/etc/milepost/", directory + "/");
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
