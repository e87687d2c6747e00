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
import milepost.command.Guess;
import milepost.query.plan.Network;
import milepost.query.plan.store.Plans;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
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

    @Operation(operationId = "readNetwork", summary = "All plans added up, now or then")
    @GetMapping("/network")
    Network network(@ParameterObject NetworkWhen when) {
        var moment = moments.of(new When(when.asOf(), null, when.on()));
        return Network.on(moment.day(today.day()), plans.allAt(moment));
    }

    @Operation(operationId = "readFramework", summary = "The ASEAN Smart Cities Framework")
    @GetMapping("/framework")
    JsonNode framework() {
        return files.framework();
    }

    @Operation(operationId = "listCities", summary = "The 26 pilot cities, as printed")
    @GetMapping("/cities")
    Items<Documents.PilotCity> cities() {
        return new Items<>(documents.cities());
    }

    @Operation(operationId = "listDocuments", summary = "The documents that evidence points to")
    @GetMapping("/documents")
    Items<Documents.Document> documents() {
        return new Items<>(documents.documents());
    }

    @Operation(
            operationId = "readDocument",
            summary = "One of the documents that evidence points to",
            description =
                    "Evidence names it as document:<id>. sha256 is of the copy that was seen; address is null where"
                            + " none is known.")
    @GetMapping("/documents/{document}")
    Documents.Document document(
            @Parameter(description = "Its id.", example = "ascn-concept-note") @PathVariable String document) {
        return documents.document(document).orElseThrow(() -> unknown(document));
    }

    private ResponseStatusException unknown(String document) {
        var known =
                documents.documents().stream().map(Documents.Document::document).toList();
        return new ResponseStatusException(
                HttpStatus.NOT_FOUND,
                "No document is called '" + document + "'; known are " + String.join(", ", known)
                        + Guess.of(document, known));
    }
}
