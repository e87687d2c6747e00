package milepost.api.read;

import static milepost.api.http.Problem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import milepost.api.AccessWatch;
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

/** The access log is for auditors: all of it, in order, as it was recorded, and for ever. */
@ExtendWith(SharedNode.class)
@TestInstance(Lifecycle.PER_CLASS)
class AccessLogIT {
    private static final String LOG = "/api/access-log";

    private final Node node;

    AccessLogIT(Node node) {
        this.node = node;
    }

    @BeforeAll
    void something_happens() {
        for (var i = 0; i < 5; i++) refusal();
    }

    private void refusal() {
        node.get("/api/accounts", "Authorization", node.bearer("auditor"));
    }

    @Test
    void the_newest_come_first_unless_told_otherwise() {
        var newest = versions(read(LOG + "?limit=5"));
        var last = last();
        assertThat(newest).containsExactly(last, last - 1, last - 2, last - 3, last - 4);
        assertThat(versions(read(LOG + "?limit=5&order=desc"))).isEqualTo(newest);
        assertThat(versions(read(LOG + "?limit=3&order=asc"))).containsExactly(1L, 2L, 3L);
        assertThat(read(LOG).path("items").size()).isLessThanOrEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void page_by_page_all_is_seen_once(String order) {
        var seen = new ArrayList<Long>();
        var last = last();
        var next = LOG + "?limit=3&order=" + order;
        while (!next.isEmpty()) {
            var page = read(next);
            seen.addAll(versions(page));
            next = page.path("next").asString("");
            if (seen.size() > 12 && !next.isEmpty()) next = next.replace("limit=3", "limit=200");
        }
        if (order.equals("desc")) seen.sort(null);
        assertThat(seen)
                .hasSize((int) last)
                .startsWith(1L, 2L)
                .endsWith(last)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void the_stream_is_byte_for_byte_what_was_recorded_and_its_reader_is_recorded_too() {
        var log = AccessWatch.on(node);
        var answer = node.get(LOG, "Authorization", node.bearer("auditor"), "Accept", "application/x-ndjson");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        assertThat(answer.body().lines())
                .isEqualTo(node.sql()
                        .sql(
                                "select convert_from(line, 'UTF8') from event_log where stream = 'access' order by version")
                        .query(String.class)
                        .list());
        assertThat(log.only().type()).isEqualTo("AccessLogExported");
        assertThat(log.only().by().role()).isEqualTo("auditor");
        assertThat(answer.body().lines().toList().getLast()).contains("\"type\":\"AccessLogExported\"");
    }

    @Test
    void a_fact_says_when_what_and_who() {
        refusal();
        var fact = read(LOG + "?limit=1").path("items").path(0);
        assertThat(fact.propertyNames())
                .containsExactly("position", "stream", "version", "at", "type", "revision", "metadata", "payload");
        assertThat(fact.path("stream").asString()).isEqualTo("access");
        assertThat(fact.path("type").asString()).isEqualTo("RequestRefused");
        assertThat(fact.path("payload").toString())
                .isEqualTo("{\"right\":\"accounts\",\"plan\":null,\"request\":\"GET /api/accounts\"}");
        assertThat(fact.path("metadata").path("by").path("role").asString()).isEqualTo("auditor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void by_kind_person_and_time_it_shows_what_is_asked_for_and_nothing_else(String order) {
        var by = read(LOG + "?kind=RequestRefused&limit=1")
                .at("/items/0/metadata/by/subject")
                .asString();
        var filters = "&order=" + order + "&limit=2&kind=RequestRefused&by=" + by;
        assertThat(all(filters))
                .isEqualTo(stored(order, "type = 'RequestRefused' and metadata like ?", "%" + by + "%"));
        assertThat(all("&kind=SignedIn&order=" + order)).isEqualTo(stored(order, "type = ?", "SignedIn"));
        var since = read(LOG + "?kind=RequestRefused&limit=3").at("/items/2/at").asString();
        assertThat(all("&order=" + order + "&since=" + since))
                .hasSizeGreaterThanOrEqualTo(3)
                .isEqualTo(stored(order, "at >= cast(? as timestamptz)", since));
        assertThat(all(filters + "&since=" + since)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void a_day_or_a_year_begins_with_its_first_moment() {
        var year = Instant.now().toString().substring(0, 4);
        assertThat(all("&since=" + year + "&kind=SignedIn")).isEqualTo(all("&kind=SignedIn"));
        assertThat(all("&since=2999-01-01")).isEmpty();
        assertThat(all("&since=2999-01-01T00:00:00Z&order=asc")).isEmpty();
        assertThat(all("&by=nobody")).isEmpty();
    }

    @Test
    void what_is_recorded_between_two_pages_moves_nothing() {
        var first = read(LOG + "?kind=RequestRefused&limit=2");
        refusal();
        assertThat(versions(read(first.path("next").asString())))
                .isEqualTo(stored("desc", "type = ?", "RequestRefused").subList(3, 5));
    }

    @Test
    void the_stream_shows_only_what_is_asked_for_too() {
        var answer = node.get(
                LOG + "?kind=SignedIn", "Authorization", node.bearer("auditor"), "Accept", "application/x-ndjson");
        assertThat(answer.body().lines()).isNotEmpty().allMatch(line -> line.contains("\"type\":\"SignedIn\""));
    }

    @ParameterizedTest
    @CsvSource({
        "kind=RequestRefusd, 422, kind, did you mean 'RequestRefused'?",
        "kind=signedin, 422, kind, did you mean 'SignedIn'?",
        "kind=MilestoneMet, 422, kind, is one of AccessLogExported",
        "order=dsc, 422, order, did you mean 'desc'?",
        "since=yesterday, 400, since, nor a day",
        "since=2026-02-30, 400, since, no instant",
        "since=2026-11-20T08:15, 400, since, no instant",
        "knd=SignedIn, 400, knd, did you mean 'kind'?"
    })
    void a_filter_that_cannot_be_used_says_what_it_takes(String query, int status, String parameter, String told) {
        var answer = node.get(LOG + "?" + query, "Authorization", node.bearer("auditor"));
        assertThat(Problem.of(answer).status()).isEqualTo(status);
        assertThat(Problem.of(answer).fields()).containsExactly(parameter);
        assertThat(Node.json(answer).at("/errors/0/message").asString()).contains(told);
    }

    private List<Long> all(String query) {
        var seen = new ArrayList<Long>();
        for (var next = LOG + "?" + query.substring(1); !next.isEmpty(); ) {
            var page = read(next);
            seen.addAll(versions(page));
            next = page.path("next").asString("");
        }
        return seen;
    }

    private List<Long> stored(String order, String condition, String value) {
        return node.sql()
                .sql("select version from event_log where stream = 'access' and " + condition + " order by version "
                        + order)
                .param(value)
                .query(Long.class)
                .list();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "secretariat", "operator", "csco-phuket", "thailand"})
    void it_is_for_auditors_alone_and_who_else_asks_is_recorded(String role) {
        var log = AccessWatch.on(node);
        assertThat(Problem.of(node.get(LOG, "Authorization", node.bearer(role))))
                .isEqualTo(problem(403, "not-allowed"));
        assertThat(Problem.of(node.get(LOG, "Authorization", node.bearer(role), "Accept", "application/x-ndjson")))
                .isEqualTo(problem(403, "not-allowed"));
        assertThat(log.facts()).hasSize(2).allSatisfy(fact -> {
            assertThat(fact.type()).isEqualTo("RequestRefused");
            assertThat(fact.payload().path("right").asString()).isEqualTo("access-log");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "order=up, 422, order",
        "limit=0, 422, limit",
        "limit=201, 422, limit",
        "after=x, 422, after",
        "limit=x, 400, limit",
        "from=1, 400, from"
    })
    void what_cannot_be_read_is_named(String query, int status, String parameter) {
        var refused = Problem.of(node.get(LOG + "?" + query, "Authorization", node.bearer("auditor")));
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.fields()).containsExactly(parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event_log set payload = '{}' where stream = 'access'",
                "delete from event_log where stream = 'access'",
                "truncate event_log"
            })
    void nobody_changes_or_removes_what_is_in_it(String statement) {
        var before = last();
        assertThatThrownBy(() -> node.sql().sql(statement).update()).rootCause().hasMessageContaining("append-only");
        assertThat(last()).isEqualTo(before);
    }

    private JsonNode read(String path) {
        var answer = node.get(path, "Authorization", node.bearer("auditor"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return Node.json(answer);
    }

    private long last() {
        return node.sql()
                .sql("select max(version) from event_log where stream = 'access'")
                .query(Long.class)
                .single();
    }

    private static List<Long> versions(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(fact -> fact.path("version").asLong())
                .toList();
    }
}
