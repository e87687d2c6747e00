package milepost.api.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import milepost.command.Rejected;
import milepost.command.Rejected.Field;
import milepost.database.Trouble;
import milepost.event.PartialDate;
import milepost.event.json.EventJson;
import milepost.log.axon.FactTooLarge;
import milepost.log.axon.FactUnknown;
import milepost.log.axon.LogBusy;
import milepost.log.axon.OutcomeUnknown;
import milepost.query.audit.AuditMismatch;
import milepost.query.audit.NotYetSigned;
import milepost.query.audit.Note;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtEncodingException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.BindException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.UnsatisfiedServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every failure as {@code application/problem+json} (RFC 9457), with a stable {@code code} and the fields to blame. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> rejected(Rejected e) {
        // What is missing cannot be read, whatever else is to blame.
        if (e.fields().stream().anyMatch(Field::missing)) return malformed(new Malformed(Malformed.FIELDS, e.fields()));
        var status = switch (e.reason().kind) {
            case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case UNKNOWN -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case STALE -> HttpStatus.PRECONDITION_FAILED;
        };
        return answer(status, e.reason().code, e.getMessage(), e.fields());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> malformed(Malformed e) {
        return answer(HttpStatus.BAD_REQUEST, "malformed", e.getMessage(), e.fields());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notTaken(NotTaken e) {
        var answer = answer(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", e.getMessage(), List.of());
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(e.header(), e.taken())
                .body(answer.getBody());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notAllowed(AccessDeniedException e) {
        return answer(HttpStatus.FORBIDDEN, "not-allowed", e.getMessage(), List.of());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> passwordTemporary(PasswordTemporary e) {
        return answer(HttpStatus.FORBIDDEN, "password-temporary", e.getMessage(), List.of());
    }

    /** As RFC 6750 says: without a token only that one is needed, with a bad one what is wrong with it. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> notSignedIn(AuthenticationException e) {
        var bad = e instanceof InvalidBearerTokenException;
        var said = bad ? said(e) : "This needs a token.";
        var answer = answer(
                HttpStatus.UNAUTHORIZED,
                bad ? "token-invalid" : "not-signed-in",
                said + " Get one from the issuer and send it as the header Authorization: Bearer.",
                List.of());
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        bad ? "Bearer error=\"invalid_token\", error_description=\"" + quotable(said) + "\"" : "Bearer")
                .body(answer.getBody());
    }

    /** What our own checks say of a token whose signature holds; of others nothing, since anybody can send one. */
    private static String said(AuthenticationException e) {
        if (!(e.getCause() instanceof JwtValidationException invalid)) return "The token cannot be verified.";
        return invalid.getErrors().stream()
                .map(error -> error.getDescription() + ".")
                .collect(Collectors.joining(" "))
                .replace("Jwt expired", "The token expired");
    }

    /** RFC 6750 lets a description have these characters. */
    private static String quotable(String said) {
        return said.replaceAll("[^ !#-\\[\\]-~]", "");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooFast(TooFast e) {
        var answer = answer(HttpStatus.TOO_MANY_REQUESTS, "too-fast", e.getMessage(), List.of());
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfter()))
                .body(answer.getBody());
    }

    @ExceptionHandler({
        JwtDecoderInitializationException.class,
        AuthenticationServiceException.class,
        JwtEncodingException.class
    })
    ResponseEntity<ProblemDetail> issuerAway(RuntimeException e) {
        // Our own issuer's keys are in the database.
        if (Trouble.of(e).isPresent()) return unexpected(e);
        LOG.warn(
                "The issuer of tokens could not be asked for its keys: {}",
                NestedExceptionUtils.getMostSpecificCause(e).getMessage());
        return later("issuer-away", "The issuer of tokens could not be reached; send the request again in a moment.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> pathRefused(RequestRejectedException e) {
        return malformed(new Malformed(
                "The request's path, method or headers have characters that are not accepted here, such as // or ;.",
                List.of()));
    }

    @ExceptionHandler({TooLarge.class, FactTooLarge.class})
    ResponseEntity<ProblemDetail> tooLarge(RuntimeException e) {
        return answer(HttpStatus.CONTENT_TOO_LARGE, "too-large", e.getMessage(), List.of());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> busy(LogBusy e) {
        return Trouble.of(e)
                .map(Problems::later)
                .orElseGet(
                        () -> later("busy", "Too much is being recorded at once; send the request again in a moment."));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notYetSigned(NotYetSigned e) {
        return later("not-yet-signed", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler({AuditMismatch.class, Note.Refused.class})
    ResponseEntity<ProblemDetail> auditMismatch(RuntimeException e) {
        LOG.error("The audit log does not verify", e);
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "audit-mismatch",
                "The log cannot prove this: " + e.getMessage() + ".",
                List.of());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> outcomeUnknown(OutcomeUnknown e) {
        LOG.warn("The outcome of a request is unknown", e);
        return later(
                "outcome-unknown",
                "The database went away while this was recorded, and nobody can tell yet whether it was; send the"
                        + " request again, with its Idempotency-Key if it had one.");
    }

    @ExceptionHandler({EventJson.Unreadable.class, FactUnknown.class})
    ResponseEntity<ProblemDetail> unreadable(RuntimeException e) {
        LOG.error("A stored fact cannot be read", e);
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "fact-unreadable",
                "A stored fact cannot be read; its record is not shown rather than shown in part. The operator finds"
                        + " which in the log by the traceId of this answer.",
                List.of());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e) {
        var trouble = Trouble.of(e);
        if (trouble.isPresent()) {
            LOG.warn("The database {}", trouble.get().text, e);
            return later(trouble.get());
        }
        LOG.error("A request failed", e);
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Something is wrong on our side; the operator finds it in the log by the traceId of this answer.",
                List.of());
    }

    /** Tomcat reads parameters only when they are asked for. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(InvalidParameterException e) {
        if (e.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value()) {
            return tooLarge(new TooLarge("A form has at most 16 KB."));
        }
        return malformed(
                new Malformed("Some parameters cannot be read: they are no UTF-8, or wrongly escaped.", List.of()));
    }

    /** Only what may be streamed is mapped by a parameter, or by none, so what did not fit is Accept. */
    @Override
    protected @Nullable ResponseEntity<Object> handleServletRequestBindingException(
            ServletRequestBindingException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (!(e instanceof UnsatisfiedServletRequestParameterException)) {
            return super.handleServletRequestBindingException(e, headers, status, request);
        }
        return object(
                answer(HttpStatus.NOT_ACCEPTABLE, "not-acceptable", "This is answered as JSON or NDJSON.", List.of()));
    }

    /** Parameters of a query that could not be read. */
    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return object(malformed(new Malformed("Some parameters cannot be read.", fields(e))));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var field = Field.missing(e.getParameterName());
        return object(malformed(new Malformed("A parameter is missing.", List.of(field))));
    }

    /** A parameter of its own that could not be read. */
    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var field = new Field(String.valueOf(e.getPropertyName()), unreadable(e.getValue(), e));
        return object(malformed(new Malformed("Some parameters cannot be read.", List.of(field))));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return object(malformed(new Malformed("The request needs a body: a JSON object, which may be {}.", List.of())));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return object(answer(HttpStatus.NOT_FOUND, "not-found", "There is nothing at this path.", List.of()));
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail detail) {
            detail.setProperty("code", code(status));
            detail.setProperty("errors", List.of());
        }
        var problem = new HttpHeaders(headers);
        problem.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return super.createResponseEntity(body, problem, status, request);
    }

    private static String code(HttpStatusCode status) {
        var known = HttpStatus.resolve(status.value());
        return known == null ? "error" : known.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<Field> fields(BindException e) {
        return e.getFieldErrors().stream()
                .map(error -> new Field(
                        error.getField(),
                        unreadable(error.getRejectedValue(), error.unwrap(TypeMismatchException.class))))
                .toList();
    }

    private static String unreadable(@Nullable Object value, TypeMismatchException e) {
        var type = e.getRequiredType();
        var said = String.valueOf(e.getMostSpecificCause().getMessage());
        if (type == LocalDate.class || type == PartialDate.class) return "cannot be read: " + said;
        if (type == Instant.class) {
            var form = " is no instant, such as 2026-11-20T08:15:30Z (a + is written %2B)";
            var date = e.getMostSpecificCause() instanceof DateTimeParseException ? "" : "; " + said;
            return "cannot be read: '" + value + "'" + form + date;
        }
        return "cannot be read: '" + value
                + (type == Boolean.class
                        ? "' is neither true nor false; give one of them"
                        : "' is no whole number, such as 17");
    }

    private static ResponseEntity<ProblemDetail> later(Trouble trouble) {
        return later(trouble.code, "The database " + trouble.text + "; send the request again in a moment.");
    }

    private static ResponseEntity<ProblemDetail> later(String code, String detail) {
        var answer = answer(HttpStatus.SERVICE_UNAVAILABLE, code, detail, List.of());
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(answer.getBody());
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String code, @Nullable String detail, List<Field> fields) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        problem.setProperty("errors", fields);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static ResponseEntity<Object> object(ResponseEntity<ProblemDetail> answer) {
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .body(answer.getBody());
    }
}
