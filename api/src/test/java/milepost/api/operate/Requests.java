package milepost.api.operate;

import static org.assertj.core.api.Assertions.assertThat;

import milepost.api.Node;
import tools.jackson.databind.JsonNode;

/** What these tests ask of a node; each request must succeed. */
final class Requests {
    private static final String LONGEST_WAIT = "wait=30";

    private Requests() {}

    /** Opens the plan of a city in Thailand, as of 2018, and waits until it is shown. */
    static void open(Node node, String plan) {
        post(node, "/api/plans", """
                {"plan":"%1$s","city":"%1$s","country":"Thailand","countryCode":"TH","from":"2018","to":"2025","on":"2018"}""".formatted(plan));
    }

    /** Schedules a milestone of weight 1 and waits until it is shown; answers the receipt. */
    static JsonNode schedule(Node node, String plan, String milestone, String due) {
        return post(node, "/api/plans/" + plan + "/milestones", scheduling(milestone, due));
    }

    static String scheduling(String milestone, String due) {
        return """
                {"milestone":"%1$s","title":"%1$s","due":"%2$s","on":"2019"}""".formatted(milestone, due);
    }

    static JsonNode post(Node node, String path, String body) {
        var response = node.post(path, body, "Prefer", LONGEST_WAIT);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isIn(200, 201);
        assertThat(response.headers().firstValue("Preference-Applied")).contains("wait");
        return Node.json(response);
    }
}
