package milepost.api.start.dataset;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import milepost.api.start.StartFailure;
import milepost.event.PartialDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the network's files say besides plans: its cities, documents and own events, read once. */
@Component
public class Documents {
    private final List<PilotCity> cities;
    private final List<Document> documents;
    private final List<NetworkEvent> events;

    Documents(DatasetFiles files) {
        cities = read(files, "cities.csv", Documents::city);
        documents = read(files, "documents.csv", Documents::document);
        events = read(files, "network-timeline.csv", Documents::event);
    }

    /** A pilot city, as printed; density in inhabitants per km², GDP per capita its country's in USD of 2016. */
    public record PilotCity(
            String city,
            String name,
            String country,
            String countryCode,
            boolean capital,
            @Nullable Double populationDensity,
            @Nullable Double gdpPerCapita,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String note) {}

    /**
     * A document that evidence names as {@code document:<id>}.
     *
     * @param sha256 of the copy that was seen
     * @param address where it was found; absent where none is known
     */
    public record Document(
            String document,
            String title,
            String publisher,
            PartialDate date,
            @Nullable String sha256,
            @Nullable String address) {}

    /** Something that happened in the network, or was planned. */
    public record NetworkEvent(
            PartialDate on,
            @Nullable PartialDate until,
            String title,
            @Nullable String body,
            @Nullable String asWritten,
            @Nullable String evidence,
            @Nullable String note) {}

    public List<PilotCity> cities() {
        return cities;
    }

    public List<Document> documents() {
        return documents;
    }

    /** The document of this id; empty if none is known. */
    public Optional<Document> document(String id) {
        return documents.stream()
                .filter(document -> document.document().equals(id))
                .findFirst();
    }

    public List<NetworkEvent> events() {
        return events;
    }

    private static <T> List<T> read(DatasetFiles files, String file, Function<Row, T> reading) {
        try {
            return files.rows(file).stream().map(reading).toList();
        } catch (Row.Bad e) {
            throw new StartFailure("The dataset has a bad row: " + e.getMessage(), "Mend the files in ascn/", e);
        }
    }

    private static PilotCity city(Row row) {
        return new PilotCity(
                row.required("city"),
                row.required("name"),
                row.required("country"),
                row.required("country_code"),
                row.required("capital", Boolean::valueOf),
                row.value("population_density_per_km2", Double::valueOf),
                row.value("country_gdp_per_capita_usd_2016", Double::valueOf),
                row.value("latitude", Double::valueOf),
                row.value("longitude", Double::valueOf),
                row.text("note"));
    }

    private static Document document(Row row) {
        return new Document(
                row.required("document"),
                row.required("title"),
                row.required("publisher"),
                row.required("date", PartialDate::new),
                row.text("sha256"),
                row.text("address"));
    }

    private static NetworkEvent event(Row row) {
        return new NetworkEvent(
                row.required("on", PartialDate::new),
                row.value("until", PartialDate::new),
                row.required("title"),
                row.text("body"),
                row.text("as_written"),
                row.text("evidence"),
                row.text("note"));
    }
}
