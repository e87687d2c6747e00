package milepost.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One of the dashboards that Grafana is given. */
record Dashboard(String name, JsonNode json) {
    /** What Grafana fills in itself. */
    static final Set<String> GRAFANAS_OWN = Set.of("__rate_interval", "__range");

    private static final Pattern VARIABLE_QUERY =
            Pattern.compile("(label_values|query_result)\\((.+?)(?:, (\\w+))?\\)");
    private static final Pattern NO_NAMES =
            Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|on|without|ignoring)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

    /** What is drawn of some queries. */
    record Panel(String dashboard, JsonNode json) {
        String title() {
            return json.path("title").asString();
        }

        String description() {
            return json.path("description").asString();
        }

        List<JsonNode> queries() {
            return json.path("targets").valueStream().toList();
        }

        @Override
        public String toString() {
            return dashboard + ": " + title();
        }
    }

    /** What a variable asks Prometheus: a query, and the label whose values it wants, or none for the series themselves. */
    record VariableQuery(String name, String query, String label, String regex) {}

    static List<Dashboard> all() {
        try (var files = Files.list(folder().resolve("dashboards"))) {
            return files.sorted().map(Dashboard::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder() {
        return Milepost.root().resolve("ops/grafana");
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(
                    file.getFileName().toString(), JsonMapper.shared().readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uid() {
        return json.path("uid").asString();
    }

    /** With their rows' headings, which have no queries. */
    List<Panel> places() {
        return json.path("panels")
                .valueStream()
                .map(panel -> new Panel(name, panel))
                .toList();
    }

    List<Panel> panels() {
        return places().stream()
                .filter(panel -> !panel.json().path("type").asString().equals("row"))
                .toList();
    }

    List<JsonNode> variables() {
        return json.at("/templating/list").valueStream().toList();
    }

    List<VariableQuery> variableQueries() {
        return variables().stream()
                .filter(variable -> variable.path("type").asString().equals("query"))
                .map(Dashboard::variableQuery)
                .toList();
    }

    private static VariableQuery variableQuery(JsonNode variable) {
        var text = variable.at("/query/query").asString();
        var parts = VARIABLE_QUERY.matcher(text);
        if (!parts.matches()) throw new AssertionError("no query of a variable that this test knows: " + text);
        return new VariableQuery(
                variable.path("name").asString(),
                parts.group(2),
                Objects.requireNonNullElse(parts.group(3), ""),
                variable.path("regex").asString());
    }

    /** All that Prometheus is asked. */
    Stream<String> queries() {
        return Stream.concat(
                panels().stream()
                        .flatMap(panel -> panel.queries().stream())
                        .map(query -> query.path("expr").asString()),
                variableQueries().stream().map(VariableQuery::query));
    }

    /** The names of the series a query is about. */
    static Set<String> names(String query) {
        var names = new TreeSet<String>();
        NAME.matcher(NO_NAMES.matcher(query).replaceAll(" "))
                .results()
                .map(found -> found.group())
                .filter(name -> !WORDS.contains(name))
                .forEach(names::add);
        return names;
    }

    @Override
    public String toString() {
        return name;
    }
}
