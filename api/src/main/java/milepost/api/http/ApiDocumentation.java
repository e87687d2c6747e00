package milepost.api.http;

import static java.util.stream.Stream.concat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import milepost.command.Reason;
import milepost.command.Reason.Kind;
import milepost.command.Target;
import milepost.database.Trouble;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What OpenAPI cannot read off the code: headers, failures with their codes, and examples. */
@Configuration(proxyBeanMethods = false)
class ApiDocumentation {
    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final List<Parameter> WRITE_HEADERS = List.of(
            header("If-Match", "\"17\"", "The version the sender saw, as ETag gives it; another one is refused (412)."),
            header("Idempotency-Key", "8e03978e-40d5", "Sent again with it, the same request records nothing more."),
            header("Prefer", "wait=5", "Answer when the read side shows it, after so many seconds at most (30)."));

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Target.class);
        SpringDocUtils.getConfig().replaceWithSchema(JsonNode.class, new ObjectSchema());
    }

    @Bean
    OpenApiCustomizer document() {
        return api -> {
            api.info(new Info()
                    .title("Milepost")
                    .version("0.1")
                    .description("What happened to city action plans, when, who said so and on what evidence. Dates are"
                            + " days, months or years, kept as given; absent values are null."));
            api.getComponents().addSchemas("Problem", problem());
            Stream.of("Evidence", "FactEvidence")
                    .forEach(name -> schema(api, name).addProperty("document", cited()));
            var samples = new Samples(api.getComponents(), FieldWords.read());
            api.getPaths().forEach((path, item) -> {
                if (item.getPost() != null) post(api, path, item.getPost());
                if (item.getGet() != null) read(item.getGet());
                item.readOperations().forEach(operation -> {
                    entry(operation);
                    samples.show(operation);
                });
            });
        };
    }

    private static String body(OpenAPI api, Operation operation) {
        var json =
                Objects.requireNonNull(operation.getRequestBody().getContent().get("application/json"));
        var name = RecordSchemas.name(json.getSchema().get$ref());
        var example = Examples.BODIES.get(name);
        if (example != null) json.example(JsonMapper.shared().readValue(example, Object.class));
        Samples.parts(schema(api, name)).forEach(part -> mayBeLeftOut(schema(api, part)));
        return name;
    }

    private static Schema<?> schema(OpenAPI api, String name) {
        return Objects.requireNonNull(api.getComponents().getSchemas().get(name));
    }

    /** What is answered whole may be asked with less: what can be null is left out. */
    private static void mayBeLeftOut(Schema<?> asked) {
        asked.getProperties().forEach((field, said) -> {
            if (Samples.isNullable(said)) asked.getRequired().remove(field);
        });
    }

    private static void post(OpenAPI api, String path, Operation operation) {
        var body = body(api, operation);
        failures(operation, "400", Stream.of("malformed"));
        failures(operation, "406", Stream.of("not-acceptable"));
        failures(operation, "413", Stream.of("too-large"));
        failures(operation, "415", Stream.of("unsupported-media-type"));
        if (path.startsWith("/api/plans")) {
            write(path, operation, body);
        } else {
            failures(operation, "404", Stream.of("not-found"));
            failures(operation, "409", Stream.of("conflict"));
            failures(operation, "422", Stream.of("out-of-bounds"));
            failures(operation, "503", Stream.of(Trouble.codes()));
        }
    }

    /** What may meet every request before it is looked at. */
    private static void entry(Operation operation) {
        failures(operation, "401", Stream.of("not-signed-in", "token-invalid"));
        failures(operation, "403", Stream.of("not-allowed", "password-temporary"));
        failures(operation, "429", Stream.of("too-fast"));
        failures(operation, "500", Stream.of("internal-error", "fact-unreadable", "audit-mismatch"));
    }

    private static void write(String path, Operation operation, String body) {
        if (path.contains("{plan}")) {
            operation.addParametersItem(new PathParameter().name("plan").schema(new StringSchema()));
        }
        WRITE_HEADERS.forEach(operation::addParametersItem);
        var responses = operation.getResponses();
        var ok = responses.remove("200");
        var content = new Content()
                .addMediaType(
                        "application/json", ok.getContent().values().iterator().next());
        var etag = new Header()
                .description("The version, to be sent back as If-Match.")
                .schema(new StringSchema());
        if (Examples.CREATING.contains(body)) {
            responses.addApiResponse(
                    "201",
                    new ApiResponse()
                            .description("Recorded: something new, at Location.")
                            .addHeaderObject("ETag", etag)
                            .addHeaderObject("Location", new Header().schema(new StringSchema()))
                            .content(content));
        }
        responses.addApiResponse(
                "200",
                new ApiResponse()
                        .description("Recorded; or nothing was new, and these are the plan's last version and time.")
                        .addHeaderObject("ETag", etag)
                        .content(content));
        failures(operation, "404", codes(Kind.UNKNOWN));
        failures(operation, "409", codes(Kind.CONFLICT));
        failures(operation, "412", codes(Kind.STALE));
        failures(operation, "422", codes(Kind.INVALID));
        failures(operation, "503", concat(Stream.of("busy", "outcome-unknown"), Stream.of(Trouble.codes())));
    }

    private static void read(Operation operation) {
        if ("readPlan".equals(operation.getOperationId())) {
            var same = new ApiResponse().description("As it was when it had the ETag of If-None-Match.");
            operation.getResponses().addApiResponse("304", same);
        }
        failures(operation, "400", Stream.of("malformed"));
        failures(operation, "404", concat(codes(Kind.UNKNOWN), Stream.of("not-found")));
        failures(operation, "406", Stream.of("not-acceptable"));
        failures(operation, "422", Stream.of("out-of-bounds"));
        failures(operation, "503", concat(Stream.of("not-yet-signed"), Stream.of(Trouble.codes())));
    }

    private static void failures(Operation operation, String status, Stream<String> codes) {
        var named = codes.toList();
        var example = new LinkedHashMap<String, Object>();
        example.put("title", HttpStatus.valueOf(Integer.parseInt(status)).getReasonPhrase());
        example.put("status", Integer.valueOf(status));
        example.put("detail", "What is wrong, and how to mend it.");
        example.put("instance", "/api/plans/lakeside");
        example.put("code", named.getFirst());
        example.put("errors", List.of());
        example.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description("Refused, and nothing is stored: " + String.join(", ", named) + ".")
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(new Schema<>().$ref(PROBLEM))
                                                        .example(example))));
    }

    private static Stream<String> codes(Kind kind) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.kind == kind)
                .map(reason -> reason.code);
    }

    private static Schema<?> problem() {
        var field = whole(new ObjectSchema()
                .addProperty(
                        "field", text("Which one: a name, a path such as evidence[0].url, or a parameter or header."))
                .addProperty("message", text("What it must be.")));
        return whole(new ObjectSchema()
                .description("RFC 9457. code is stable; errors names each bad field and how to mend it; by traceId the"
                        + " operator finds the request in the log.")
                .addProperty("title", text("The status in words."))
                .addProperty("status", new IntegerSchema().description("The status, 400 to 503."))
                .addProperty("detail", text("What is wrong, in a sentence."))
                .addProperty("instance", text("The path that was asked."))
                .addProperty("code", text("Which failure it is; it stays, whatever the words."))
                .addProperty(
                        "errors",
                        new ArraySchema().items(field).description("Each bad field; none for other failures."))
                .addProperty("traceId", text("The request's trace, 32 hexadecimal digits.")));
    }

    /** What {@code CitedEvidence} answers beside what was recorded. */
    private static Schema<?> cited() {
        var document = whole(new ObjectSchema()
                .addProperty("title", text("What it is called."))
                .addProperty("link", text("Where it is described, relative to the server.")));
        document.setDescription("Of what names one of the network's documents: which; null of any other link.");
        document.addType("null");
        document.setExample(null);
        return document;
    }

    /** Nothing of it is left out. */
    private static Schema<?> whole(Schema<?> schema) {
        schema.setRequired(List.copyOf(schema.getProperties().keySet()));
        return schema;
    }

    private static Schema<?> text(String description) {
        return new StringSchema().description(description);
    }

    private static Parameter header(String name, String example, String description) {
        return new HeaderParameter()
                .name(name)
                .description(description)
                .example(example)
                .schema(new StringSchema());
    }
}
