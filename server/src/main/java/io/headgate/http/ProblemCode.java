package io.headgate.http;

import java.util.Locale;
import java.util.Optional;

/** Why the server refuses a request. The list is closed: each dialect maps every constant. */
public enum ProblemCode {
  INVALID_REQUEST(400, "The request is not valid"),
  INVALID_ITEMS(422, "Some items are not valid"),
  UNAUTHORIZED(401, "A valid API key is required"),
  FORBIDDEN(403, "The key does not allow this"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  INSUFFICIENT_CREDITS(402, "The account does not have enough credits"),
  BATCH_FINISHED(409, "The batch has finished"),
  BATCH_NOT_FINISHED(409, "The batch has not finished"),
  NOTHING_TO_DO(409, "There is nothing to do"),
  IDEMPOTENCY_CONFLICT(422, "The idempotency key belongs to another request"),
  IDEMPOTENCY_IN_PROGRESS(409, "The first request with this idempotency key is still running"),
  TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported here"),
  PROCESSOR_UNAVAILABLE(503, "The processor is not available"),
  RATE_LIMITED(429, "Too many requests"),
  TOO_MANY_PENDING(429, "The account has too many pending batches"),
  INTERNAL(500, "The server failed"),
  UNAVAILABLE(503, "The server is temporarily unavailable");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The code as clients see it, such as {@code batch-finished}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The path of the page on which this server describes the problem. */
  public String type() {
    return "/problems/" + wireName();
  }

  /** Returns the problem with this code; empty when there is none. */
  public static Optional<ProblemCode> of(String wireName) {
    for (ProblemCode code : values()) {
      if (code.wireName().equals(wireName)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
