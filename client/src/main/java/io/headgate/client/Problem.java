package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457): why the server refused a call.
 *
 * @param code one of the problem codes of the API
 * @param errors what is wrong with the input; empty for problems of another kind
 * @param state the state of the batch when it is the reason, else null
 */
public record Problem(
    @Nullable String type,
    @Nullable String title,
    int status,
    @Nullable String detail,
    @Nullable String code,
    List<InputError> errors,
    @Nullable String state) {

  @SuppressWarnings("RedundantNullCheck") // Jackson passes null for an absent field
  public Problem {
    errors = errors == null ? List.of() : List.copyOf(errors);
  }

  /**
   * One error in the input.
   *
   * @param pointer a JSON pointer into the request body
   * @param line the line of a streamed submit
   */
  public record InputError(
      @Nullable String pointer,
      @Nullable Long line,
      @Nullable String field,
      @Nullable String message) {}
}
