package milepost.query.timeline;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import milepost.event.Dated;
import milepost.event.Happening;
import milepost.event.MilestoneEvent.MilestoneAmended;
import milepost.event.Money;
import milepost.event.Organisation;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.plan.Milestone;
import milepost.plan.Partnership;
import milepost.plan.PlanRecord;
import org.jspecify.annotations.Nullable;

/** An amendment in words: each value that it changes, from the one that held on its day. */
final class Amended {
    private Amended() {}

    static String of(PlanRecord before, MilestoneAmended e) {
        var known = before.milestone(e.milestone());
        return of(List.of(
                change("title", known, Milestone::titles, e, e.details().title(), Sentence::quoted),
                change("project", known, Milestone::projects, e, e.project(), id -> Sentence.project(before, id)),
                change("weight", known, Milestone::weights, e, e.weight(), String::valueOf)));
    }

    static String of(PlanRecord before, PartnershipAmended e) {
        var known = before.partnership(e.partnership());
        var named = Partnership.partners(e.details());
        return of(List.of(
                change("title", known, Partnership::titles, e, e.details().title(), Sentence::quoted),
                change("programme", known, Partnership::programmes, e, e.programme(), programme -> programme),
                change("amount", known, Partnership::amounts, e, e.amount(), Amended::amount),
                change("partners", known, Partnership::partners, e, named, Amended::names)));
    }

    private static String of(List<Stream<String>> changes) {
        return " amended: " + changes.stream().flatMap(change -> change).collect(joining(", "));
    }

    private static <S, T> Stream<String> change(
            String what,
            @Nullable S known,
            Function<S, @Nullable Dated<? extends @Nullable T>> told,
            Happening e,
            @Nullable T value,
            Function<T, String> words) {
        var then = known == null ? null : Dated.until(told.apply(known), e.on());
        var from = then == null ? null : then.value();
        if (value == null || value.equals(from)) return Stream.of();
        return Stream.of(what + " " + (from == null ? "" : words.apply(from) + " → ") + words.apply(value));
    }

    private static String amount(Money money) {
        return money.amount().toPlainString() + " " + money.currency();
    }

    private static String names(List<Organisation> organisations) {
        return organisations.stream().map(Organisation::name).collect(joining(" and "));
    }
}
