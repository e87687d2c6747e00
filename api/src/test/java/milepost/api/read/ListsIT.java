package milepost.api.read;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The parts of a plan, the network's events, and what was recorded last: in pages that hold while facts arrive. */
@ExtendWith(SharedNode.class)
@TestInstance(Lifecycle.PER_CLASS)
class ListsIT {
    private static final String PLAN = "/api/plans/listed";

    private final Node node;

    ListsIT(Node node) {
        this.node = node;
    }

    @BeforeAll
    void a_plan_with_parts() {
        open("listed");
        for (var id : List.of("1", "2")) {
            write("/projects", """
                    {"project":"%s","title":"P","focusAreas":["%s"],"on":"2018"}""".formatted(id, id.equals("1") ? "built-infrastructure" : "quality-environment"));
        }
        write("/projects/1/phase", "{\"phase\":\"preparation\",\"on\":\"2019\"}");
        for (var i = 0; i < 7; i++) {
            write("/milestones", """
                    {"milestone":"m%s","project":"%s","title":"M","due":"%s","on":"2018"}""".formatted(9 - i, i % 2 + 1, i < 3 ? 2020 : 2090));
        }
        write("/milestones/m9/met", "{\"on\":\"2019-06\"}");
        for (var status : List.of("proposed", "active")) {
            write("/partnerships", """
                    {"partnership":"%s","title":"T","status":"%s","organisations":[{"name":"O"}],"on":"2019"}""".formatted(status, status));
        }
        node.awaitProjections();
    }

    private void open(String plan) {
        assertThat(node.post("/api/plans", """
                        {"plan":"%s","city":"Lakeside","countryCode":"TH","from":"2018","to":"2025","on":"2018"}""".formatted(plan)).statusCode()).isEqualTo(201);
    }

    private void write(String path, String body) {
        assertThat(node.post(PLAN + path, body, "Prefer", "wait=10").statusCode())
                .isIn(200, 201);
    }

    private List<JsonNode> pages(String first) {
        var items = new ArrayList<JsonNode>();
        for (var path = first; !path.isEmpty(); ) {
            var page = node.read(path);
            page.path("items").forEach(items::add);
            path = page.path("next").asString("");
            assertThat(items.size()).as("pages that do not end").isLessThan(1_000);
        }
        return items;
    }

    private List<String> texts(String path, String field) {
        return pages(path).stream().map(item -> item.path(field).asString()).toList();
    }

    @ParameterizedTest
    @CsvSource({"projects, project", "milestones, milestone", "partnerships, partnership"})
    void the_parts_of_a_plan_are_listed_by_id_as_the_plan_has_them(String parts, String id) {
        for (var moment : List.of("", "?on=2018-12-31", "?version=5", "?version=1")) {
            var whole = new ArrayList<JsonNode>();
            node.read(PLAN + moment).path(parts).forEach(whole::add);
            whole.sort((one, other) ->
                    one.path(id).asString().compareTo(other.path(id).asString()));
            assertThat(pages(PLAN + "/" + parts + moment)).as(moment).isEqualTo(whole);
            for (var limit : List.of(1, 2, 200)) {
                assertThat(pages(PLAN + "/" + parts + (moment.isEmpty() ? "?" : moment + "&") + "limit=" + limit))
                        .isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'milestones?status=met', m9",
        "'milestones?overdue=true', m7 m8",
        "'milestones?overdue=true&on=2020-06-01', ''",
        "'milestones?overdue=false&project=2', m4 m6",
        "'milestones?status=scheduled&project=1&limit=1', m3 m5 m7",
        "'milestones?project=none', ''",
        "'projects?focusArea=quality-environment', 2",
        "'projects?phase=preparation', 1",
        "'projects?phase=preparation&version=3', ''",
        "'partnerships?status=active', active"
    })
    void they_are_filtered_and_filters_compose(String query, String ids) {
        var id = query.replaceFirst("s\\?.*", "");
        assertThat(String.join(" ", texts(PLAN + "/" + query, id))).isEqualTo(ids);
    }

    @Test
    void a_part_that_begins_between_two_pages_moves_no_other() {
        open("between");
        for (var id : List.of("b", "d", "f"))
            node.post("/api/plans/between/milestones", "{\"milestone\":\"%s\",\"title\":\"M\"}".formatted(id));
        var first = node.read("/api/plans/between/milestones?limit=2");
        node.post("/api/plans/between/milestones", "{\"milestone\":\"a\",\"title\":\"M\"}");
        node.post("/api/plans/between/milestones", "{\"milestone\":\"e\",\"title\":\"M\"}");
        assertThat(texts(first.path("next").asString(), "milestone")).containsExactly("e", "f");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/plans/none/milestones, 404",
        "/api/plans/none/projects, 404",
        "/api/plans/listed/milestones?asOf=2000-01-01T00:00:00Z, 404",
        "/api/plans/listed/partnerships?version=99, 422",
        "/api/plans/listed/milestones?limit=0, 422",
        "/api/plans/listed/milestones?after=x, 422",
        "/api/plans/listed/milestones?overdue=maybe, 400",
        "/api/plans/listed/milestones?colour=red, 400"
    })
    void what_cannot_be_listed_is_refused(String path, int status) {
        assertThat(Problem.of(node.get(path)).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/milestones?status=sheduled, status, did you mean 'scheduled'?",
        "/partnerships?status=activ, status, did you mean 'active'?",
        "/projects?focusArea=quality-enviroment, focusArea, did you mean 'quality-environment'?",
        "/projects?phase=building, phase, is one of"
    })
    void a_word_that_a_filter_does_not_know_is_refused_with_those_it_knows(String path, String field, String told) {
        var answer = node.get(PLAN + path);
        assertThat(Problem.of(answer)).isEqualTo(problem(422, "out-of-bounds", field));
        assertThat(Node.json(answer).at("/errors/0/message").asString()).contains("is one of", told);
    }

    @Test
    void a_mistake_that_was_backdated_is_found_by_what_was_recorded_last() {
        var entries = pages(PLAN + "/timeline?order=recorded&limit=200");
        assertThat(entries)
                .hasSize(pages(PLAN + "/timeline").size())
                .isSortedAccordingTo((one, other) -> Long.compare(
                        other.path("version").asLong(), one.path("version").asLong()));
        write("/status-reports", "{\"narrative\":\"A mistake\",\"on\":\"2018-01\"}");
        assertThat(node.read(PLAN + "/timeline?order=desc&limit=1")
                        .at("/items/0/narrative")
                        .asString(""))
                .isNotEqualTo("A mistake");
        assertThat(node.read(PLAN + "/timeline?order=recorded&limit=1")
                        .at("/items/0/narrative")
                        .asString())
                .isEqualTo("A mistake");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&version=9", "&on=2018-12-31"})
    void what_was_recorded_last_is_the_same_in_any_pages_now_and_then(String moment) {
        var whole = pages(PLAN + "/timeline?order=recorded&limit=200" + moment);
        assertThat(whole).hasSizeGreaterThan(5);
        for (var limit : List.of(1, 3, 50))
            assertThat(pages(PLAN + "/timeline?order=recorded&limit=" + limit + moment))
                    .isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc", "recorded"})
    void facts_that_arrive_between_pages_move_no_other(String order) {
        var before = texts(PLAN + "/timeline?limit=200&order=" + order, "version");
        var page = node.read(PLAN + "/timeline?limit=2&order=" + order);
        var seen = new ArrayList<>(versions(page));
        for (var path = page.path("next").asString("");
                !path.isEmpty();
                path = page.path("next").asString("")) {
            write("/status-reports", "{\"narrative\":\"Between\",\"on\":\"2018\"}");
            write("/status-reports", "{\"narrative\":\"Between\",\"on\":\"2024\"}");
            page = node.read(path.replace("limit=2", "limit=4"));
            seen.addAll(versions(page));
            if (seen.size() > 100) break;
        }
        assertThat(seen).doesNotHaveDuplicates().containsAll(before);
    }

    private static List<String> versions(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(entry -> entry.path("version").asString())
                .toList();
    }

    @Test
    void what_was_recorded_last_in_all_plans_comes_first_and_pages_hold_while_facts_arrive() {
        open("first-one");
        open("second-one");
        report("second-one", "one");
        report("first-one", "two");
        node.awaitProjections();
        var page = node.read("/api/network/recorded?limit=2");
        assertThat(plans(page)).containsExactly("first-one", "second-one");
        assertThat(page.at("/items/0/narrative").asString()).isEqualTo("two");
        assertThat(page.at("/items/0/version").asLong()).isEqualTo(2);
        report("first-one", "three");
        node.awaitProjections();
        assertThat(plans(node.read(page.path("next").asString()))).containsExactly("second-one", "first-one");
        var all = pages("/api/network/recorded?limit=200");
        assertThat(pages("/api/network/recorded?limit=7")).isEqualTo(all);
        assertThat(all).doesNotHaveDuplicates();
        var authors = node.get("/api/network/recorded?limit=1", "Authorization", node.bearer("reader"));
        assertThat(Node.json(authors).at("/items/0/by/subject").isNull()).isTrue();
    }

    private void report(String plan, String narrative) {
        assertThat(node.post(
                                "/api/plans/" + plan + "/status-reports",
                                "{\"narrative\":\"%s\",\"on\":\"2019\"}".formatted(narrative))
                        .statusCode())
                .isEqualTo(200);
    }

    private static List<String> plans(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(entry -> entry.path("plan").asString())
                .toList();
    }

    @Test
    void the_networks_own_events_are_paged_in_both_orders() {
        var whole = pages("/api/network/timeline?limit=200");
        assertThat(whole).hasSize(31);
        for (var limit : List.of(1, 10, 30, 31)) {
            assertThat(pages("/api/network/timeline?limit=" + limit)).isEqualTo(whole);
            assertThat(pages("/api/network/timeline?order=desc&limit=" + limit)).isEqualTo(whole.reversed());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/network/timeline?order=recorded, order, /api/network/recorded",
        "/api/network/timeline?order=dsc, order, did you mean 'desc'?",
        "/api/network/timeline?after=eA, after, next link",
        "/api/network/timeline?after=OTk, after, next link",
        "/api/network/recorded?after=eA, after, next link",
        "/api/network/recorded?limit=201, limit, from 1 to 200",
        "/api/plans/listed/timeline?order=record, order, did you mean 'recorded'?"
    })
    void an_order_or_a_page_that_is_not_there_is_refused(String path, String field, String told) {
        var answer = node.get(path);
        assertThat(Problem.of(answer)).isEqualTo(problem(422, "out-of-bounds", field));
        assertThat(Node.json(answer).at("/errors/0/message").asString()).contains(told);
    }
}
