package milepost.api.identity;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import milepost.api.Node;
import milepost.api.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;

/** Every endpoint, asked by everybody: RIGHTS.md says who is answered. */
class RightsIT {
    private static RightsTable table;
    private static Node node;

    @BeforeAll
    static void start() throws IOException {
        table = RightsTable.ofEndpoints();
        node = Node.on(TestServer.createDatabase(), List.of(Mapped.class), "milepost.dataset=none");
        Asking.openPlans(node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void the_table_has_a_column_for_every_role() {
        var roles = Role.GRANTED.stream().map(role -> role.code);
        assertThat(table.columns())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("nobody"), roles).toList());
    }

    @Test
    void the_table_has_every_endpoint_and_no_other() {
        assertThat(rows(false)).isEqualTo(node.bean(Mapped.class).ours());
    }

    @Test
    void it_has_every_operation_of_the_management_port_and_no_other() {
        var operations = node.bean(Mapped.class).actuator();
        assertThat(rows(true)).allSatisfy(row -> assertThat(operations).anyMatch(operation -> isOf(operation, row)));
        assertThat(operations).allSatisfy(operation -> assertThat(rows(true)).anyMatch(row -> isOf(operation, row)));
    }

    @Test
    void what_else_is_mapped_is_the_reference_and_the_pages_of_failures() {
        assertThat(node.bean(Mapped.class).others())
                .containsExactlyInAnyOrder(
                        "SwaggerWelcomeWebMvc",
                        "SwaggerConfigResource",
                        "OpenApiWebMvcResource",
                        "BasicErrorController",
                        "ManagementErrorEndpoint");
        assertThat(node.bean(Mapped.class).odd())
                .as("what asks the other mappings")
                .containsExactly("CompositeHandlerMapping");
    }

    @ParameterizedTest
    @CsvSource({
        "nobody,",
        "reader, reader",
        "operator, operator",
        "auditor, auditor",
        "csco, csco-phuket",
        "national-representative, thailand",
        "secretariat, secretariat"
    })
    void everybody_is_answered_as_the_table_says_and_each_refusal_is_recorded(String role, @Nullable String account) {
        var asking = new Asking(node, account);
        var cells = new LinkedHashMap<String, String>();
        for (var row : table.names()) cells.put(row, asking.cell(row));

        assertThat(cells).containsExactlyEntriesOf(table.column(role));
        assertThat(recorded(role)).isEqualTo(account == null ? List.of() : asking.refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "operator"})
    void of_an_author_some_see_only_role_and_organisation(String account) {
        var author = author(account);
        assertThat(author.path("subject").isNull()).isTrue();
        assertThat(author.path("client").isNull()).isTrue();
        assertThat(author.path("role").asString()).isEqualTo("secretariat");
        assertThat(author.path("organisation").asString()).isEqualTo("ASCN Secretariat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditor", "csco-phuket", "csco-vientiane", "thailand", "secretariat"})
    void of_an_author_others_see_the_pseudonym_and_the_client_too(String account) {
        var author = author(account);
        assertThat(author.path("subject").asString()).isNotBlank();
        assertThat(author.path("client").asString()).isEqualTo("milepost");
    }

    private static JsonNode author(String account) {
        var timeline = node.get("/api/plans/phuket/timeline", "Authorization", node.bearer(account));
        return Node.json(timeline).path("items").path(0).path("by");
    }

    /** What was refused to whoever has the role. */
    private static List<String> recorded(String role) {
        return node.sql().sql("""
                        select payload::json ->> 'request' || coalesce(' of ' || (payload::json ->> 'plan'), '')
                        from event_log where stream = 'access' and type = 'RequestRefused'
                            and metadata::json -> 'by' ->> 'role' = ?
                        order by version""").param(role).query(String.class).list();
    }

    private static Set<String> rows(boolean managed) {
        return table.names().stream()
                .filter(row -> Asking.isManaged(row) == managed)
                .map(Asking::mapped)
                .collect(toSet());
    }

    /** Whether the row is answered by the operation. */
    private static boolean isOf(String operation, String row) {
        var pattern = PathPatternParser.defaultInstance.parse(Asking.path(operation));
        return operation.startsWith(row.substring(0, row.indexOf(' ') + 1))
                && pattern.matches(PathContainer.parsePath(Asking.path(row)));
    }
}
