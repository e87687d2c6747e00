package milepost.api.http;

import static milepost.api.http.Edge.facts;
import static milepost.api.http.Edge.open;
import static milepost.api.http.Edge.version;
import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import milepost.api.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A request means what HTTP, JSON and Unicode say it means, however it is written. */
class SendingIT {
    private static final String KEY = "Idempotency-Key";
    private static final String ENDORSED = "{\"status\":\"endorsed\"}";

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.empty();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u2060\ufeff", " \u00ad\u3000", "\u2800", "\u3164", "\u2066\u2069", "\ufe0f"})
    void what_cannot_be_seen_is_no_text(String nothing) {
        var plan = opened("nothing");
        assertThat(Problem.of(node.post(plan + "/milestones", json("milestone", "m", "title", nothing))))
                .isEqualTo(problem(422, "out-of-bounds", "title"));
        assertThat(Problem.of(node.post(plan + "/officers", json("officer", "jane", "role", "csco", "name", nothing))))
                .isEqualTo(problem(422, "out-of-bounds", "name"));
        assertThat(Problem.of(node.post(plan + "/retractions", "{\"version\":2,\"reason\":" + text(nothing) + "}")))
                .isEqualTo(problem(422, "out-of-bounds", "reason"));
        assertThat(Problem.of(
                        node.post("/api/accounts", json("username", "somebody", "name", nothing, "role", "auditor"))))
                .isEqualTo(problem(422, "out-of-bounds", "name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in \u202eecivres",
                "\u202abuses\u202c",
                "buses\u200f!",
                "\u2067buses",
                "buses\u2069",
                "bu\u2060ses",
                "bu\u00adses",
                "bu\udb40\udc41ses"
            })
    void a_name_holds_nothing_unseen_and_turns_nothing_around(String name) {
        var plan = opened("overrides");
        assertThat(Problem.of(node.post(plan + "/milestones", json("milestone", "m", "title", name))))
                .isEqualTo(problem(422, "out-of-bounds", "title"));
        assertThat(Problem.of(node.post(plan + "/status-reports", json("narrative", name))))
                .isEqualTo(problem(422, "out-of-bounds", "narrative"));
        assertThat(Problem.of(
                        node.post("/api/accounts", json("username", "x1", "role", "auditor", "organisation", name))))
                .isEqualTo(problem(422, "out-of-bounds", "organisation"));
    }

    @ParameterizedTest
    @CsvSource({
        "' Cafe\u0301\u200b\u00a0', Caf\u00e9",
        "ភ្នំ\u200bពេញ, ភ្នំ\u200bពេញ",
        "ကျွန်\u200cတော်, ကျွန်\u200cတော်",
        "'\u2067שלום\u2069', '\u2067שלום\u2069'",
        "👩\u200d🚒 ❤\ufe0f, 👩\u200d🚒 ❤\ufe0f"
    })
    void a_text_is_kept_in_one_spelling(String sent, String kept) {
        var plan = opened("spelling" + Math.floorMod(sent.hashCode(), 100_000));
        node.post(plan + "/milestones", json("milestone", "m", "title", sent));
        assertThat(node.read(plan + "/milestones/m").path("title").asString()).isEqualTo(kept);
        var amended = "{\"organisations\":[{\"name\":" + text(sent) + "}],\"narrative\":" + text(sent) + "}";
        node.post(plan + "/milestones/m/met", amended);
        assertThat(node.read(plan + "/history?limit=200").path("items").toString())
                .contains("\"name\":" + text(kept), "\"narrative\":" + text(kept));
    }

    @Test
    void a_person_is_called_as_they_are_kept() {
        var opened = node.post(
                "/api/accounts",
                json(
                        "username",
                        "cafe",
                        "name",
                        " Cafe\u0301\u200b",
                        "role",
                        "auditor",
                        "organisation",
                        "\ufeffAudit "));
        var account = Node.json(opened);
        assertThat(account.path("name").asString()).isEqualTo("Caf\u00e9");
        assertThat(account.path("organisation").asString()).isEqualTo("Audit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "deflate", "br", "identity, gzip"})
    void a_coded_body_is_not_read_and_the_answer_says_what_is(String coding) throws IOException {
        var plan = opened("coded");
        var before = facts(node);
        var answer = node.send(node.request(plan + "/status", "Content-Encoding", coding)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(gzip(ENDORSED))));
        assertThat(Problem.of(answer)).isEqualTo(problem(415, "unsupported-media-type"));
        assertThat(answer.headers().firstValue("Accept-Encoding")).hasValue("identity");
        assertThat(answer.body()).contains("Content-Encoding");
        assertThat(facts(node)).isEqualTo(before);
    }

    @Test
    void neither_is_a_coded_form_and_a_body_that_is_not_coded_is() throws IOException {
        var token = node.send(HttpRequest.newBuilder(node.uri("/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip("grant_type=client_credentials"))));
        assertThat(token.statusCode()).isEqualTo(415);
        assertThat(token.headers().firstValue("Accept-Encoding")).hasValue("identity");
        assertThat(node.post(opened("uncoded") + "/status", ENDORSED, "Content-Encoding", "identity")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"iso-8859-1", "UTF-16", "us-ascii", "klingon"})
    void json_is_utf_8_whatever_the_type_says(String charset) {
        var plan = opened("charset");
        var bytes = "{\"status\":\"endorsed\",\"title\":\"Café\"}"
                .getBytes(Charset.isSupported(charset) ? Charset.forName(charset) : StandardCharsets.UTF_8);
        var answer = node.send(node.request(plan + "/status", "Content-Type", "application/json; charset=" + charset)
                .POST(BodyPublishers.ofByteArray(bytes)));
        assertThat(Problem.of(answer)).isEqualTo(problem(415, "unsupported-media-type"));
        assertThat(answer.headers().firstValue("Accept")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "UTF-8", "\"utf-8\""})
    void utf_8_may_be_said(String charset) {
        var plan = opened("utf8" + charset.length() + charset.charAt(0) % 7);
        assertThat(node.post(plan + "/status", ENDORSED, "Content-Type", "application/json; charset=" + charset)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void lines_of_a_header_are_one_list() {
        var plan = opened("lists");
        assertThat(Problem.of(node.post(plan + "/status", ENDORSED, "If-Match", "\"1\"", "If-Match", "\"7\"")))
                .isEqualTo(Problem.of(node.post(plan + "/status", ENDORSED, "If-Match", "\"1\", \"7\"")))
                .isEqualTo(problem(400, "malformed", "If-Match"));
        assertThat(node.post(plan + "/status", ENDORSED, "Accept", "text/html", "Accept", "application/json")
                        .statusCode())
                .isEqualTo(200);
        var waited = node.post(
                plan + "/status", "{\"status\":\"in-progress\"}", "Prefer", "return=minimal", "Prefer", "wait=20");
        assertThat(waited.headers().firstValue("Preference-Applied")).hasValue("wait");
        var tag = node.get(plan).headers().firstValue("ETag").orElseThrow();
        assertThat(node.get(plan, "If-None-Match", "\"none\"", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(node.get(plan, "If-None-Match", "\"none\", " + tag).statusCode());
    }

    @Test
    void the_same_version_twice_is_one_version() {
        var plan = opened("twice");
        assertThat(node.post(plan + "/status", ENDORSED, "If-Match", "\"1\"", "If-Match", "\"1\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_request_has_one_key() {
        var plan = opened("keys");
        var before = facts(node);
        var refused = problem(400, "malformed", KEY);
        assertThat(List.of(
                        Problem.of(node.post(plan + "/status", ENDORSED, KEY, "a", KEY, "b")),
                        Problem.of(node.post(plan + "/status", ENDORSED, KEY, "a, b")),
                        Problem.of(node.post(plan + "/status", ENDORSED, KEY, "a", KEY, "a")),
                        Problem.of(node.post(plan + "/status", ENDORSED, KEY, "a,a"))))
                .containsOnly(refused);
        assertThat(facts(node)).isEqualTo(before);
        assertThat(node.post(plan + "/status", ENDORSED, KEY, "\"a, b\"").statusCode())
                .as("a quoted key is one")
                .isEqualTo(200);
    }

    @Test
    void what_a_header_can_say_once_is_not_said_twice() {
        var plan = opened("single");
        var typed = node.send(node.request(plan + "/status")
                .header("Content-Type", "application/json")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(ENDORSED)));
        assertThat(Problem.of(typed)).isEqualTo(problem(400, "malformed", "Content-Type"));
        var bearer = node.bearer("secretariat");
        var asked = node.get(plan, "Authorization", bearer, "Authorization", node.bearer("auditor"));
        assertThat(Problem.of(asked)).isEqualTo(problem(400, "malformed", "Authorization"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/status | {'on':'2024'} | status",
                "/status | {'on':2024} | status,on",
                "/status | {'on':'2999'} | status,on",
                "/milestones | {'milestone':'m'} | title",
                "/milestones | {'milestone':'m','weight':0} | title,weight",
                "/retractions | {'version':2} | reason",
                "/retractions | {'reason':'x'} | version",
                "/partnerships | {'partnership':'p','title':'P','status':'agreed'} | organisations",
                "/milestones/m/reschedule | {} | due"
            })
    void what_is_missing_is_missing_in_the_same_way_alone_or_beside_others(String path, String body, String fields) {
        var plan = opened("missing");
        var answer = Problem.of(node.post(plan + path, body.replace('\'', '"')));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fields()).containsExactlyInAnyOrder(fields.split(","));
    }

    @Test
    void neither_is_a_missing_role_or_password_another_thing() {
        assertThat(Problem.of(node.post("/api/accounts", json("username", "nobody"))))
                .isEqualTo(problem(400, "malformed", "role"));
        assertThat(Problem.of(node.post("/api/account/password", json("changed", "long enough a password"))))
                .isEqualTo(problem(400, "malformed", "current"));
    }

    @Test
    void a_link_is_kept_as_it_was_given() {
        var plan = opened("links");
        for (var link : List.of("https://เทศบาลนครภูเก็ต.ไทย/cctv", "HTTPS://example.org/cafe\u0301")) {
            var report = "{\"narrative\":\"Seen\",\"evidence\":[{\"url\":" + text(link) + "}]}";
            var at = version(node.post(plan + "/status-reports", report));
            assertThat(node.read(plan + "/timeline?order=desc&limit=1")
                            .path("items")
                            .path(0)
                            .path("version")
                            .asLong())
                    .isEqualTo(at);
            assertThat(node.read(plan + "/timeline?order=desc&limit=1")
                            .path("items")
                            .toString())
                    .contains(text(link));
        }
        var refused = node.post(
                plan + "/status-reports",
                "{\"narrative\":\"Seen\",\"evidence\":[{\"url\":\"https://user:password@example.org/\"}]}");
        assertThat(Problem.of(refused)).isEqualTo(problem(422, "out-of-bounds", "evidence[0].url"));
        assertThat(refused.body()).contains("user").doesNotContain("password@");
    }

    private static String opened(String plan) {
        var path = "/api/plans/" + plan;
        return node.get(path).statusCode() == 200 ? path : open(node, plan);
    }

    private static String json(String... namesAndValues) {
        var object = JsonMapper.shared().createObjectNode();
        for (var i = 0; i < namesAndValues.length; i += 2) object.put(namesAndValues[i], namesAndValues[i + 1]);
        return object.toString();
    }

    private static String text(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
