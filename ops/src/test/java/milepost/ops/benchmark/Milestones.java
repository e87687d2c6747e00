package milepost.ops.benchmark;

import java.net.http.HttpResponse;

/** The commands that are measured, as an officer sends them. */
final class Milestones {
    private static final String EVIDENCE = "\"evidence\":[{\"url\":\"https://example.org/news/cctv-phase-2\"}]";

    private Milestones() {}

    static HttpResponse<String> schedule(Client client, String plan, String milestone) {
        return client.post(
                "/api/plans/" + plan + "/milestones",
                "{\"milestone\":\"" + milestone + "\",\"project\":\"1\",\"title\":\"CCTV phase 2 in service\","
                        + "\"due\":\"2027-06\",\"on\":\"2024-03-01\"," + EVIDENCE + "}");
    }

    static HttpResponse<String> meet(Client client, String plan, String milestone) {
        return client.post(
                "/api/plans/" + plan + "/milestones/" + milestone + "/met", "{\"on\":\"2025-11-20\"," + EVIDENCE + "}");
    }

    static HttpResponse<String> retract(Client client, String plan, long version) {
        return client.post(
                "/api/plans/" + plan + "/retractions",
                "{\"version\":" + version + ",\"reason\":\"It was another milestone\"}");
    }
}
