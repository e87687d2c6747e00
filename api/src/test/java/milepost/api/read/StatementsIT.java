package milepost.api.read;

import static milepost.api.http.Edge.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;
import milepost.api.Node;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is shown of a part over HTTP: one statement's day, words and office, and everybody's evidence. */
class StatementsIT {
    private static final String PLAN = "/api/plans/lakeside";

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.empty();
        open(node, "lakeside");
        record("/milestones", """
                {"milestone":"buses","title":"Buses","due":"2026","on":"2020",
                 "evidence":[{"url":"https://example.org/plan"}]}""");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void a_second_met_of_an_earlier_day_is_shown_whole() {
        record("/milestones/buses/met", """
                {"on":"2025-11-27","narrative":"The last one.","evidence":[{"url":"https://example.org/a"}]}""");
        record("/milestones/buses/met", """
                {"on":"2025-11-20","narrative":"All but one.","evidence":[{"url":"https://example.org/b"}]}""");
        var read = node.read(PLAN + "/milestones/buses");
        for (var milestone : List.of(read, listed())) {
            assertThat(milestone.path("metOn").asString()).isEqualTo("2025-11-20");
            assertThat(milestone.path("on").asString()).isEqualTo("2025-11-20");
            assertThat(milestone.path("narrative").asString()).isEqualTo("All but one.");
            assertThat(milestone.path("statement").asInt()).isEqualTo(4);
            assertThat(milestone.path("by").path("role").asString()).isEqualTo("secretariat");
            assertThat(milestone.path("by").path("subject").isNull()).isTrue();
            assertThat(milestone.path("claimedWithoutEvidence").asBoolean()).isFalse();
            assertThat(evidence(milestone))
                    .containsExactly(
                            "4 https://example.org/b", "3 https://example.org/a", "2 https://example.org/plan");
        }
        var then = node.read(PLAN + "/milestones/buses?version=3");
        assertThat(then.path("narrative").asString()).isEqualTo("The last one.");
        assertThat(evidence(then)).containsExactly("3 https://example.org/a", "2 https://example.org/plan");
    }

    /** As the rows have it, of which lists and totals are made. */
    private static JsonNode listed() {
        node.awaitProjections();
        var body = node.sql()
                .sql("select body from milestone where plan = 'lakeside' and id = 'buses'")
                .query(String.class)
                .single();
        return JsonMapper.shared().readTree(body);
    }

    private static List<String> evidence(JsonNode part) {
        return StreamSupport.stream(part.path("evidence").spliterator(), false)
                .map(one -> one.path("version").asInt() + " " + one.path("url").asString())
                .toList();
    }

    private static void record(String path, String body) {
        assertThat(node.post(PLAN + path, body).statusCode()).as(body).isIn(200, 201);
    }
}
