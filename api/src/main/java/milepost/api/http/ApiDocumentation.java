package milepost.api.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import milepost.command.Reason;
import milepost.command.Reason.Kind;
import milepost.command.Target;
import milepost.database.Trouble;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What OpenAPI cannot read off the code: headers, failures with their codes, what is required, and examples. */
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
    OpenApiCustomizer document(RequestMappingHandlerMapping endpoints) {
        return api -> {
            api.info(new Info()
                    .title("Milepost")
                    .version("0.1")
                    .description("What happened to city action plans, when, who said so and on what evidence. Dates are"
                            + " days, months or years, kept as given; absent values are null."));
            api.getComponents().addSchemas("Problem", problem());
            endpoints.getHandlerMethods().values().stream()
                    .flatMap(method -> Arrays.stream(method.getMethodParameters()))
                    .map(parameter -> parameter.getParameterType())
                    .filter(Body.class::isAssignableFrom)
                    .forEach(body -> require(api, body));
            api.getPaths().forEach((path, item) -> {
                if (item.getPost() != null) post(path, item.getPost());
                if (item.getGet() != null) read(item.getGet());
                item.readOperations().forEach(ApiDocumentation::entry);
            });
        };
    }

    /** What has to be there: every component that is not nullable. */
    private static void require(OpenAPI api, Class<?> body) {
        var schema = api.getComponents().getSchemas().get(body.getSimpleName());
        if (schema != null) required(body).forEach(schema::addRequiredItem);
    }

    private static Stream<String> required(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(field -> {
            if (!field.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                var optional = field.getAnnotatedType().isAnnotationPresent(Nullable.class);
                return optional ? Stream.of() : Stream.of(field.getName());
            }
            return field.getType().getSimpleName().equals("Details") ? Stream.of() : required(field.getType());
        });
    }

    private static String body(Operation operation) {
        var json =
                Objects.requireNonNull(operation.getRequestBody().getContent().get("application/json"));
        var reference = json.getSchema().get$ref();
        var name = reference.substring(reference.lastIndexOf('/') + 1);
        var example = Examples.BODIES.get(name);
        if (example != null) json.example(JsonMapper.shared().readValue(example, Object.class));
        return name;
    }

    private static void post(String path, Operation operation) {
        var body = body(operation);
        if (path.startsWith("/api/plans")) {
            write(path, operation, body);
        } else {
            failures(operation, "400", "malformed");
            failures(operation, "404", "not-found");
            failures(operation, "409", "conflict");
            failures(operation, "422", "out-of-bounds");
            failures(operation, "503", Trouble.codes());
        }
    }

    /** What may meet every request before it is looked at. */
    private static void entry(Operation operation) {
        failures(operation, "401", "not-signed-in", "token-invalid");
        failures(operation, "403", "not-allowed", "password-temporary");
        failures(operation, "429", "too-fast");
    }

    private static void write(String path, Operation operation, String body) {
        if (path.contains("{plan}")) {
            operation.addParametersItem(
                    new PathParameter().name("plan").schema(new StringSchema()).example("phuket"));
        }
        WRITE_HEADERS.forEach(operation::addParametersItem);
        var responses = operation.getResponses();
        var ok = responses.remove("200");
        var receipt = ok.getContent().values().iterator().next();
        receipt.example(Map.of("plan", "phuket", "version", 17, "at", "2026-11-20T08:15:30.123456Z"));
        var content = new Content().addMediaType("application/json", receipt);
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
        failures(operation, "400", "malformed");
        failures(operation, "404", codes(Kind.UNKNOWN));
        failures(operation, "409", codes(Kind.CONFLICT));
        failures(operation, "412", codes(Kind.STALE));
        failures(operation, "413", "too-large");
        failures(operation, "415", "unsupported-media-type");
        failures(operation, "422", codes(Kind.INVALID));
        failures(
                operation,
                "503",
                Stream.concat(Stream.of("busy", "outcome-unknown"), Stream.of(Trouble.codes()))
                        .toArray(String[]::new));
    }

    private static void read(Operation operation) {
        failures(operation, "400", "malformed");
        failures(operation, "404", "plan-unknown", "project-unknown", "milestone-unknown", "partnership-unknown");
        failures(operation, "422", "out-of-bounds");
        failures(operation, "500", "fact-unreadable", "internal-error");
        failures(operation, "503", Trouble.codes());
    }

    private static void failures(Operation operation, String status, String... codes) {
        var example = new LinkedHashMap<String, Object>();
        example.put("status", Integer.valueOf(status));
        example.put("code", codes[0]);
        example.put("detail", "…");
        example.put("errors", List.of());
        example.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description("Refused, and nothing is stored: " + String.join(", ", codes) + ".")
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(new Schema<>().$ref(PROBLEM))
                                                        .example(example))));
    }

    private static String[] codes(Kind kind) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.kind == kind)
                .map(reason -> reason.code)
                .toArray(String[]::new);
    }

    private static Schema<?> problem() {
        var text = new StringSchema();
        var field = new ObjectSchema().addProperty("field", text).addProperty("message", text);
        return new ObjectSchema()
                .description("RFC 9457. code is stable; errors names each bad field and how to mend it; by traceId the"
                        + " operator finds the request in the log.")
                .addProperty("title", text)
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", text)
                .addProperty("instance", text)
                .addProperty("code", text)
                .addProperty("errors", new ArraySchema().items(field))
                .addProperty("traceId", text);
    }

    private static Parameter header(String name, String example, String description) {
        return new HeaderParameter()
                .name(name)
                .description(description + " Such as " + example + ".")
                .schema(new StringSchema());
    }
}
