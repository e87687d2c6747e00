package milepost.api.http;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import milepost.api.Node;
import milepost.api.SignIn;
import milepost.api.TestServer;
import milepost.api.http.Described.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every operation that is described, asked well and badly: what is answered is what the documentation says. */
class AnswersIT {
    /** What the dataset has for each variable of a path, and for each parameter that has to be given. */
    private static final Map<String, String> VALUES = Map.ofEntries(
            entry("plan", "vientiane"),
            entry("project", "1"),
            entry("milestone", "2-brt-service"),
            entry("partnership", "1-vientiane-paired-with-clean-water"),
            entry("document", "000_d959a7cc49d5b4ed.txt"),
            entry("level", "0"),
            entry("tile", "000.p/1"),
            entry("from", "1"),
            entry("version", "1"),
            entry("officer", "nobody"),
            entry("client", "nobody"));

    /** Questions of the past, for whatever can be asked one. */
    private static final Map<String, String> OPTIONAL = Map.of("on", "2021-06-30", "limit", "3", "every", "year");

    /** Every operation that records, in an order in which each, as it is offered, can follow those before it; beside it what is not as offered. */
    private static final List<String> STORY = List.of(
            "/api/plans",
            "/api/plans/{plan}/status",
            "/api/plans/{plan}/amend",
            "/api/plans/{plan}/retractions",
            "/api/plans/{plan}/status-reports",
            "/api/plans/{plan}/officers",
            "/api/plans/{plan}/officers/{officer}/relieve",
            "/api/plans/{plan}/projects",
            "/api/plans/{plan}/projects/{project}/rename",
            "/api/plans/{plan}/projects/{project}/phase",
            "/api/plans/{plan}/projects/{project}/status-reports",
            "/api/plans/{plan}/milestones",
            "/api/plans/{plan}/milestones/{milestone}/reschedule",
            "/api/plans/{plan}/milestones/{milestone}/partially-met",
            "/api/plans/{plan}/milestones/{milestone}/met",
            "/api/plans/{plan}/milestones/{milestone}/amend",
            "/api/plans/{plan}/milestones milestone=second",
            "/api/plans/{plan}/milestones/{milestone}/not-met milestone=second",
            "/api/plans/{plan}/milestones milestone=third",
            "/api/plans/{plan}/milestones/{milestone}/withdraw milestone=third",
            "/api/plans/{plan}/partnerships",
            "/api/plans/{plan}/partnerships/{partnership}/status",
            "/api/plans/{plan}/partnerships/{partnership}/amend",
            "/api/plans/{plan}/projects/{project}/withdraw",
            "/api/accounts",
            "/api/accounts/{account}/role",
            "/api/accounts/{account}/disable",
            "/api/accounts/{account}/enable",
            "/api/accounts/{account}/reset-password",
            "/api/account/password",
            "/api/clients",
            "/api/clients/{client}/revoke",
            "/api/authors/{subject}/erase");

    private static final String TOO_LARGE = "{\"reason\":\"" + "x".repeat(BodyReader.LIMIT) + "\"}";

    static Node node;
    static Described described;

    @BeforeAll
    static void start() {
        node = Node.on(TestServer.createDatabase(), "milepost.audit.pause=50ms");
        node.awaitProjections();
        described = Described.of(node.read("/v3/api-docs"));
        for (var i = 0; node.get("/audit/log/checkpoint").statusCode() != 200 && i < 3000; i++) Node.pause(20);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void what_reads_answers_what_is_described() {
        var account = node.read("/api/accounts").at("/items/0/subject").asString();
        var contradictions = new ArrayList<String>();
        for (var operation : operations("GET").toList()) {
            for (var type : operation.content("200").propertyNames()) {
                for (var question : questions(operation, account, type)) {
                    var answer = node.get(question, "Accept", type, "Authorization", auditorOf(operation));
                    if (answer.statusCode() != 200) contradictions.add(question + " answered " + answer.body());
                    note(contradictions, operation, question, answer);
                }
            }
        }
        assertThat(contradictions).isEmpty();
    }

    @Test
    void what_records_answers_what_is_described_and_is_refused_as_described() {
        var told = STORY.stream()
                .map(step -> step.replaceFirst(" .*", ""))
                .distinct()
                .toList();
        assertThat(operations("POST").map(Operation::path))
                .as("give each operation that records its place in STORY")
                .containsExactlyInAnyOrderElementsOf(told);
        var contradictions = new ArrayList<String>();
        var live = new LinkedHashMap<String, String>();
        for (var step : STORY) {
            var path = step.replaceFirst(" .*", "");
            var operation = operations("POST")
                    .filter(known -> known.path().equals(path))
                    .findFirst()
                    .orElseThrow();
            var values = new LinkedHashMap<>(live);
            if (step.contains("=")) values.put("milestone", step.substring(step.indexOf('=') + 1));
            var answer = tell(operation, values);
            assertThat(answer.statusCode())
                    .as(step + " answered " + answer.body())
                    .isBetween(200, 204);
            note(contradictions, operation, step, answer);
            learn(path, answer, live);
        }
        assertThat(contradictions).isEmpty();
    }

    /** As it is offered, but for what only this database knows. */
    private static HttpResponse<String> tell(Operation operation, Map<String, String> values) {
        var path = offered(operation, values);
        if (!path.equals("/api/account/password")) return node.post(path, body(operation, values));
        var changing = "{\"current\":\"" + values.get("password") + "\",\"changed\":\"four words or a few more\"}";
        var owner = SignIn.token(node.uri("").toString(), "example-officer", String.valueOf(values.get("password")));
        return node.post(path, changing, "Authorization", "Bearer " + owner);
    }

    private static void learn(String path, HttpResponse<String> answer, Map<String, String> live) {
        if (answer.body().isEmpty()) return;
        var said = Node.json(answer);
        if (said.has("password")) live.put("password", said.path("password").asString());
        if (path.equals("/api/accounts")) {
            live.put("account", said.path("subject").asString());
            live.put("subject", said.path("subject").asString());
        }
        if (path.equals("/api/clients"))
            live.put("client", said.at("/client/client").asString());
    }

    private static String offered(Operation operation, Map<String, String> values) {
        var path = operation.path();
        for (var parameter : operation.parameters("path")) {
            var name = parameter.path("name").asString();
            assertThat(parameter.path("example").isString())
                    .as("%s: {%s} has an example", operation, name)
                    .isTrue();
            path = path.replace(
                    "{" + name + "}",
                    values.getOrDefault(name, parameter.path("example").asString()));
        }
        return path;
    }

    private static String body(Operation operation, Map<String, String> values) {
        var example = operation
                .said()
                .at("/requestBody/content/application~1json/example")
                .toString();
        return example.replace("cctv-phase-2", values.getOrDefault("milestone", "cctv-phase-2"));
    }

    @Test
    void what_is_refused_is_described_with_its_code() {
        var contradictions = new ArrayList<String>();
        var met = new LinkedHashMap<String, Set<Integer>>();
        all().forEach(operation -> bad(operation).forEach((what, answer) -> {
            met.computeIfAbsent(operation.toString(), key -> new TreeSet<>()).add(answer.statusCode());
            if (answer.statusCode() < 400) return;
            note(contradictions, operation, what, answer);
            var said = operation.said().path("responses").path(Integer.toString(answer.statusCode()));
            var code = Node.json(answer).path("code").asString();
            if (!said.path("description").asString("").contains(code)) {
                contradictions.add(operation + ", " + what + ": " + answer.statusCode() + " has no code " + code);
            }
        }));
        assertThat(contradictions).isEmpty();
        assertThat(met)
                .allSatisfy((operation, statuses) -> assertThat(statuses)
                        .as(operation)
                        .contains(400)
                        .containsAll(operation.startsWith("POST") ? List.of(406, 413, 415) : List.of()));
        assertThat(met.values().stream().flatMap(Set::stream))
                .contains(400, 401, 403, 404, 406, 409, 412, 413, 415, 422);
    }

    /** What one can do wrong whatever the operation, and what is answered. */
    private static Map<String, HttpResponse<String>> bad(Operation operation) {
        var path = filled(operation, nowhere(), "nobody");
        var answers = new LinkedHashMap<String, HttpResponse<String>>();
        var put = operation.method().equals("POST");
        var body = put ? elsewhere(body(operation, Map.of())) : "";
        answers.put("a bad token", ask(operation, path, body, "Authorization", "Bearer nonsense"));
        answers.put("as a reader", ask(operation, path, body, "Authorization", node.bearer("reader")));
        answers.put("an unknown parameter", ask(operation, path + "?no=1", body));
        answers.put("another Accept", ask(operation, path, body, "Accept", "image/png"));
        answers.put("nothing there", ask(operation, path + query(required(operation)), body));
        for (var parameter : operation.parameters("query")) {
            var name = parameter.path("name").asString();
            answers.put("a bad " + name, ask(operation, path + "?" + name + "=-1", body));
        }
        if (put) {
            answers.put("no JSON", ask(operation, path, "{"));
            answers.put("an unknown field", ask(operation, path, "{\"no\":1}"));
            answers.put("nothing said", ask(operation, path, "{}"));
            answers.put("too much", ask(operation, path, TOO_LARGE));
            answers.put("no JSON by its type", ask(operation, path, body, "Content-Type", "text/plain"));
            answers.put("a stale version", ask(operation, path, body, "If-Match", "\"99\""));
            answers.put(
                    "on a plan that is there",
                    ask(operation, filled(operation, VALUES, "nobody"), body, "If-Match", "\"1\""));
        }
        return answers;
    }

    /** What is good after all is not what the story tells. */
    private static String elsewhere(String body) {
        return body.replace("\"lakeside\"", "\"elsewhere\"")
                .replace("[\"elsewhere\"]", "[\"phuket\"]") // a city that is known
                .replace("example-officer", "another-officer");
    }

    /** There is nothing of the kind. */
    private static Map<String, String> nowhere() {
        var nowhere = new LinkedHashMap<>(VALUES);
        nowhere.replaceAll((name, value) -> "no-such");
        return nowhere;
    }

    private static HttpResponse<String> ask(Operation operation, String path, String body, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        if (!all.contains("Authorization")) all.addAll(List.of("Authorization", auditorOf(operation)));
        var sent = all.toArray(String[]::new);
        return operation.method().equals("GET") ? node.get(path, sent) : node.post(path, body, sent);
    }

    private static Map<String, String> required(Operation operation) {
        var required = new LinkedHashMap<String, String>();
        for (var parameter : operation.parameters("query")) {
            var name = parameter.path("name").asString();
            if (!parameter.path("required").asBoolean(false)) continue;
            required.put(
                    name, operation.path().endsWith("/changes") ? "2019-12-31" : VALUES.getOrDefault(name, "none"));
        }
        return required;
    }

    /** The plain question, the same with what may be asked beside pages, and of each plan. */
    private static List<String> questions(Operation operation, String account, String type) {
        var plain = filled(operation, VALUES, account);
        var required = required(operation);
        var optional = new LinkedHashMap<String, String>();
        for (var parameter : operation.parameters("query")) {
            var name = parameter.path("name").asString();
            if (OPTIONAL.containsKey(name)) optional.put(name, OPTIONAL.getOrDefault(name, ""));
        }
        var questions = new ArrayList<>(List.of(plain + query(required)));
        optional.putAll(required);
        if (type.equals("application/json") && !optional.equals(required)) questions.add(plain + query(optional));
        if (operation.path().startsWith("/api/plans/{plan}")
                && !operation.path().replace("{plan}", "").contains("{")) {
            node.read("/api/plans?limit=200")
                    .path("items")
                    .forEach(plan -> questions.add(
                            plain.replace("/vientiane", "/" + plan.path("plan").asString()) + query(required)));
        }
        return questions;
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&", "?", ""));
    }

    /** Only an auditor reads the access log. */
    private static String auditorOf(Operation operation) {
        return node.bearer(operation.path().equals("/api/access-log") ? "auditor" : "secretariat");
    }

    private static String filled(Operation operation, Map<String, String> values, String account) {
        var path = operation.path();
        for (var parameter : operation.parameters("path")) {
            var name = parameter.path("name").asString();
            var known = List.of("account", "subject").contains(name) || values.containsKey(name);
            assertThat(known)
                    .as("%s: give {%s} a value in VALUES", operation, name)
                    .isTrue();
            path = path.replace("{" + name + "}", values.getOrDefault(name, account));
        }
        return path;
    }

    private static Stream<Operation> all() {
        return described.operations().stream();
    }

    private static Stream<Operation> operations(String method) {
        return all().filter(operation -> operation.method().equals(method));
    }

    private static void note(
            List<String> contradictions, Operation operation, String question, HttpResponse<String> answer) {
        described.contradictions(operation, answer).stream()
                .limit(5)
                .forEach(found -> contradictions.add(operation + ", " + question + ": " + found));
    }
}
