package milepost.plan;

import java.util.List;
import milepost.event.Dated;
import milepost.event.Details;
import milepost.event.Happening;
import milepost.event.Money;
import milepost.event.Organisation;
import milepost.event.PartnershipEvent;
import milepost.event.PartnershipEvent.PartnershipAmended;
import milepost.event.PartnershipEvent.PartnershipRecorded;
import milepost.event.PartnershipEvent.PartnershipStatusChanged;
import milepost.event.PartnershipId;
import milepost.event.PartnershipStatus;
import milepost.event.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * One partnership.
 *
 * @param first how it was recorded; absent if that does not stand
 * @param titles as its recording and its amendments say, as do the next three
 * @param partners never an empty list
 * @param status absent only while nothing but amendments is told
 * @param said every fact about it, the latest first
 */
public record Partnership(
        PartnershipId partnership,
        @Nullable PartnershipRecorded first,
        @Nullable Dated<String> titles,
        @Nullable Dated<String> programmes,
        @Nullable Dated<Money> amounts,
        @Nullable Dated<List<Organisation>> partners,
        @Nullable Dated<PartnershipStatus> status,
        Dated<Recorded> said)
        implements State {
    @Override
    public @Nullable Happening beginning() {
        return first;
    }

    static Partnership evolve(@Nullable Partnership known, PartnershipEvent fact, Recorded recorded) {
        var said = Dated.add(known == null ? null : known.said, fact.on(), recorded);
        return known == null
                ? new Partnership(fact.partnership(), null, null, null, null, null, null, said).evolve(fact, said)
                : known.evolve(fact, said);
    }

    private Partnership evolve(PartnershipEvent fact, Dated<Recorded> said) {
        return switch (fact) {
            case PartnershipRecorded e ->
                first == null
                        ? told(e, e, e.programme(), e.amount(), Dated.add(status, e.on(), e.status()), said)
                        : this;
            case PartnershipAmended e -> told(first, e, e.programme(), e.amount(), status, said);
            case PartnershipStatusChanged e ->
                new Partnership(
                        partnership,
                        first,
                        titles,
                        programmes,
                        amounts,
                        partners,
                        Dated.add(status, e.on(), e.status()),
                        said);
        };
    }

    private Partnership told(
            @Nullable PartnershipRecorded first,
            PartnershipEvent e,
            @Nullable String programme,
            @Nullable Money amount,
            @Nullable Dated<PartnershipStatus> status,
            Dated<Recorded> said) {
        return new Partnership(
                partnership,
                first,
                Dated.amend(titles, e.on(), e.details().title()),
                Dated.amend(programmes, e.on(), programme),
                Dated.amend(amounts, e.on(), amount),
                Dated.amend(partners, e.on(), partners(e.details())),
                status,
                said);
    }

    /** Those that are named, if any is. */
    public static @Nullable List<Organisation> partners(Details details) {
        return details.organisations().isEmpty() ? null : details.organisations();
    }

    /** The one fact that says how it stands, which an amendment does not; or that, if nothing else is told. */
    public Recorded statement() {
        for (var told = said; told != null; told = told.before()) {
            if (!(told.value().event() instanceof PartnershipAmended)) return told.value();
        }
        return said.value();
    }
}
