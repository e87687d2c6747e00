package milepost.api.read;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import milepost.api.Node;
import milepost.api.SharedNode;
import milepost.api.http.Problem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Evidence that names a document of the network says what that is, and leads to it. */
@ExtendWith(SharedNode.class)
@TestInstance(Lifecycle.PER_CLASS)
class DocumentsIT {
    private static final String PLAN = "/api/plans/documented";
    private static final String NAMED = "001_b33f537ef8695674.txt";

    private final Node node;

    DocumentsIT(Node node) {
        this.node = node;
    }

    @BeforeAll
    void something_is_claimed() {
        var evidence = "\"evidence\":[{\"url\":\"document:" + NAMED + "\"},{\"url\":\"https://example.org/a\"}]";
        recorded(node.post("/api/plans", """
                {"plan":"documented","city":"Lakeside","countryCode":"TH","from":"2018","to":"2025","on":"2018",%s}""".formatted(evidence)).statusCode());
        recorded(node.post(
                        PLAN + "/projects",
                        "{\"project\":\"1\",\"title\":\"Buses\",\"focusAreas\":[\"built-infrastructure\"],\"on\":\"2018\",%s}"
                                .formatted(evidence))
                .statusCode());
        recorded(node.post(
                        PLAN + "/milestones",
                        "{\"milestone\":\"a\",\"title\":\"A\",\"due\":\"2020\",\"on\":\"2018\",%s}".formatted(evidence))
                .statusCode());
    }

    private static void recorded(int status) {
        assertThat(status).isIn(200, 201);
    }

    @Test
    void each_document_of_the_list_is_there() {
        var documents = node.read("/api/documents").path("items");
        assertThat(documents.size()).isEqualTo(12);
        for (var document : documents) {
            assertThat(document.propertyNames())
                    .containsExactly("document", "title", "publisher", "date", "sha256", "address");
            assertThat(node.read("/api/documents/" + document.path("document").asString()))
                    .isEqualTo(document);
        }
    }

    @Test
    void where_it_was_found_is_told_where_it_is_known_and_never_made_up() {
        assertThat(node.read("/api/documents/ascn-concept-note").path("address").asString())
                .startsWith("https://asean.org/");
        assertThat(node.read("/api/documents/" + NAMED).path("address").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "001, did you mean '001_b33f537ef8695674.txt'?",
        "ascn-me-report-2052, did you mean 'ascn-me-report-20",
        "ascn-concept_note, did you mean 'ascn-concept-note'?",
        "nothing-like-it, known are 000_d959a7cc49d5b4ed.txt"
    })
    void of_one_that_is_unknown_it_is_told_which_are_known(String document, String told) {
        var answer = node.get("/api/documents/" + document);
        assertThat(Problem.of(answer)).isEqualTo(problem(404, "not-found"));
        assertThat(Node.json(answer).path("detail").asString())
                .contains("'" + document + "'", "ascn-me-report-2025", told);
    }

    @ParameterizedTest
    @CsvSource({
        "'', /projects/0/evidence",
        "'', /milestones/0/evidence",
        "/milestones/a, /evidence",
        "/milestones, /items/0/evidence",
        "/timeline, /items/0/evidence",
        "/timeline?version=3, /items/0/evidence",
        "/changes?from=2017-12-31&to=2019-12-31, /milestones/0/facts/0/evidence",
        "/replay, /items/0/fact/evidence"
    })
    void evidence_says_what_the_document_is_called_and_leads_to_it(String path, String place) {
        cited(node.read(PLAN + path).at(place));
    }

    @Test
    void so_it_does_in_a_stream_and_in_what_was_recorded_last() {
        var first = node.get(PLAN + "/replay?format=ndjson").body().lines().findFirst();
        cited(JsonMapper.shared().readTree(first.orElseThrow()).at("/fact/evidence"));
        node.awaitProjections();
        cited(node.read("/api/network/recorded?limit=200")
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("plan").asString().equals("documented")
                        && entry.path("version").asLong() == 1)
                .findFirst()
                .orElseThrow()
                .path("evidence"));
    }

    private void cited(JsonNode evidence) {
        var document = node.read("/api/documents/" + NAMED);
        assertThat(evidence.size()).isEqualTo(2);
        assertThat(evidence.path(0).path("url").asString()).isEqualTo("document:" + NAMED);
        assertThat(evidence.path(0).at("/document/title")).isEqualTo(document.path("title"));
        assertThat(node.read(evidence.path(0).at("/document/link").asString())).isEqualTo(document);
        assertThat(evidence.path(1).path("document").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "document:001_b33f537ef8695675.txt, did you mean '001_b33f537ef8695674.txt'?",
        "document:plan.pdf, with an id that GET /api/documents lists",
        "document:ascn-me-report-2026, did you mean 'ascn-me-report-202"
    })
    void what_no_document_is_called_is_refused_in_a_new_fact(String url, String told) {
        for (var path : new String[] {"/status-reports", "/milestones/a/met", "/projects/1/status-reports"}) {
            var answer = node.post(
                    PLAN + path,
                    "{\"narrative\":\"N\",\"on\":\"2019\",\"evidence\":[{\"url\":\"https://example.org/a\"},{\"url\":\"%s\"}]}"
                            .formatted(url));
            assertThat(Problem.of(answer)).isEqualTo(problem(422, "out-of-bounds", "evidence[1].url"));
            assertThat(Node.json(answer).at("/errors/0/message").asString()).contains(told);
        }
    }

    @Test
    void a_fact_that_names_another_from_before_stays_readable() {
        node.sql().sql("""
                        insert into event_log (event_id, stream, type, payload, metadata) values (gen_random_uuid(),
                            'plan/documented', 'PlanStatusReported', ?, '{}')""").param("""
                        {"plan":"documented","on":"2020","narrative":"N","evidence":[{"url":"document:gone.pdf"}]}""").update();
        var told = node.read(PLAN + "/timeline?order=desc&limit=1").at("/items/0/evidence/0");
        assertThat(told.path("url").asString()).isEqualTo("document:gone.pdf");
        assertThat(told.path("document").isNull()).isTrue();
        JsonNode report = node.read(PLAN).path("statusReport");
        assertThat(report.at("/evidence/0/url").asString()).isEqualTo("document:gone.pdf");
    }
}
