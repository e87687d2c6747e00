package milepost.api.write;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import milepost.api.Node;
import milepost.api.Somebody;
import milepost.api.TestServer;
import milepost.api.http.Problem;
import milepost.api.identity.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an opening said wrongly is told better, and every node goes by it at once. */
class CharterIT {
    private static Node node;
    private static Node other;

    /** Both nodes are reached at one address, so that each takes the other's tokens. */
    private static final String[] SETTINGS = {"milepost.dataset=none", "milepost.url=http://127.0.0.1:8080"};

    @BeforeAll
    static void start() {
        var database = TestServer.createDatabase();
        node = Node.on(database, SETTINGS);
        other = Node.on(database, SETTINGS);
    }

    @AfterAll
    static void stop() {
        other.close();
        node.close();
    }

    private static String opened(String plan, String city, String code) {
        var opened = node.post("/api/plans", """
                {"plan":"%s","title":"Plan","city":"%s","countryCode":"%s","from":"2018","to":"2025","on":"2018"}""".formatted(plan, city, code));
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        return "/api/plans/" + plan;
    }

    private static HttpResponse<String> amend(String plan, String body) {
        return node.post(plan + "/amend", body);
    }

    private static void amended(String plan, String body) {
        var answer = amend(plan, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            from        | "2019-04"         | "2018"
            to          | "2030"            | "2025"
            title       | "The plan"        | "Plan"
            city        | "Chonburi City"   | "Chonburi"
            countryCode | "VN"              | "TH"
            capital     | true              | null
            latitude    | 13.36             | null
            """)
    void a_value_of_the_opening_is_told_better_from_the_beginning(String field, String right, String wrong) {
        var plan = opened("told-" + field.toLowerCase(Locale.ROOT), "Chonburi", "TH");
        amended(plan, "{\"%s\":%s,\"reason\":\"misread\"}".formatted(field, right));
        assertThat(node.read(plan).path(field).toString()).isEqualTo(right);
        assertThat(node.read(plan + "?on=2018-06").path(field).toString()).isEqualTo(right);
        assertThat(node.read(plan + "?version=1").path(field).toString()).isEqualTo(wrong);
        assertThat(node.read(plan + "/timeline?order=desc&limit=1")
                        .path("items")
                        .path(0)
                        .path("text")
                        .asString())
                .startsWith("Plan amended: ");
        assertThat(node.read(plan + "/changes?from=v1&to=now")
                        .path("standing")
                        .path("what")
                        .toString())
                .contains("amended");
    }

    @Test
    void from_a_day_it_holds_from_that_day() {
        var plan = opened("prolonged", "Chonburi", "TH");
        amended(plan, "{\"to\":\"2030\",\"on\":\"2024-05\",\"reason\":\"prolonged by the council\"}");
        assertThat(node.read(plan + "?on=2024-04-30").path("to").asString()).isEqualTo("2025");
        assertThat(node.read(plan + "?on=2024-05-01").path("to").asString()).isEqualTo("2030");
        assertThat(node.read(plan).path("to").asString()).isEqualTo("2030");
    }

    @Test
    void lists_totals_and_labels_show_it() {
        var plan = opened("shown", "Savanakhet", "TH");
        amended(plan, "{\"city\":\"Savannakhet\",\"countryCode\":\"LA\"}");
        node.awaitProjections();
        var listed = node.read("/api/plans?country=LA").path("items");
        assertThat(listed.valueStream().map(item -> item.path("city").asString()))
                .contains("Savannakhet");
        assertThat(node.read("/api/network")
                        .path("countries")
                        .path("Lao PDR")
                        .path("plans")
                        .asInt())
                .isPositive();
        assertThat(node.scrape())
                .anyMatch(line -> line.contains("city=\"Savannakhet\",country=\"Lao PDR\",plan=\"shown\""))
                .noneMatch(line -> line.contains("Savanakhet"));
    }

    /** The officer of the wrong city is shut out and that of the right one let in, where the fact was not recorded too. */
    @Test
    void rights_by_city_follow_the_latest_record_on_every_node() {
        var plan = opened("whose", "Krabi", "TH");
        var wrong = Somebody.of(node, Role.CSCO, Set.of("krabi"), null).bearer();
        var right = Somebody.of(node, Role.CSCO, Set.of("trang"), null).bearer();
        for (var each : new Node[] {node, other}) {
            assertThat(report(each, plan, wrong)).isEqualTo(200);
            assertThat(report(each, plan, right)).isEqualTo(403);
        }
        amended(plan, "{\"city\":\"Trang\"}");
        for (var each : new Node[] {other, node}) {
            assertThat(report(each, plan, wrong)).isEqualTo(403);
            assertThat(report(each, plan, right)).isEqualTo(200);
            assertThat(each.get(plan + "/history", "Authorization", wrong).statusCode())
                    .isEqualTo(403);
            assertThat(each.get(plan + "/history", "Authorization", right).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void so_do_rights_by_country() {
        var plan = opened("of-which-country", "Poipet", "TH");
        amended(plan, "{\"countryCode\":\"KH\"}");
        var wrong =
                Somebody.of(node, Role.NATIONAL_REPRESENTATIVE, Set.of(), "TH").bearer();
        var right =
                Somebody.of(node, Role.NATIONAL_REPRESENTATIVE, Set.of(), "KH").bearer();
        for (var each : new Node[] {other, node}) {
            assertThat(report(each, plan, wrong)).isEqualTo(403);
            assertThat(report(each, plan, right)).isEqualTo(200);
        }
        assertThat(node.post(plan + "/retractions", "{\"version\":2,\"reason\":\"it was right\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(report(other, plan, wrong)).isEqualTo(200);
        assertThat(report(other, plan, right)).isEqualTo(403);
    }

    private static int report(Node on, String plan, String bearer) {
        return on.post(
                        plan + "/status-reports",
                        "{\"health\":\"on-track\",\"narrative\":\"%s\"}".formatted(System.nanoTime()),
                        "Authorization",
                        bearer)
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csco-phuket", "thailand", "auditor"})
    void it_is_the_secretariats_to_tell(String account) {
        var plan = opened("secretariats-" + account, "Phuket", "TH");
        var asked = node.post(plan + "/amend", "{\"to\":\"2030\"}", "Authorization", node.bearer(account));
        assertThat(asked.statusCode()).isEqualTo(403);
        amended(plan, "{\"to\":\"2030\"}");
        var undone = node.post(
                plan + "/retractions", "{\"version\":2,\"reason\":\"r\"}", "Authorization", node.bearer(account));
        assertThat(undone.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"from":"2026"}                    | from
            {"to":"2017-12"}                   | to
            {"to":"2569"}                      | to
            {"from":"1204"}                    | from
            {"to":"2030","on":"2017"}          | on
            {"countryCode":"UK"}               | countryCode
            {"city":" "}                       | city
            {"latitude":91}                    | latitude
            {"reason":"only a reason"}         | title
            """)
    void what_makes_no_sense_is_refused_at_its_field(String body, String field) {
        var plan = opened("refused-" + Integer.toHexString(body.hashCode()), "Phuket", "TH");
        assertThat(Problem.of(amend(plan, body))).isEqualTo(problem(422, "out-of-bounds", field));
    }

    @Test
    void the_same_again_is_no_news_and_what_is_so_already_is_refused() {
        var plan = opened("again", "Phuket", "TH");
        amended(plan, "{\"to\":\"2030\"}");
        var again = amend(plan, "{\"to\":\"2030\"}");
        assertThat(again.headers().firstValue("ETag")).hasValue("\"2\"");
        assertThat(Problem.of(amend(plan, "{\"to\":\"2030\",\"reason\":\"again\"}")))
                .isEqualTo(problem(409, "already-recorded"));
    }
}
