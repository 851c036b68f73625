package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the server refused (RFC 9457).
 *
 * @param code one of the closed list of the API
 * @param errors what is wrong with the input, empty when it is not about input
 * @param state the batch's state, when that is the reason
 */
public record Problem(
    @Nullable String type,
    @Nullable String title,
    int status,
    @Nullable String detail,
    @Nullable String code,
    List<InputError> errors,
    @Nullable String state) {

  @SuppressWarnings("RedundantNullCheck") // absent on the wire is null here
  public Problem {
    errors = errors == null ? List.of() : List.copyOf(errors);
  }

  /** One thing wrong with the input. */
  public record InputError(
      @Nullable String pointer,
      @Nullable Long line,
      @Nullable String field,
      @Nullable String message) {}
}
