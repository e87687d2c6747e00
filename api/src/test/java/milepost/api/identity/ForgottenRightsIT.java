package milepost.api.identity;

import static milepost.event.Story.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import milepost.api.Node;
import milepost.api.TestServer;
import milepost.api.write.axon.Dispatch;
import milepost.command.Target;
import milepost.command.plan.Command;
import milepost.event.Details;
import milepost.event.Health;
import milepost.event.PartialDate;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.GenericMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Forgetting to ask for a right gives none. */
class ForgottenRightsIT {
    private static Node node;

    /** Endpoints whose author has forgotten something. */
    @RestController
    static class Forgetful {
        private final Dispatch dispatch;
        private final CommandGateway gateway;

        Forgetful(Dispatch dispatch, CommandGateway gateway) {
            this.dispatch = dispatch;
            this.gateway = gateway;
        }

        @PostMapping("/api/test/forgotten")
        void forgotten() {
            dispatch.send(report(), Identity.current(), null, null);
        }

        @Needs(Right.READ)
        @PostMapping("/api/test/too-little")
        void tooLittle() {
            dispatch.send(report(), Identity.current(), null, null);
        }

        @Needs(Right.READ)
        @PostMapping("/api/test/unsigned")
        void unsigned() {
            gateway.sendAndWait(new GenericCommandMessage<>(new GenericMessage<>(report()), Command.NAME));
        }

        @RequestMapping(path = "/api/test/options", method = RequestMethod.OPTIONS)
        String options() {
            return "what it holds";
        }

        private static Command report() {
            var target = new Target(new PlanId("phuket"), null, TODAY);
            return new Command(
                    target,
                    new PlanStatusReported(
                            target.plan(), PartialDate.of(TODAY), Health.ON_TRACK, Details.titled("A report")));
        }
    }

    /** A function instead of a method cannot say what it needs. */
    static class Routed {
        @Bean
        RouterFunction<ServerResponse> route() {
            return RouterFunctions.route()
                    .POST("/api/test/routed", request -> ServerResponse.ok().build())
                    .build();
        }
    }

    @BeforeAll
    static void start() {
        node = Node.on(TestServer.createDatabase(), List.of(Forgetful.class, Routed.class), "milepost.dataset=none");
        Asking.openPlans(node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/test/forgotten", "/api/test/routed"})
    void an_endpoint_that_does_not_say_what_it_needs_is_refused_to_everyone(String path) {
        for (var account :
                List.of("secretariat", "thailand", "csco-vientiane", "csco-phuket", "auditor", "operator", "reader")) {
            var answer = post(path, account);
            assertThat(answer.statusCode()).as(account).isEqualTo(403);
            assertThat(answer.body()).contains("Nobody may do this");
        }
        assertThat(node.post(path, "{}", "Authorization", "").statusCode()).isEqualTo(401);
        assertThat(lastRefusal()).isEqualTo("nobody's right: POST " + path);
    }

    @Test
    void options_says_what_a_path_takes_and_nothing_of_what_it_holds() {
        var plan = options("/api/plans/phuket/history");
        assertThat(plan.statusCode()).isEqualTo(200);
        assertThat(plan.headers().firstValue("Allow")).contains("GET,HEAD,OPTIONS");
        assertThat(plan.body()).isEmpty();

        assertThat(options("/api/test/options").statusCode()).isEqualTo(403);
    }

    @Test
    void one_that_asks_for_too_little_is_refused_where_its_command_is_decided() {
        var before = reports();
        for (var account : List.of("reader", "operator", "auditor", "csco-vientiane")) {
            assertThat(post("/api/test/too-little", account).statusCode())
                    .as(account)
                    .isEqualTo(403);
        }
        assertThat(reports()).isEqualTo(before);

        assertThat(post("/api/test/too-little", "csco-phuket").statusCode()).isEqualTo(200);
        assertThat(reports()).isEqualTo(before + 1);
    }

    @Test
    void one_that_does_not_pass_on_who_asks_is_refused_for_everyone() {
        var before = reports();
        assertThat(post("/api/test/unsigned", "secretariat").statusCode()).isEqualTo(401);
        assertThat(reports()).isEqualTo(before);
    }

    private static HttpResponse<String> options(String path) {
        return node.send(node.request(path, "Authorization", node.bearer("csco-vientiane"))
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static HttpResponse<String> post(String path, String account) {
        return node.post(path, "{}", "Authorization", node.bearer(account));
    }

    private static int reports() {
        return node.sql()
                .sql("select count(*) from event_log where type = 'PlanStatusReported'")
                .query(Integer.class)
                .single();
    }

    private static String lastRefusal() {
        return node.sql().sql("""
                        select coalesce(payload::json ->> 'right', 'nobody''s right') || ': '
                            || (payload::json ->> 'request')
                        from event_log where stream = 'access' and type = 'RequestRefused'
                        order by version desc limit 1""").query(String.class).single();
    }
}
