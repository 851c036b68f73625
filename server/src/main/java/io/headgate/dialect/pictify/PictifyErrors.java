package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.headgate.batch.ViolationKind;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pictify's errors: the fields of its documentation (RFC 9457) and those that its clients read
 * ({@code message}, {@code code}, {@code retry_after}).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PictifyErrors(
    String type,
    String title,
    int status,
    String detail,
    String message,
    String code,
    @Nullable List<FieldError> errors,
    @Nullable Long retryAfter,
    @JsonProperty("retry_after") @Nullable Long retryAfterSeconds) {

  /** An error in one field. */
  record FieldError(String field, String message, String code) {}

  private record PictifyErrorFields(int status, String type, String title, String code) {

    PictifyErrorFields(int status, String type, String title) {
      this(status, type, title, type.replace('-', '_'));
    }
  }

  private static final String TYPE_BASE = "https://docs.pictify.io/errors/";
  private static final String FIELDS = "pictify";

  static ProblemException missingKey() {
    return Problem.of(ProblemCode.UNAUTHORIZED, "Send a key as Authorization: Bearer <key>")
        .withExtension(
            FIELDS, new PictifyErrorFields(401, "missing-authorization", "Missing Authorization"))
        .asException();
  }

  static ProblemException wrongKey() {
    return Problem.of(ProblemCode.UNAUTHORIZED, "The key is unknown, expired or revoked")
        .withExtension(FIELDS, new PictifyErrorFields(401, "invalid-api-key", "Invalid API Key"))
        .asException();
  }

  static ProblemException noSuchTemplate() {
    return Problem.of(ProblemCode.NOT_FOUND, "Template not found")
        .withExtension(
            FIELDS, new PictifyErrorFields(404, "template-not-found", "Template Not Found"))
        .asException();
  }

  static ProblemException noSuchSubscription() {
    return Problem.of(ProblemCode.NOT_FOUND, "Webhook subscription not found")
        .withExtension(
            FIELDS, new PictifyErrorFields(404, "webhook-subscription-not-found", "Not Found"))
        .asException();
  }

  /** The 404 of a path that no operation serves. */
  static Problem unservedPath(String path) {
    if (path.startsWith("/templates/batch/")) {
      return Problem.notFound();
    }
    if (path.startsWith("/templates/")) {
      return noSuchTemplate().problem();
    }
    if (path.startsWith("/webhook-subscriptions/")) {
      return noSuchSubscription().problem();
    }
    return path.startsWith("/gif/")
        ? noSuchGif().problem()
        : Problem.of(ProblemCode.NOT_FOUND, "No such path")
            .withExtension(FIELDS, new PictifyErrorFields(404, "not-found", "Not Found"));
  }

  /** HTML that is not a valid template. */
  static Problem malformedTemplate(Problem problem) {
    return problem.withExtension(
        FIELDS, new PictifyErrorFields(422, "expression-error", "Expression Error"));
  }

  /** A URL of the client that could not be fetched. */
  static ProblemException fetchFailed(String field, String message) {
    return Problem.invalid(InputError.field(field, message))
        .withExtension(FIELDS, new PictifyErrorFields(422, "url-fetch-failed", "URL Fetch Failed"))
        .asException();
  }

  static ProblemException noSuchGif() {
    return Problem.of(ProblemCode.NOT_FOUND, "GIF not found")
        .withExtension(FIELDS, new PictifyErrorFields(404, "gif-not-found", "GIF Not Found"))
        .asException();
  }

  /** A single render that failed. */
  static ProblemException renderFailed(String detail) {
    return Problem.of(ProblemCode.INVALID_ITEMS, detail)
        .withExtension(FIELDS, new PictifyErrorFields(422, "render-failed", "Render Failed"))
        .asException();
  }

  /** A request above the limits of the account. */
  static ProblemException quotaExceeded(String detail) {
    return Problem.of(ProblemCode.INSUFFICIENT_CREDITS, detail).asException();
  }

  static ApiResponse answer(Problem problem) {
    PictifyErrorFields fields =
        problem.extensions().get(FIELDS) instanceof PictifyErrorFields set
            ? set
            : errorFields(problem);
    String detail = detail(problem);
    Long retrySeconds = fields.status() == 429 ? retryAfter(problem) : null;
    return VendorJson.error(
        fields.status(),
        new PictifyErrors(
            TYPE_BASE + fields.type(),
            fields.title(),
            fields.status(),
            detail,
            detail,
            fields.code(),
            fields(problem),
            retrySeconds,
            retrySeconds),
        problem);
  }

  private static PictifyErrorFields errorFields(Problem problem) {
    return switch (problem.code()) {
      case INVALID_REQUEST, INVALID_ITEMS ->
          new PictifyErrorFields(400, "validation-error", "Validation Error");
      case UNAUTHORIZED -> new PictifyErrorFields(401, "invalid-api-key", "Invalid API Key");
      case INSUFFICIENT_CREDITS, TOO_MANY_PENDING ->
          new PictifyErrorFields(402, "quota-exceeded", "Quota Exceeded");
      case FORBIDDEN -> new PictifyErrorFields(403, "forbidden", "Forbidden");
      case NOT_FOUND -> new PictifyErrorFields(404, "batch-not-found", "Batch Not Found");
      case METHOD_NOT_ALLOWED ->
          new PictifyErrorFields(405, "method-not-allowed", "Method Not Allowed");
      case BATCH_FINISHED ->
          new PictifyErrorFields(409, "conflict", "Conflict", "batch_already_terminal");
      case BATCH_NOT_FINISHED, NOTHING_TO_DO -> new PictifyErrorFields(409, "conflict", "Conflict");
      case IDEMPOTENCY_CONFLICT, IDEMPOTENCY_IN_PROGRESS ->
          new PictifyErrorFields(409, "idempotency-conflict", "Conflict");
      case TOO_LARGE -> new PictifyErrorFields(413, "too-large", "Payload Too Large");
      case UNSUPPORTED_MEDIA_TYPE ->
          new PictifyErrorFields(415, "unsupported-media-type", "Unsupported Media Type");
      case RATE_LIMITED ->
          new PictifyErrorFields(429, "rate-limit-exceeded", "Rate Limit Exceeded");
      case INTERNAL -> new PictifyErrorFields(500, "internal-error", "Internal Server Error");
      case PROCESSOR_UNAVAILABLE, UNAVAILABLE ->
          new PictifyErrorFields(503, "service-unavailable", "Service Unavailable");
    };
  }

  private static String detail(Problem problem) {
    return switch (problem.code()) {
      case NOT_FOUND ->
          problem.extensions().containsKey(FIELDS) ? problem.detail() : "No such batch";
      case BATCH_FINISHED -> "The batch is already " + problem.extensions().get("state");
      default -> problem.detail();
    };
  }

  private static @Nullable Long retryAfter(Problem problem) {
    String header = problem.headers().get("Retry-After");
    return header == null ? null : Long.valueOf(header);
  }

  private static @Nullable List<FieldError> fields(Problem problem) {
    return problem.errors().isEmpty()
        ? null
        : problem.errors().stream().map(PictifyErrors::field).toList();
  }

  private static FieldError field(InputError error) {
    String field = error.field() == null ? "" : error.field();
    return new FieldError(field, error.message(), code(error.kind()));
  }

  private static String code(ViolationKind kind) {
    return switch (kind) {
      case MISSING -> "required";
      case WRONG_TYPE -> "invalid_type";
      case OUT_OF_RANGE -> "out_of_range";
      case TOO_LONG -> "too_long";
      case MALFORMED -> "invalid_format";
    };
  }
}
