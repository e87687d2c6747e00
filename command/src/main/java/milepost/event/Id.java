package milepost.event;

/**
 * The slug of something a plan holds; its form is looked at when something is asked, since facts hold truth, not
 * limits.
 */
public sealed interface Id permits PlanId, ProjectId, MilestoneId, PartnershipId, OfficerId {
    String text();
}
