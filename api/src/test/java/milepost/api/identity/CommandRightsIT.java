package milepost.api.identity;

import static java.util.stream.Collectors.toSet;
import static milepost.api.identity.CommandRows.PLAN;
import static milepost.api.identity.RightsTable.NO;
import static milepost.api.identity.RightsTable.OWN;
import static milepost.api.identity.RightsTable.YES;
import static milepost.event.PlanStatus.CLOSED;
import static milepost.event.PlanStatus.COMPLETED;
import static milepost.event.PlanStatus.IN_PROGRESS;
import static milepost.event.PlanStatus.SUSPENDED;
import static milepost.event.Story.TODAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import milepost.api.Node;
import milepost.api.write.axon.Dispatch;
import milepost.command.Reason;
import milepost.command.Rejected;
import milepost.command.Target;
import milepost.command.plan.Command;
import milepost.command.plan.CommandResult;
import milepost.event.FactRetracted;
import milepost.event.PlanId;
import milepost.log.store.History;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;

/** Every command, sent by everybody past all endpoints: RIGHTS.md says whose reach their plan. */
class CommandRightsIT {
    private static final Grant SECRETARIAT = new Grant("s", Role.SECRETARIAT, Set.of(), null, null, null);

    private static RightsTable table;
    private static Node node;

    @BeforeAll
    static void start() throws IOException {
        table = RightsTable.ofCommands();
        node = Node.empty();
        for (var command : CommandRows.story()) {
            assertThat(send(command, SECRETARIAT).recorded())
                    .as(command.toString())
                    .isTrue();
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void the_table_has_every_command_and_no_other() {
        assertThat(table.names().stream()
                        .map(row -> row.replaceFirst(":.*", ""))
                        .collect(toSet()))
                .isEqualTo(commands().map(Command::name).collect(toSet()));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SYSTEM")
    void a_command_reaches_its_plan_as_the_table_says(Role role) {
        var cells = new LinkedHashMap<String, String>();
        for (var row : CommandRows.all().entrySet()) {
            var each =
                    row.getValue().stream().map(command -> cell(command, role)).collect(toSet());
            cells.put(row.getKey(), String.join(" or ", each));
        }

        assertThat(cells).containsExactlyInAnyOrderEntriesOf(table.column(role.code));
        assertThat(version()).as("recorded").isEqualTo(CommandRows.story().size());
    }

    @Test
    void who_has_not_signed_in_may_send_none() {
        assertThat(commands())
                .allSatisfy(command -> assertThatThrownBy(() -> send(command, Grant.NOBODY))
                        .isInstanceOf(AuthenticationCredentialsNotFoundException.class));
    }

    @Test
    void who_has_signed_in_without_a_role_may_send_none() {
        var grant = new Grant("x", null, Set.of("lakeside"), "TH", null, null);
        assertThat(commands())
                .allSatisfy(command ->
                        assertThatThrownBy(() -> send(command, grant)).isInstanceOf(NotAllowed.class));
    }

    @Test
    void a_message_that_does_not_say_who_sends_it_is_refused() {
        var gateway = node.bean(CommandGateway.class);
        assertThat(commands()).allSatisfy(command -> {
            assertThatThrownBy(() -> gateway.sendAndWait(asking(command, Map.of())))
                    .isInstanceOf(AuthenticationCredentialsNotFoundException.class);
            assertThatThrownBy(() -> gateway.sendAndWait(asking(command, Map.of("grant", "secretariat"))))
                    .isInstanceOf(AuthenticationCredentialsNotFoundException.class);
        });
    }

    @Test
    void an_officer_of_the_city_records_a_status_of_before_the_closing_and_none_of_after() {
        var dock = opened("dock");
        send(CommandRows.status(dock, "2024-03", CLOSED), SECRETARIAT);

        assertThat(send(CommandRows.status(dock, "2024-02", SUSPENDED), grant(Role.CSCO, true))
                        .recorded())
                .isTrue();
        assertThat(status("dock")).isEqualTo("closed");
        var late = CommandRows.status(dock, "2024-04", SUSPENDED);
        assertThatThrownBy(() -> send(late, grant(Role.CSCO, true))).isInstanceOf(NotAllowed.class);
        assertThat(send(late, grant(Role.NATIONAL_REPRESENTATIVE, true)).recorded())
                .isTrue();
    }

    @Test
    void an_officer_of_the_city_neither_completes_a_plan_nor_takes_it_up_again() {
        var slip = opened("slip");
        var completed = CommandRows.status(slip, "2024-03", COMPLETED);
        assertThatThrownBy(() -> send(completed, grant(Role.CSCO, true))).isInstanceOf(NotAllowed.class);
        assertThat(status("slip")).isEqualTo("draft");

        send(completed, grant(Role.NATIONAL_REPRESENTATIVE, true));
        var goesOn = CommandRows.status(slip, "2024-04", IN_PROGRESS);
        assertThatThrownBy(() -> send(goesOn, grant(Role.CSCO, true))).isInstanceOf(NotAllowed.class);
        var retraction = new Command(slip, new FactRetracted(slip.plan(), 2, "too early"));
        assertThatThrownBy(() -> send(retraction, grant(Role.CSCO, true))).isInstanceOf(NotAllowed.class);
        assertThat(status("slip")).isEqualTo("completed");
        assertThat(send(goesOn, grant(Role.NATIONAL_REPRESENTATIVE, true)).recorded())
                .isTrue();
    }

    @Test
    void a_plan_that_was_closed_since_the_first_look_is_not_reopened() {
        assertNotReopened("quay", (work, closing) -> closing.run());
    }

    @Test
    void nor_one_that_was_closed_just_before_the_fact_is_stored() {
        assertNotReopened("mole", (work, closing) -> work.onPrepareCommit(at -> closing.run()));
    }

    /** Has an officer change the status while another node records that the plan was closed. */
    private static void assertNotReopened(String plan, BiConsumer<UnitOfWork<?>, Runnable> meanwhile) {
        var target = opened(plan);
        var interceptor = node.bean(CommandBus.class).registerHandlerInterceptor((work, chain) -> {
            meanwhile.accept(work, () -> close(plan));
            return chain.proceed();
        });
        try {
            var change = CommandRows.status(target, "2026-02", SUSPENDED);
            assertThatThrownBy(() -> send(change, grant(Role.CSCO, true))).isInstanceOf(NotAllowed.class);
        } finally {
            interceptor.cancel();
        }
        assertThat(status(plan)).isEqualTo("closed");
    }

    private static GenericCommandMessage<Command> asking(Command command, Map<String, ?> metadata) {
        return new GenericCommandMessage<>(new GenericMessage<>(command, metadata), Command.NAME);
    }

    private static void close(String plan) {
        node.sql()
                .sql("""
                        insert into event_log (event_id, stream, type, payload, metadata)
                        select gen_random_uuid(), stream, 'PlanStatusChanged', :payload, metadata from event_log
                        where stream = :stream and not exists (
                            select from event_log where stream = :stream and type = 'PlanStatusChanged')""")
                .param("stream", "plan/" + plan)
                .param("payload", """
                        {"plan":"%s","on":"2026-01-01","status":"closed"}""".formatted(plan))
                .update();
    }

    private static String cell(Command command, Role role) {
        var own = isAllowed(command, grant(role, true));
        var other = isAllowed(command, grant(role, false));
        if (other) assertThat(own).as(command + " of one's own").isTrue();
        return other ? YES : own ? OWN : NO;
    }

    /** Whether it reaches the plan, which then has another version than was seen. */
    private static boolean isAllowed(Command command, Grant by) {
        try {
            throw new AssertionError(command + " was answered: " + send(command, by));
        } catch (NotAllowed e) {
            return false;
        } catch (Rejected e) {
            assertThat(e.reason()).as(command.toString()).isEqualTo(Reason.PLAN_CHANGED_MEANWHILE);
            return true;
        }
    }

    /** For the plan or for another one: city or country counts, as the role has it, and no plan's id. */
    private static Grant grant(Role role, boolean own) {
        var byCity = own != (role == Role.NATIONAL_REPRESENTATIVE);
        return new Grant("x", role, Set.of(byCity ? "lakeside" : "shore"), byCity ? "SG" : "TH", null, null);
    }

    private static Target opened(String plan) {
        send(CommandRows.opening(new PlanId(plan)), SECRETARIAT);
        return new Target(new PlanId(plan), null, TODAY);
    }

    private static CommandResult send(Command command, Grant by) {
        return node.bean(Dispatch.class).send(command, by, null, null);
    }

    private static Stream<Command> commands() {
        return CommandRows.all().values().stream().flatMap(row -> row.stream());
    }

    private static long version() {
        return node.bean(History.class).version(PLAN).orElseThrow();
    }

    private static String status(String plan) {
        node.awaitProjections();
        return node.read("/api/plans/" + plan).path("status").asString();
    }
}
