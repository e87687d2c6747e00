package milepost.api.identity;

import static milepost.api.identity.RightsTable.NO;
import static milepost.api.identity.RightsTable.OWN;
import static milepost.api.identity.RightsTable.YES;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import milepost.api.Node;
import org.jspecify.annotations.Nullable;

/** Somebody who asks for rows of the table, with a body that changes nothing. */
final class Asking {
    private static final String OWN_PLAN = "phuket";
    private static final String OTHER_PLAN = "vientiane";

    /** What each variable of a path stands for; but for the projection, there is no such thing. */
    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("{project}", "1"),
            Map.entry("{milestone}", "pier"),
            Map.entry("{partnership}", "ferry"),
            Map.entry("{document}", "ascn-concept-note"),
            Map.entry("{officer}", "nobody"),
            Map.entry("{account}", "nobody"),
            Map.entry("{client}", "nobody"),
            Map.entry("{subject}", "nobody"),
            Map.entry("{level}", "0"),
            Map.entry("{*tile}", "000.p/1"),
            Map.entry("{name}", "plans"));

    private final Node node;
    private final @Nullable String account;
    private final List<String> refused = new ArrayList<>();

    /** @param account null: somebody who has not signed in */
    Asking(Node node, @Nullable String account) {
        this.node = node;
        this.account = account;
    }

    /** Opens one plan in Thailand and one in Laos. */
    static void openPlans(Node node) {
        open(node, OWN_PLAN, "Phuket", "TH");
        open(node, OTHER_PLAN, "Vientiane", "LA");
    }

    static boolean isManaged(String row) {
        return path(row).startsWith("/actuator");
    }

    /** The row as it is mapped: without parameters. */
    static String mapped(String row) {
        return row.replaceFirst("\\?.*", "");
    }

    static String path(String row) {
        return row.substring(row.indexOf(' ') + 1);
    }

    /** What was refused, as the access log says it. */
    List<String> refused() {
        return refused;
    }

    /** For which plans the row is answered: those of Phuket and of Thailand are one's own. */
    String cell(String row) {
        var own = isAnswered(row, OWN_PLAN);
        if (!row.contains("{plan}")) return own ? YES : NO;
        var other = isAnswered(row, OTHER_PLAN);
        if (other) assertThat(own).as(row + " of one's own").isTrue();
        return other ? YES : own ? OWN : NO;
    }

    private boolean isAnswered(String row, String plan) {
        var method = row.substring(0, row.indexOf(' '));
        var path = path(row).replace("{plan}", plan);
        for (var part : PARTS.entrySet()) path = path.replace(part.getKey(), part.getValue());
        var request = HttpRequest.newBuilder(isManaged(row) ? node.managementUri(path) : node.uri(path))
                .header("Content-Type", "application/json")
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        if (account != null) request.header("Authorization", node.bearer(account));
        var status = node.send(request).statusCode();
        if (status == (account == null ? 401 : 403)) {
            refused.add(
                    isManaged(row) ? method + " " + path : mapped(row) + (row.contains("{plan}") ? " of " + plan : ""));
            return false;
        }
        assertThat(status)
                .as(method + " " + path)
                .isNotIn(401, 403, 405, 406, 415, 429)
                .isLessThan(500);
        if (isManaged(row)) assertThat(status).as(path).isNotEqualTo(404);
        return true;
    }

    private static void open(Node node, String plan, String city, String country) {
        var opened = node.post("/api/plans", """
                {"plan":"%s","city":"%s","countryCode":"%s","from":"2018","to":"2025","on":"2018"}""".formatted(plan, city, country));
        assertThat(opened.statusCode()).isEqualTo(201);
    }
}
