package milepost.api.identity;

import static milepost.event.PlanStatus.CLOSED;
import static milepost.event.PlanStatus.COMPLETED;
import static milepost.event.PlanStatus.ENDORSED;
import static milepost.event.PlanStatus.IN_PROGRESS;
import static milepost.event.PlanStatus.SUSPENDED;
import static milepost.event.Story.OFFICER;
import static milepost.event.Story.PROFILE;
import static milepost.event.Story.TODAY;
import static milepost.event.Story.on;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import milepost.command.Target;
import milepost.command.plan.Command;
import milepost.command.plan.Requests;
import milepost.event.CityAmendment;
import milepost.event.Details;
import milepost.event.FactRetracted;
import milepost.event.Health;
import milepost.event.OfficerRole;
import milepost.event.PlanEvent.OfficerAppointed;
import milepost.event.PlanEvent.OfficerRelieved;
import milepost.event.PlanEvent.PlanAmended;
import milepost.event.PlanEvent.PlanOpened;
import milepost.event.PlanEvent.PlanStatusChanged;
import milepost.event.PlanEvent.PlanStatusReported;
import milepost.event.PlanId;
import milepost.event.PlanStatus;

/** Commands for each row of the table, and a plan on which they mean what the row says. */
final class CommandRows {
    /** Of the city of Lakeside in Thailand. */
    static final PlanId PLAN = new PlanId("shore");

    private static final Target LATEST = new Target(PLAN, null, TODAY);

    /** Whoever may ask learns that the plan has another version, so nothing is recorded. */
    private static final Target STALE = new Target(PLAN, 0L, TODAY);

    private CommandRows() {}

    /** What happens to the plan first, by version. */
    static List<Command> story() {
        return List.of(
                opening(PLAN), // 1
                new Command(
                        LATEST,
                        new OfficerAppointed(
                                PLAN, on("2018"), OFFICER, OfficerRole.CSCO, "Somchai", null, Details.NONE)), // 2
                new Command(LATEST, new OfficerRelieved(PLAN, on("2018-06"), OFFICER, Details.NONE)), // 3
                status(LATEST, "2018-07-08", ENDORSED), // 4
                status(LATEST, "2019", IN_PROGRESS), // 5
                new Command(LATEST, new PlanStatusReported(PLAN, on("2020"), Health.ON_TRACK, Details.NONE)), // 6
                status(LATEST, "2024", CLOSED), // 7
                status(LATEST, "2025", IN_PROGRESS), // 8: reopened
                status(LATEST, "2026-01-01", CLOSED), // 9
                status(LATEST, "2022", CLOSED), // 10: by mistake
                new Command(LATEST, new FactRetracted(PLAN, 10, "That was the project")), // 11
                status(LATEST, "2025-06", SUSPENDED), // 12: before it was closed again
                status(LATEST, "2020-03", COMPLETED), // 13: late
                status(LATEST, "2020-09", IN_PROGRESS), // 14: taken up again
                new Command(
                        LATEST,
                        new PlanAmended(PLAN, on("2018"), CityAmendment.NONE, null, on("2026"), Details.NONE))); // 15
    }

    static Map<String, List<Command>> all() {
        var rows = new LinkedHashMap<String, List<Command>>();
        Requests.ofEveryKind(STALE).forEach(command -> rows.put(command.name(), List.of(command)));
        rows.remove("ChangePlanStatus");
        rows.put("ChangePlanStatus: endorse", List.of(status("2019", ENDORSED), status("2026-02", ENDORSED)));
        rows.put("ChangePlanStatus: complete", List.of(status("2019", COMPLETED), status("2023-12-31", COMPLETED)));
        rows.put("ChangePlanStatus: close", List.of(status("2019", CLOSED), status("2026-02", CLOSED)));
        rows.put(
                "ChangePlanStatus: reopen",
                List.of(status("2024-06", SUSPENDED), status("2020-05", IN_PROGRESS), status("2026-02", IN_PROGRESS)));
        rows.put(
                "ChangePlanStatus: any other status",
                List.of(status("2022-06", SUSPENDED), status("2020-02", SUSPENDED), status("2025-07", IN_PROGRESS)));
        rows.remove("RetractFact");
        rows.put("RetractFact: an opening or its amendment, an appointment or relief", retractions(1, 2, 3, 15));
        rows.put("RetractFact: an endorsement, completion, closing or reopening", retractions(4, 7, 8, 9, 10, 13, 14));
        rows.put("RetractFact: any other fact", retractions(5, 6, 11, 12, 16, 0));
        return rows;
    }

    static Command opening(PlanId plan) {
        return new Command(
                new Target(plan, null, TODAY),
                new PlanOpened(plan, on("2018"), PROFILE, on("2018"), on("2025"), Details.NONE));
    }

    static Command status(Target target, String day, PlanStatus status) {
        return new Command(target, new PlanStatusChanged(target.plan(), on(day), status, Details.NONE));
    }

    private static Command status(String day, PlanStatus status) {
        return status(STALE, day, status);
    }

    private static List<Command> retractions(long... versions) {
        return LongStream.of(versions)
                .<Command>mapToObj(version -> new Command(STALE, new FactRetracted(PLAN, version, "wrong")))
                .toList();
    }
}
