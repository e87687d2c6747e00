package milepost.api.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatServletManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class StartFailureIT {
    @Test
    void a_busy_port_is_named_with_its_variable(CapturedOutput output) throws Exception {
        try (var busy = busy()) {
            assertThatThrownBy(() -> Server.main("--server.port=" + busy.getLocalPort()));
            assertThat(lastLine(output.getAll()))
                    .contains("Port " + busy.getLocalPort() + " is in use", "set SERVER_PORT to");
        }
    }

    @Test
    void a_busy_management_port_is_named_with_its_variable(CapturedOutput output) throws Exception {
        try (var busy = busy()) {
            assertThatThrownBy(() -> Server.main("--server.port=0", "--management.server.port=" + busy.getLocalPort()));
            assertThat(lastLine(output.getAll()))
                    .contains("Port " + busy.getLocalPort() + " is in use", "set MANAGEMENT_SERVER_PORT to");
        }
    }

    @Test
    void a_port_that_is_none_is_refused_in_one_line(CapturedOutput output) {
        assertThatThrownBy(() -> Server.main("--server.port=http"));
        assertThat(output.getAll().lines()).singleElement().asString().contains("SERVER_PORT is not a port: http");
    }

    /** Each was a stack trace or no complaint, most of them after the database and the first account were made. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "management.server.port=http | MANAGEMENT_SERVER_PORT is not a port: http",
                "server.address=nowhere.invalid | MILEPOST_BIND is no address of this machine: nowhere.invalid",
                "server.address=192.0.2.1 | MILEPOST_BIND is no address of this machine: 192.0.2.1",
                "milepost.readiness.lag=soon | milepost.readiness.lag: soon. It can be a time such as 30s or 1m",
                "milepost.readiness.lag=-1m | milepost.readiness.lag: -1m.",
                "milepost.accounts.demo=maybe | milepost.accounts.demo: maybe. It can be true or false",
                "milepost.zone=Asia/Atlantis | milepost.zone: Asia/Atlantis. It can be a time zone such as Asia/Jakarta",
                "milepost.zone=+15:00 | milepost.zone: +15:00. It can be a time zone such as Asia/Jakarta",
                "milepost.dataset=asean | milepost.dataset: asean. It can be ascn or none",
                "milepost.limits.requests-per-minute-and-address=many | It can be a number from 1",
                "milepost.limits.sign-ins-per-minute-and-address=0 | It can be a number from 1",
                "server.tomcat.remoteip.internal-proxies=( | It can be a regular expression",
                "logging.structured.format.console=xml | It can be ecs, logstash or gelf",
                "management.opentelemetry.tracing.export.otlp.endpoint=collector:4318 | It can be an address such as",
                "milepost.identity.issuer-uri=nonsense | milepost.identity.issuer-uri: nonsense. It can be an address",
                "management.tracing.sampling.probability=7 | It can be a number from 0 to 1"
            })
    void a_setting_is_looked_at_before_anything_is_made(String setting, String line, CapturedOutput output) {
        assertThatThrownBy(() -> Server.main("--server.port=0", "--" + setting));
        assertThat(output.getAll().lines()).singleElement().asString().contains("Milepost did not start: ", line);
    }

    @Test
    void a_file_that_is_missing_is_named_in_one_line(CapturedOutput output) {
        assertThatThrownBy(() -> Server.main(
                "--server.port=0",
                "--server.ssl.bundle=web",
                "--spring.ssl.bundle.pem.web.keystore.certificate=file:/nowhere/tls.crt"));
        assertThat(output.getAll()).doesNotContain("\tat ");
        assertThat(lastLine(output.getAll()))
                .contains("Milepost did not start: A file that the start needs cannot be used: /nowhere/tls.crt");
    }

    @Test
    void a_setting_that_cannot_be_read_is_named(CapturedOutput output) {
        assertThatThrownBy(() -> Server.main("--server.port=0", "--test.pause=soon"));
        assertThat(lastLine(output.getAll()))
                .contains(
                        "Milepost did not start: A setting cannot be read, test.pause: 'soon' is not a valid duration");
    }

    @Test
    void a_failure_after_the_start_is_the_last_line_too_and_the_process_fails() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var server = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        "--server.port=0",
                        "--logging.level.root=info")
                .redirectErrorStream(true)
                .start();
        var output = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(server.waitFor()).isEqualTo(1);
        assertThat(output).contains("Tomcat started").doesNotContain("\tat ");
        assertThat(lastLine(output)).endsWith("Milepost did not start: Nothing to do here. Do something else.");
    }

    private static ServerSocket busy() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static String lastLine(String output) {
        return output.lines().reduce("", (before, line) -> line);
    }

    /** A server with a management port and without a purpose. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        ManagementContextAutoConfiguration.class,
        ServletManagementContextAutoConfiguration.class,
        TomcatServletManagementContextAutoConfiguration.class,
        SslAutoConfiguration.class
    })
    static class Server {
        public static void main(String... arguments) {
            SpringApplication.run(Server.class, arguments);
        }

        @Bean
        ApplicationRunner purpose(@Value("${test.pause:1m}") Duration pause) {
            return arguments -> {
                throw new StartFailure("Nothing to do\nhere.", "Do something else");
            };
        }
    }
}
