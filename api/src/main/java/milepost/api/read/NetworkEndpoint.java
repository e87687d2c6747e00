package milepost.api.read;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import milepost.api.http.Moments;
import milepost.api.http.Today;
import milepost.api.http.When;
import milepost.api.identity.Needs;
import milepost.api.identity.Right;
import milepost.api.start.dataset.DatasetFiles;
import milepost.api.start.dataset.Documents;
import milepost.query.plan.Network;
import milepost.query.plan.store.Plans;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The network as a whole, and what its own documents say. */
@RestController
@Needs(Right.READ)
@RequestMapping("/api")
@Tag(name = "Network")
class NetworkEndpoint {
    private final Plans plans;
    private final Moments moments;
    private final Today today;
    private final Documents documents;
    private final DatasetFiles files;

    NetworkEndpoint(Plans plans, Moments moments, Today today, Documents documents, DatasetFiles files) {
        this.plans = plans;
        this.moments = moments;
        this.today = today;
        this.documents = documents;
        this.files = files;
    }

    /** Plans have no version in common. */
    record NetworkWhen(
            @Parameter(description = When.AS_OF, schema = @Schema(type = "string"), example = "2026-11-20T08:15:30Z")
            @Nullable
            Instant asOf,

            @Parameter(description = When.ON, schema = @Schema(type = "string"), example = "2021-06-30") @Nullable
            LocalDate on) {}

    /** Some items, all of them. */
    record Items<T>(List<T> items) {}

    @Operation(summary = "All plans added up, now or then")
    @GetMapping("/network")
    Network network(@ParameterObject NetworkWhen when) {
        var moment = moments.of(new When(when.asOf(), null, when.on()));
        return Network.on(moment.day(today.day()), plans.allAt(moment));
    }

    @Operation(summary = "The network's own dated events")
    @GetMapping("/network/timeline")
    Items<Documents.NetworkEvent> timeline() {
        return new Items<>(documents.events());
    }

    @Operation(summary = "The ASEAN Smart Cities Framework")
    @GetMapping("/framework")
    JsonNode framework() {
        return files.framework();
    }

    @Operation(summary = "The 26 pilot cities, as printed")
    @GetMapping("/cities")
    Items<Documents.PilotCity> cities() {
        return new Items<>(documents.cities());
    }

    @Operation(summary = "The documents that evidence points to")
    @GetMapping("/documents")
    Items<Documents.Document> documents() {
        return new Items<>(documents.documents());
    }
}
