package milepost.api.http;

import static milepost.api.http.Edge.facts;
import static milepost.api.http.Edge.open;
import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import milepost.api.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal is a problem in RFC 9457's form that says what to mend, and stores nothing. */
class ProblemsIT {
    private static final String PLAN = "/api/plans/lakeside";

    private static Node node;

    private long facts;

    @BeforeAll
    static void start() {
        node = Node.empty();
        open(node, "lakeside");
        node.post(PLAN + "/milestones", "{\"milestone\":\"buses\",\"title\":\"Buses\",\"on\":\"2019\"}");
        node.awaitProjections();
    }

    @BeforeEach
    void count() {
        facts = facts(node);
    }

    @AfterEach
    void nothing_was_stored() {
        assertThat(facts(node)).isEqualTo(facts);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Problem posted(String path, String body) {
        return Problem.of(node.post(PLAN + path, body));
    }

    private static HttpResponse<String> call(String method, String path, String... headers) {
        return node.send(node.request(path, headers).method(method, BodyPublishers.noBody()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/plans/none",
                "/api/plans/none/timeline",
                "/api/plans/none/history",
                "/api/plans/none/history?format=ndjson",
                "/api/plans/none/projects/1",
                "/api/plans/none?version=1",
                "/api/plans/none?asOf=2020-01-01T00:00:00Z",
                "/api/plans/none?on=2020-01-01",
                "/api/plans/Lakeside",
                "/api/plans/lakeside%20",
                "/api/plans/%E0%B8%A0%E0%B8%B9%E0%B9%80%E0%B8%81%E0%B9%87%E0%B8%95",
                "/api/plans/'%20or%20true--"
            })
    void there_is_no_such_plan(String path) {
        assertThat(Problem.of(node.get(path))).isEqualTo(problem(404, "plan-unknown"));
    }

    @Test
    void there_is_no_plan_of_a_very_long_name_either() {
        assertThat(Problem.of(node.get("/api/plans/" + "a".repeat(6_000)))).isEqualTo(problem(404, "plan-unknown"));
        assertThat(Problem.of(node.post("/api/plans/" + "a".repeat(6_000) + "/status", "{\"status\":\"endorsed\"}"))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/projects/9, project-unknown",
        "/milestones/none, milestone-unknown",
        "/milestones/Buses, milestone-unknown",
        "/partnerships/none, partnership-unknown"
    })
    void there_is_no_such_part(String path, String code) {
        assertThat(Problem.of(node.get(PLAN + path))).isEqualTo(problem(404, code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/status | {'status':'endorsed'} | plan-unknown | none",
                "/projects/9/phase | {'phase':'preparation'} | project-unknown | lakeside",
                "/milestones | {'milestone':'m','title':'M','project':'9'} | project-unknown | lakeside",
                "/milestones/none/met | {} | milestone-unknown | lakeside",
                "/milestones/BUSES/met | {} | milestone-unknown | lakeside",
                "/partnerships/none/status | {'status':'ended'} | partnership-unknown | lakeside",
                "/officers/none/relieve | {} | officer-unknown | lakeside"
            })
    void what_is_unknown_cannot_be_written_to(String path, String body, String code, String plan) {
        assertThat(Problem.of(node.post("/api/plans/" + plan + path, body.replace('\'', '"'))))
                .isEqualTo(problem(404, code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nothing", "/api/plans/", "/api/plans/lakeside/nothing"})
    void there_is_nothing_at_this_path(String path) {
        assertThat(Problem.of(node.get(path))).isEqualTo(problem(404, "not-found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/plans/lakeside%2Fhistory", "/api/plans/..%2flakeside", "/api/plans/%ff", "/api/plans/%00"})
    void a_path_that_the_server_cannot_read_is_a_problem_too(String path) {
        assertThat(Problem.of(node.get(path))).isEqualTo(problem(400, "bad-request"));
    }

    @Test
    void headers_too_long_are_a_problem_too() {
        assertThat(Problem.of(node.get(PLAN, "X-Long", "x".repeat(20_000)))).isEqualTo(problem(400, "bad-request"));
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/plans/lakeside",
        "PUT, /api/plans",
        "PATCH, /api/plans/lakeside/status",
        "PUT, /api/plans/lakeside/milestones",
        "GET, /api/plans/lakeside/milestones/buses/met",
        "POST, /api/plans/lakeside/timeline",
        "POST, /api/network"
    })
    void what_a_path_does_not_do_is_refused_and_says_what_it_does(String method, String path) {
        var response = call(method, path, "Content-Type", "application/json");
        assertThat(Problem.of(response)).isEqualTo(problem(405, "method-not-allowed"));
        assertThat(response.headers().firstValue("Allow")).isPresent();
    }

    @Test
    void head_answers_as_get_does_without_a_body() {
        var head = call("HEAD", PLAN);
        var get = node.get(PLAN);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag"))
                .hasValueSatisfying(etag -> assertThat(etag).startsWith("\"2-"));
        assertThat(head.headers().firstValue("Content-Length"))
                .hasValue(Integer.toString(get.body().getBytes(StandardCharsets.UTF_8).length));
        assertThat(call("HEAD", "/api/plans/none").statusCode()).isEqualTo(404);
    }

    @Test
    void options_says_what_a_path_does() {
        var options = call("OPTIONS", PLAN);
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("Allow").orElse("").split(","))
                .containsExactlyInAnyOrder("GET", "HEAD", "OPTIONS");
        assertThat(options.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/plans",
                "/api/plans/lakeside",
                "/api/plans/lakeside/timeline",
                "/api/plans/lakeside/history",
                "/api/network"
            })
    void what_is_read_is_json_or_nothing(String path) {
        assertThat(Problem.of(node.get(path, "Accept", "text/csv"))).isEqualTo(problem(406, "not-acceptable"));
    }

    @Test
    void problems_reach_those_who_take_no_json_as_well() {
        assertThat(Problem.of(node.get("/api/plans/none", "Accept", "text/html")))
                .isEqualTo(problem(404, "plan-unknown"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/x-ndjson", "nonsense"})
    void who_takes_no_receipt_records_nothing(String accept) {
        assertThat(Problem.of(node.post(PLAN + "/status", "{\"status\":\"endorsed\"}", "Accept", accept)))
                .isEqualTo(problem(406, "not-acceptable"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/milestones | {'milestone':'buses','title':'Trams'} | milestone-exists",
                "/status | {'status':'draft'} | plan-no-draft-again",
                "/milestones/buses/reschedule | {'due':'2029','on':'2001'} | fact-before-beginning",
                "/milestones/buses/met | {'on':'2001-01-01'} | fact-before-beginning",
                "/retractions | {'version':1,'reason':'x'} | opening-stays"
            })
    void what_a_rule_refuses_is_a_conflict(String path, String body, String code) {
        assertThat(posted(path, body.replace('\'', '"'))).isEqualTo(problem(409, code));
    }

    @Test
    void a_plan_that_is_open_cannot_be_opened_otherwise() {
        assertThat(
                        Problem.of(
                                node.post(
                                        "/api/plans",
                                        "{\"plan\":\"lakeside\",\"city\":\"Other\",\"countryCode\":\"SG\",\"from\":\"2018\",\"to\":\"2025\"}")))
                .isEqualTo(problem(409, "plan-exists"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "application/yaml",
                "multipart/form-data"
            })
    void a_body_that_is_no_json_by_its_type_is_not_read(String type) {
        assertThat(Problem.of(node.post(PLAN + "/status", "{\"status\":\"endorsed\"}", "Content-Type", type)))
                .isEqualTo(problem(415, "unsupported-media-type"));
    }

    @Test
    void a_body_without_a_type_is_not_read() {
        assertThat(Problem.of(call("POST", PLAN + "/status"))).isEqualTo(problem(415, "unsupported-media-type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "7",
                "{",
                "{} {}",
                "{}x",
                "{'status':'endorsed'}",
                "{\"status\":\"endorsed\",}",
                "{\"status\":\"endorsed\",\"status\":\"endorsed\"}",
                "{\"status\":\"endorsed\",\"evidence\":[{\"url\":\"https://a.b\",\"url\":\"https://a.b\"}]}",
                "// comment\n{\"status\":\"endorsed\"}",
                "{\"status\":NaN}",
                "\uFEFF\uFEFF{}"
            })
    void a_body_that_is_no_json_object_is_malformed(String body) {
        assertThat(posted("/status", body)).isEqualTo(problem(400, "malformed"));
    }

    @Test
    void a_duplicate_key_is_named() {
        assertThat(node.post(PLAN + "/status", "{\"status\":\"endorsed\",\"status\":\"closed\"}")
                        .body())
                .contains("\\\"status\\\"", "line 1");
    }

    @Test
    void bytes_that_are_no_utf_8_are_malformed() {
        var bytes = "{\"status\":\"endorsed\",\"title\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Problem.of(node.send(node.request(PLAN + "/status")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(bytes)))))
                .isEqualTo(problem(400, "malformed"));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 499, 501, 30_000})
    void deep_nesting_is_malformed(int depth) {
        var body = "{\"milestone\":\"m\",\"title\":\"M\",\"evidence\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        var problem = posted("/milestones", body);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("malformed");
    }

    /** Naming each costs another look at the body, which somebody could ask for on purpose. */
    @Test
    @Timeout(30)
    void of_thousands_of_bad_entries_the_first_are_named() {
        var entries = "1,".repeat(30_000) + "1";
        var answer =
                node.post(PLAN + "/milestones", "{\"milestone\":\"m\",\"title\":\"M\",\"evidence\":[" + entries + "]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Node.json(answer).path("errors").size()).isEqualTo(100);
    }

    @Test
    void all_bad_fields_are_named_at_once_malformed_and_out_of_bounds_together() {
        assertThat(Problem.of(node.post("/api/plans", """
                {"plan":"No Slug","nmae":1,"city":" ","countryCode":"XX","capital":"yes","latitude":91,
                 "longitude":"east","from":"2018-13","on":"2999","basis":"rumour","evidence":[{"url":"ftp://x"}]}"""))).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.code()).isEqualTo("malformed");
            assertThat(problem.fields())
                    .containsExactlyInAnyOrder(
                            "plan",
                            "nmae",
                            "city",
                            "countryCode",
                            "capital",
                            "latitude",
                            "longitude",
                            "from",
                            "to",
                            "on",
                            "basis",
                            "evidence[0].url");
        });
    }

    @Test
    void all_fields_missing_or_out_of_bounds_are_named_at_once() {
        assertThat(posted("/partnerships", """
                {"partnership":"P","title":"%s","programme":"No slug","amount":{"amount":-1,"currency":"XXXX"},
                 "organisations":[{"name":"A"},{"name":"","countryCode":"UK"}],"on":"2999-01-01"}""".formatted("t".repeat(201)))).satisfies(problem -> {
            assertThat(problem.status()).as("the status is missing").isEqualTo(400);
            assertThat(problem.code()).isEqualTo("malformed");
            assertThat(problem.fields())
                    .containsExactlyInAnyOrder(
                            "partnership",
                            "title",
                            "programme",
                            "status",
                            "amount.amount",
                            "amount.currency",
                            "organisations[1].name",
                            "organisations[1].countryCode",
                            "on");
        });
    }

    @Test
    void entries_of_a_list_are_named_by_their_own_numbers() {
        assertThat(posted("/milestones", """
                {"milestone":"m","title":"M","organisations":[null,{"name":"A"},7,{"name":"B","kind":"club"},{"name":""}]}""").fields())
                .contains("organisations[0]", "organisations[2]", "organisations[3].kind", "organisations[4].name")
                .noneMatch(field -> field.startsWith("organisations[1]"));
        assertThat(posted(
                                "/projects",
                                "{\"project\":\"p\",\"title\":\"P\",\"focusAreas\":[null,\"built-infrastructure\",{}]}")
                        .fields())
                .contains("focusAreas[0]", "focusAreas[2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/status | {'status':'endorsed','statsu':1} | statsu",
                "/status | {'status':1} | status",
                "/status | {'status':true} | status",
                "/status | {'status':['endorsed']} | status",
                "/status | {'status':'ENDORSED'} | status",
                "/status | {'status':'endorsed','title':7} | title",
                "/status | {'status':'endorsed','title':true} | title",
                "/status | {'status':'endorsed','title':{}} | title",
                "/status | {'status':'endorsed','on':2019} | on",
                "/status | {'status':'endorsed','on':''} | on",
                "/status | {'status':'endorsed','on':'2019-02-29'} | on",
                "/status | {'status':'endorsed','on':'0999'} | on",
                "/status | {'status':'endorsed','evidence':{}} | evidence",
                "/status | {'status':'endorsed','evidence':['https://a.b']} | evidence[0]",
                "/status | {'status':'endorsed','evidence':[{'url':'https://a.b','link':1}]} | evidence[0].link",
                "/milestones | {'milestone':'m','title':'M','weight':'3'} | weight",
                "/milestones | {'milestone':'m','title':'M','weight':1.5} | weight",
                "/milestones | {'milestone':'m','title':'M','weight':99999999999} | weight",
                "/milestones | {'milestone':5,'title':'M'} | milestone",
                "/milestones | {'milestone':'m','title':'M','metOn':'2019','due':'2020'} | metOn",
                "/milestones/buses/partially-met | {'share':'0.5'} | share",
                "/retractions | {'version':99999999999999999999,'reason':'x'} | version",
                "/retractions | {'version':2.5,'reason':'x'} | version",
                "/status | {} | status",
                "/status | {'status':null} | status",
                "/milestones/buses/partially-met | {} | share",
                "/milestones/buses/withdraw | {} | reason",
                "/projects/none/withdraw | {} | reason",
                "/retractions | {'reason':'x'} | version",
                "/retractions | {'version':2,'reason':null} | reason"
            })
    void a_field_that_cannot_be_read_is_named(String path, String body, String field) {
        assertThat(posted(path, body.replace('\'', '"'))).isEqualTo(problem(400, "malformed", field));
    }

    @Test
    void a_contradiction_hides_nothing_else() {
        assertThat(posted(
                                "/milestones",
                                "{\"milestone\":\"m\",\"metOn\":\"2019\",\"due\":\"2020\",\"weight\":0,\"tittle\":\"M\"}")
                        .fields())
                .containsExactlyInAnyOrder("metOn", "title", "tittle", "weight");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/status | {'status':'endorsed','on':'2999'} | on",
                "/status | {'status':'endorsed','title':''} | title",
                "/status | {'status':'endorsed','title':'a\\u0000b'} | title",
                "/status | {'status':'endorsed','title':'\\ud83d'} | title",
                "/milestones | {'milestone':'m','title':'M','weight':0} | weight",
                "/milestones | {'milestone':'m','title':'M','weight':1001} | weight",
                "/status-reports | {} | narrative",
                "/status-reports | {'title':'June','evidence':[{'url':'https://a.b'}]} | narrative",
                "/status | {'status':'completed'} | reason",
                "/milestones/buses/partially-met | {'share':1} | share",
                "/milestones/buses/partially-met | {'share':1e-999999999} | share",
                "/retractions | {'version':-1,'reason':'x'} | version",
                "/retractions | {'version':99,'reason':'x'} | version",
                "/retractions | {'version':4294967298,'reason':'x'} | version"
            })
    void a_field_out_of_bounds_is_named(String path, String body, String field) {
        assertThat(posted(path, body.replace('\'', '"'))).isEqualTo(problem(422, "out-of-bounds", field));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/plans?contry=TH, contry",
        "/api/plans?limit=2&limit=3, limit",
        "/api/plans?limit=many, limit",
        "/api/plans?limit=99999999999, limit",
        "/api/plans?overdue=perhaps, overdue",
        "/api/plans?country=T%00H, country",
        "/api/plans/lakeside?at=2020, at",
        "/api/plans/lakeside?asOf=2020-01-32, asOf",
        "/api/plans/lakeside?asOf=20, asOf",
        "/api/plans/lakeside?asOf=now, asOf",
        "/api/plans/lakeside?on=20, on",
        "/api/plans/lakeside?on=2020-02-30, on",
        "/api/plans/lakeside?version=one, version",
        "/api/plans/lakeside?on=2020-01-01&on=2020-01-01, on",
        "/api/plans/lakeside/milestones/buses?limit=1, limit",
        "/api/plans/lakeside/timeline?sort=on, sort",
        "/api/plans/lakeside/history?asOf=2020-01-01T00:00:00Z, asOf",
        "/api/network?version=1, version",
        "/api/cities?country=TH, country",
        "/api/framework?x, x"
    })
    void a_parameter_that_cannot_be_read_is_named(String path, String parameter) {
        assertThat(Problem.of(node.get(path))).isEqualTo(problem(400, "malformed", parameter));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/plans?contry=TH | contry | did you mean 'country'?",
                "/api/plans/lakeside/timeline?oder=desc | oder | did you mean 'order'?",
                "/api/cities?country=TH | country | no parameter is taken",
                "/api/framework?x | x | no parameter is taken",
                "/api/plans?limit=2&limit=3 | limit | give it once",
                "/api/plans?overdue=perhaps | overdue | true",
                "/api/plans?limit=many | limit | such as 17",
                "/api/plans/lakeside/changes | from | A version (v17)",
                "/api/plans?sort=citty | sort | did you mean 'city'?",
                "/api/plans?status=endorsd | status | did you mean 'endorsed'?",
                "/api/plans?focusArea=built-infrastructur | focusArea | did you mean 'built-infrastructure'?",
                "/api/plans/lakeside/progress?every=quater | every | did you mean 'quarter'?"
            })
    void a_message_says_what_is_wanted(String path, String parameter, String told) {
        var errors = Node.json(node.get(path)).path("errors");
        assertThat(errors.path(0).path("field").asString()).isEqualTo(parameter);
        assertThat(errors.path(0).path("message").asString()).contains(told).doesNotContain("none");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/plans/lakeside/changes, from",
        "/api/plans/lakeside/changes?to=v2, from",
        "/api/plans/lakeside/changes?form=v1, form from",
        "/api/plans/lakeside/changes?asOf=soon&x=1, x from",
        "/api/plans/none/changes, from",
        "/api/network/changes?to=now&to=now, to from",
        "/audit/proof/inclusion, plan version",
        "/audit/proof/inclusion?plan=none, version",
        "/audit/proof/consistency?to=1&x=2, x from"
    })
    void a_missing_parameter_has_the_same_status_alone_and_beside_others(String path, String parameters) {
        assertThat(Problem.of(node.get(path))).isEqualTo(problem(400, "malformed", parameters.split(" ")));
    }

    @Test
    void a_write_takes_no_parameters() {
        assertThat(posted("/status?dryRun=true", "{\"status\":\"endorsed\"}"))
                .isEqualTo(problem(400, "malformed", "dryRun"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/plans?country=th%FF", "/api/plans?%FF=1"})
    void parameters_that_are_no_utf_8_are_malformed(String path) {
        assertThat(Problem.of(node.get(path))).isEqualTo(problem(400, "malformed"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/plans?limit=0, limit",
        "/api/plans?limit=201, limit",
        "/api/plans?limit=-1, limit",
        "/api/plans?sort=population, sort",
        "/api/plans?sort=--plan, sort",
        "/api/plans?status=open, status",
        "/api/plans?focusArea=parks, focusArea",
        "/api/plans/lakeside/timeline?order=down, order",
        "/api/plans/lakeside/timeline?limit=0, limit",
        "/api/plans/lakeside/history?limit=201, limit",
        "/api/plans/lakeside/history?format=csv, format",
        "/api/plans/lakeside?version=0, version",
        "/api/plans/lakeside?version=3, version",
        "/api/plans/lakeside/timeline?version=3, version",
        "/api/plans/lakeside/milestones/buses?version=3, version",
        "/api/plans/lakeside?version=1&asOf=2020-01-01T00:00:00Z, version",
        "/api/plans/lakeside?asOf=2999-01-01T00:00:00Z, asOf",
        "/api/plans/lakeside/timeline?asOf=2999-01-01T00:00:00Z, asOf",
        "/api/network?asOf=2999-01-01T00:00:00Z, asOf"
    })
    void a_parameter_out_of_bounds_is_named(String path, String parameter) {
        assertThat(Problem.of(node.get(path))).isEqualTo(problem(422, "out-of-bounds", parameter));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "%25%25",
                "lakeside x",
                "2019-01-01 x",
                "2019-13-01 1",
                "+999999999-01-01 1",
                "1e999999999 x",
                "NaN x",
                "a\u0000 x",
                "1 \u0000",
                " "
            })
    void a_cursor_that_no_page_gave_is_refused_whatever_it_says(String said) {
        var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(said.getBytes(StandardCharsets.UTF_8));
        var refused = problem(422, "out-of-bounds", "after");
        assertThat(Problem.of(node.get("/api/plans?sort=progress&after=" + cursor)))
                .isEqualTo(refused);
        assertThat(Problem.of(node.get(PLAN + "/timeline?after=" + cursor))).isEqualTo(refused);
        assertThat(Problem.of(node.get(PLAN + "/history?after=" + cursor))).isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "$$$$", "%25", "é"})
    void a_cursor_that_is_no_base64_is_refused(String cursor) {
        var encoded = URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        assertThat(Problem.of(node.get("/api/plans?after=" + encoded)))
                .isEqualTo(problem(422, "out-of-bounds", "after"));
    }
}
